"""The script of the README, run as it stands there."""

import re
import subprocess
import sys

import httpx
import pytest

from tests.system.house import CHECKOUT, House

pytestmark = pytest.mark.system


def read_script(house: House) -> str:
    """Return the README's one Python block, told where this house is."""
    (script,) = re.findall(r"```python\n(.*?)```", (CHECKOUT / "README.md").read_text(), re.DOTALL)
    return script.replace("http://127.0.0.1:8000", house.base_url)


def give_back(house: House, request: str) -> None:
    """Cancel, so that whoever comes next finds the car free."""
    me = {"email": "driver@demo.test", "password": "voltrun-demo"}
    token = httpx.post(f"{house.base_url}/api/auth/token", json=me).json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": request}
    answer = httpx.post(f"{house.base_url}/api/driver/requests/{request}/cancel", json={}, headers=headers)
    assert answer.status_code == 200, answer.text


def test_five_calls_from_signing_in_to_a_promise(house):
    done = subprocess.run(
        [sys.executable, "-c", read_script(house)], capture_output=True, text=True, check=False, timeout=90
    )
    assert done.returncode == 0, done.stdout + done.stderr + house.describe()
    request, status, *promised = done.stdout.splitlines()[-1].split()
    give_back(house, request)
    # Two minutes go by in a second here: somebody may have set out already.
    assert status in {"booked", "assigned", "en_route"}
    assert " ".join(promised).startswith("promised by 20")

"""The pages in a real browser, against the whole house. The flows are written in frontend/e2e."""

import os
import subprocess

import pytest

from tests.system.house import CHECKOUT, House, start_house

pytestmark = pytest.mark.browser

# Slow enough that a drive across Monaco takes seconds, not ticks; some traffic, so that screens are alive.
SPEED, RATE_PER_H = 15, 3.0
FLOW_WITHIN_S = 600


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The running house, with a little traffic of its own."""
    house = start_house(tmp_path_factory.mktemp("browser"), speed=SPEED, rate_per_h=RATE_PER_H)
    try:
        house.wait_ready()
        yield house
    finally:
        house.stop()


@pytest.mark.parametrize("flow", ["driver", "ops.e2e", "screens", "account", "policy"])
def test_the_pages_do_what_they_say(house: House, flow: str) -> None:
    """Let a browser go through one flow; its own report says what it saw."""
    run = subprocess.run(
        ["npm", "run", "--silent", "e2e", "--", flow],
        cwd=CHECKOUT / "frontend",
        env={**os.environ, "VOLTRUN_URL": house.base_url, "VOLTRUN_MAIL": str(house.var / "mail")},
        capture_output=True,
        text=True,
        check=False,
        timeout=FLOW_WITHIN_S,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}\n{house.describe()}"

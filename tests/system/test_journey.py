"""The journey: from asking to a charged car, through HTTP and WebSocket alone."""

import subprocess
import sys

import pytest

from tests.system.house import CHECKOUT

pytestmark = pytest.mark.system


def test_a_driver_is_charged_and_the_stream_told_the_truth(house):
    done = subprocess.run(
        [sys.executable, "tests/system/journey.py", "--base-url", house.base_url, "--within-s", "150"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr + house.describe()


def test_the_house_is_in_order_afterwards(house):
    audit = house.manage("audit")
    assert audit.returncode == 0, audit.stdout + audit.stderr

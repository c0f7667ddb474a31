"""The people these tests are about."""

import pytest

from accounts.quotas import find_counter
from tests.cast import *  # noqa: F403  # fixtures are found by name


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Each test begins with nothing counted."""
    find_counter().valkey.reset()

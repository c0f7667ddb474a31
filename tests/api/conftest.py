"""The people these tests are about."""

from collections.abc import Callable

import pytest

from accounts.models import Device
from dispatch.models import Unit
from tests.cast import *  # noqa: F403  # fixtures are found by name
from tests.cast import Credential, Door, open_door


@pytest.fixture
def device_door() -> Callable[[Unit], Door]:
    """Open the API as a unit's own device."""
    return lambda unit: open_door(Credential(*Device.issue(unit.operator_id, unit.id, "tablet")))

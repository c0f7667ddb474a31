"""The people these tests are about."""

import pytest
from django.core.cache import cache

from tests.cast import *  # noqa: F403  # fixtures are found by name


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Tries to sign in are counted in the cache; each test begins with none."""
    cache.clear()

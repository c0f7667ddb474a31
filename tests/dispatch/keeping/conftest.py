"""The small world these stories happen in."""

import pytest

from tests.small_world import SmallWorld, build_world


@pytest.fixture
def world(db: None) -> SmallWorld:
    return build_world()

"""One house for the whole session: starting it is the dear part."""

import pytest

from tests.system.house import House, start_house


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The running house at SPEED=120, its crews at work and no other drivers than the test's."""
    house = start_house(tmp_path_factory.mktemp("house"))
    try:
        house.wait_ready()
        yield house
    finally:
        house.stop()


@pytest.fixture
def drivers(house: House) -> list[tuple[str, str]]:
    """Sign-ins of the demo's drivers."""
    return [(driver["email"], driver["password"]) for driver in house.read_world()["drivers"]]

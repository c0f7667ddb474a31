from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dispatch.city.datastore import load_roads, unload_roads
from dispatch.city.roads import PROFILES, build_roads
from routing.travel import OsrmTravel
from tests.city.monaco import EXTRACT, own_prefix


@pytest.fixture(scope="session")
def monaco_roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Monaco's road data for every profile."""
    city = tmp_path_factory.mktemp("monaco")
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda profile: build_roads(EXTRACT, city, profile), PROFILES))
    return city


@pytest.fixture(scope="session")
def monaco_dataset(monaco_roads: Path) -> Iterator[str]:
    """The same data in shared memory, under a name of this test run alone."""
    prefix = own_prefix()
    load_roads(monaco_roads, prefix)
    yield prefix
    unload_roads(prefix)


@pytest.fixture(scope="session")
def roads(monaco_dataset: str) -> OsrmTravel:
    return OsrmTravel(monaco_dataset)

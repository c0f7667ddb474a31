import ctypes

import pytest

from dispatch.city.datastore import dataset_names, load_roads, unload_roads
from dispatch.city.errors import CityError
from dispatch.city.region_register import _REGISTER, _segments_of, list_datasets
from routing.model.errors import TravelUnavailable
from routing.travel import CAR, OsrmTravel
from tests.city.monaco import CASINO, STATION, own_prefix


@pytest.fixture
def prefix():
    name = f"{own_prefix()}-datastore"
    yield name
    unload_roads(name)


def test_loaded_roads_are_there_and_unloaded_roads_are_gone(monaco, prefix):
    load_roads(monaco.folder, prefix)
    assert set(dataset_names(prefix)) <= set(list_datasets())

    assert unload_roads(prefix) is True
    assert not set(dataset_names(prefix)) & set(list_datasets())
    with pytest.raises(TravelUnavailable):
        OsrmTravel(prefix).table(CAR, [CASINO], [STATION])


def test_unloading_leaves_everybody_else_s_roads(monaco, prefix):
    other = f"{prefix}-other"
    load_roads(monaco.folder, prefix)
    load_roads(monaco.folder, other)
    try:
        unload_roads(prefix)
        assert OsrmTravel(other).table(CAR, [CASINO], [STATION]).durations_s[0][0] > 0
    finally:
        unload_roads(other)


def test_loading_again_swaps_the_data_under_a_running_engine(monaco, prefix):
    load_roads(monaco.folder, prefix)
    engine = OsrmTravel(prefix)
    before = engine.table(CAR, [CASINO], [STATION])
    load_roads(monaco.folder, prefix)
    assert engine.table(CAR, [CASINO], [STATION]) == before


def test_roads_in_use_are_not_unloaded(monaco, prefix):
    load_roads(monaco.folder, prefix)
    engine = OsrmTravel(prefix)
    before = engine.table(CAR, [CASINO], [STATION])

    assert unload_roads(prefix) is False
    assert engine.table(CAR, [CASINO], [STATION]) == before

    del engine
    assert unload_roads(prefix) is True
    assert not set(dataset_names(prefix)) & set(list_datasets())


def test_a_segment_that_somebody_removed_does_not_stop_the_next_load(monaco, prefix):
    load_roads(monaco.folder, prefix)
    _remove_segments_only(prefix)
    load_roads(monaco.folder, prefix)
    assert OsrmTravel(prefix).table(CAR, [CASINO], [STATION]).durations_s[0][0] > 0


def test_unloading_what_was_never_loaded_is_no_error(prefix):
    assert unload_roads(prefix) is True


def test_a_city_that_was_not_built_cannot_be_loaded(tmp_path, prefix):
    with pytest.raises(CityError, match="build the city first"):
        load_roads(tmp_path, prefix)


def _remove_segments_only(prefix: str) -> None:
    register = _REGISTER.read_bytes()
    for dataset in dataset_names(prefix):
        at = register.find(f"{dataset}/".encode())
        while at >= 0:
            for segment in _segments_of([int.from_bytes(register[at + 264 : at + 266], "little")]):
                ctypes.CDLL(None).shmctl(segment.id, 0, None)
            at = register.find(f"{dataset}/".encode(), at + 1)

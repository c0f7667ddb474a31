"""Roads closed and slowed under an engine that is running."""

import hashlib

import numpy as np
import pytest

from dispatch.city.customise import DRIVEN, list_speeds, put_in_force
from dispatch.city.datastore import load_roads, unload_roads
from dispatch.city.network import read_network
from dispatch.city.stretches import list_within
from routing.travel import CAR, FOOT, OsrmTravel
from tests.city.monaco import CASINO, FONTVIEILLE, LARVOTTO, PORT, STATION, own_prefix

CORNERS = [CASINO, STATION, FONTVIEILLE, LARVOTTO, PORT]
EVERYWHERE = [(43.7, 7.3), (43.7, 7.5), (43.8, 7.5), (43.8, 7.3)]


@pytest.fixture
def prefix(monaco):
    name = f"{own_prefix()}-customise"
    load_roads(monaco.folder, name)
    yield name
    unload_roads(name)


def share_of(city, ring, share):
    """Lines for every profile that make an outline so fast."""
    lines = {}
    for profile in DRIVEN:
        network = read_network(city, profile)
        rows = list_within(network, ring)
        lines[profile] = list(list_speeds(network, rows, np.full(len(rows), share)))
    return lines


def hashes(city):
    files = sorted(city.glob("osrm-*/*"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_half_as_fast_everywhere_takes_about_twice_as_long_and_feet_do_not_mind(monaco, prefix, tmp_path):
    engine = OsrmTravel(prefix)
    before, walked = engine.table(CAR, CORNERS, CORNERS), engine.table(FOOT, CORNERS, CORNERS)
    put_in_force(monaco.folder, prefix, tmp_path, "half", share_of(monaco.folder, EVERYWHERE, 0.5))
    after = engine.table(CAR, CORNERS, CORNERS)
    for row, slow in zip(before.durations_s, after.durations_s, strict=True):
        for usual, now in zip(row, slow, strict=True):
            assert usual <= now
            # Turns take as long as ever.
            assert usual == 0 or 1.5 < now / usual < 2.05
    assert engine.table(FOOT, CORNERS, CORNERS) == walked


def test_each_answer_says_of_which_state_it_is_and_the_first_state_comes_back(monaco, prefix, tmp_path):
    engine, built = OsrmTravel(prefix), hashes(monaco.folder)
    before = engine.table(CAR, CORNERS, CORNERS)
    assert engine.dataset == prefix
    put_in_force(monaco.folder, prefix, tmp_path, "slow", share_of(monaco.folder, EVERYWHERE, 0.5))
    assert engine.dataset == prefix  # nobody has asked yet
    engine.table(CAR, [CASINO], [PORT])
    assert engine.dataset == f"{prefix}@slow"
    put_in_force(monaco.folder, prefix, tmp_path, "", {})
    assert engine.table(CAR, CORNERS, CORNERS) == before
    assert engine.dataset == prefix
    assert hashes(monaco.folder) == built


def test_a_closed_block_is_driven_round(monaco, prefix, tmp_path):
    engine = OsrmTravel(prefix)
    way = engine.route(CAR, FONTVIEILLE, CASINO)
    middle = way.coordinates[len(way.coordinates) // 2]
    block = [
        (middle.lat + dy * 0.0006, middle.lon + dx * 0.0008)
        for dy, dx in ((-1, -1), (-1, 1), (1, 1), (1, -1))
    ]
    put_in_force(monaco.folder, prefix, tmp_path, "closed", share_of(monaco.folder, block, 0.0))
    round_it = engine.route(CAR, FONTVIEILLE, CASINO)
    assert round_it.duration_s > way.duration_s
    assert not any(
        abs(p.lat - middle.lat) < 0.0003 and abs(p.lon - middle.lon) < 0.0004 for p in round_it.coordinates
    )

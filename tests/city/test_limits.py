"""Limits of ways hold for those who are too high or too heavy for them."""

import pytest

from dispatch.city.roads import build_roads
from routing.travel import CAR, HIGH_VAN, OsrmTravel, Point
from tests.city.tiny import Town, spot

WEST, EAST = (0, 0), (10, 0)


@pytest.fixture(scope="module", params=[{"maxheight": "2.2"}, {"maxweight": "3"}], ids=["low", "weak"])
def town(request, tmp_path_factory):
    """A town with a short way under (or over) a bridge, and a long way round."""
    town = Town()
    west, east = town.node(*WEST), town.node(*EAST)
    town.way(west, (5, 0), east, highway="residential", **request.param)
    town.way(west, (0, 8), (10, 8), east, highway="residential")
    folder = tmp_path_factory.mktemp("town")
    extract = town.write(folder / "town.osm")
    for profile in (CAR, HIGH_VAN):
        build_roads(extract, folder, profile)
    return OsrmTravel(f"{folder}/osrm")


def metres(town, profile):
    return town.table(profile, [Point(*spot(*WEST))], [Point(*spot(*EAST))]).distances_m[0][0]


def test_a_compact_van_takes_the_short_way_and_a_high_one_goes_round(town):
    assert metres(town, CAR) < 900
    assert metres(town, HIGH_VAN) > 2_000

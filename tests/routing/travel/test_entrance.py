"""A way into a car park ends at its entrance; the rest is walked. On foot nobody leaves by the barrier."""

import pytest

from routing.model.errors import InvalidProblem
from routing.model.place import Place
from routing.travel import CAR, FOOT, HIGH_VAN, GreatCircleTravel, Point, TravelCache
from routing.travel.geometry import decode_polyline6, straight_m
from tests.city.monaco import CASINO, STATION

TRAVEL = GreatCircleTravel()
BARRIER = Point(43.7399, 7.4259)
DEEP_INSIDE = Place(
    id="deck", lat=43.7404, lon=7.4253, site="garage", entrance_lat=BARRIER.lat, entrance_lon=BARRIER.lon
)
INSIDE_M = straight_m(BARRIER, DEEP_INSIDE)


@pytest.mark.parametrize("profile", [CAR, HIGH_VAN])
def test_one_drives_to_the_entrance_and_walks_the_rest(profile):
    to_entrance = TRAVEL.table(profile, [STATION], [BARRIER])
    inside = TRAVEL.table(profile, [STATION], [DEEP_INSIDE])
    assert inside.durations_s[0][0] - to_entrance.durations_s[0][0] == pytest.approx(INSIDE_M, abs=1)
    assert inside.distances_m[0][0] - to_entrance.distances_m[0][0] == pytest.approx(INSIDE_M, abs=1)


def test_the_way_out_is_as_long_as_the_way_in():
    table = TRAVEL.table(CAR, [STATION, DEEP_INSIDE], [STATION, DEEP_INSIDE])
    assert table.durations_s[0][1] == table.durations_s[1][0]


def test_on_foot_the_straight_way_counts():
    as_the_crow_flies = Place(id="same", lat=DEEP_INSIDE.lat, lon=DEEP_INSIDE.lon)
    ways = [TRAVEL.table(FOOT, [CASINO], [place]) for place in (DEEP_INSIDE, as_the_crow_flies)]
    assert ways[0] == ways[1]


def test_two_doors_of_one_spot_are_two_places_to_remember():
    other = Place(
        id="deck",
        lat=DEEP_INSIDE.lat,
        lon=DEEP_INSIDE.lon,
        entrance_lat=STATION.lat,
        entrance_lon=STATION.lon,
    )
    cache = TravelCache()
    ways = [
        cache.matrix(TRAVEL, CAR, ["station", "deck"], [STATION, place]).durations_s
        for place in (DEEP_INSIDE, other, DEEP_INSIDE)
    ]
    assert ways[0] == ways[2] != ways[1]


def test_the_road_engine_leads_through_the_entrance(roads):
    route = roads.route(CAR, STATION, DEEP_INSIDE)
    to_entrance = roads.route(CAR, STATION, BARRIER)
    assert route.duration_s == roads.table(CAR, [STATION], [DEEP_INSIDE]).durations_s[0][0]
    assert route.duration_s - to_entrance.duration_s == pytest.approx(INSIDE_M, abs=1)
    line = decode_polyline6(route.polyline6)
    assert straight_m(line[-1], DEEP_INSIDE) < 1
    assert line[1:-1] == to_entrance.coordinates


def test_half_an_entrance_is_none():
    with pytest.raises(InvalidProblem, match="entrance"):
        Place(id="deck", entrance_lat=43.7)

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from routing.model.errors import TravelUnavailable
from routing.travel import CAR, FOOT, OsrmTravel, Point
from routing.travel.geometry import decode_polyline6, straight_m
from routing.travel.matrix import build_matrix
from tests.city.monaco import CASINO, FONTVIEILLE, LARVOTTO, OUT_AT_SEA, PORT, STATION

CORNERS = [CASINO, STATION, FONTVIEILLE, LARVOTTO, PORT]


def test_driving_through_monaco_takes_minutes_not_hours(roads):
    seconds = roads.table(CAR, [FONTVIEILLE], [LARVOTTO]).durations_s[0][0]
    assert 180 < seconds < 1200


def test_no_way_is_shorter_than_the_straight_line(roads):
    for profile in (CAR, FOOT):
        table = roads.table(profile, CORNERS, CORNERS)
        for i, a in enumerate(CORNERS):
            for j, b in enumerate(CORNERS):
                # Snapping to the road may cut some metres at either end of a drive.
                assert table.distances_m[i][j] >= straight_m(a, b) - (100 if profile == CAR else 0)


def test_one_way_streets_make_ways_there_and_back_differ(roads):
    table = roads.table(CAR, CORNERS, CORNERS).durations_s
    assert any(table[i][j] != table[j][i] for i in range(5) for j in range(5))


def test_a_row_and_a_column_agree_with_the_square(roads):
    square = roads.table(CAR, CORNERS, CORNERS)
    row = roads.table(CAR, CORNERS[:1], CORNERS)
    column = roads.table(CAR, CORNERS, CORNERS[:1])
    assert row.durations_s[0] == square.durations_s[0]
    assert [cells[0] for cells in column.distances_m] == [cells[0] for cells in square.distances_m]


def test_no_places_make_an_empty_table(roads):
    assert roads.table(CAR, [], CORNERS).durations_s == ()
    assert roads.table(CAR, [CASINO, PORT], []).durations_s == ((), ())


def test_a_place_far_from_any_road_cannot_be_reached(roads):
    table = roads.table(CAR, [CASINO, OUT_AT_SEA], [STATION, OUT_AT_SEA])
    assert table.durations_s[0][0] is not None
    assert table.durations_s[0][1] is None
    assert table.durations_s[1] == (None, None)
    assert table.distances_m[1] == (None, None)
    assert roads.route(CAR, CASINO, OUT_AT_SEA) is None


def test_how_far_is_far_can_be_set(monaco_dataset):
    strict = OsrmTravel(monaco_dataset, snap_limit_m=0.5)
    assert strict.table(CAR, [PORT], [CASINO]).durations_s == ((None,),)


def test_nobody_walks_faster_than_a_metre_per_second_across_a_car_park(roads):
    deck = Point(43.72960, 7.41390)
    corner = Point(43.72995, 7.41480)
    walk = roads.table(FOOT, [deck], [corner])
    assert walk.durations_s[0][0] >= straight_m(deck, corner)
    assert walk.distances_m[0][0] >= straight_m(deck, corner)
    assert roads.table(FOOT, [deck], [deck]).durations_s == ((0,),)


def test_a_route_agrees_with_the_table(roads):
    rng = random.Random(7)
    for _ in range(40):
        a, b = (Point(rng.uniform(43.728, 43.748), rng.uniform(7.412, 7.436)) for _ in range(2))
        for profile in (CAR, FOOT):
            route = roads.route(profile, a, b)
            told = roads.table(profile, [a], [b]).durations_s[0][0]
            assert (route is None) == (told is None)
            if route is not None:
                assert route.duration_s == pytest.approx(told, abs=1)


def test_a_route_has_a_line_from_end_to_end(roads):
    route = roads.route(CAR, CASINO, LARVOTTO)
    assert route.coordinates == decode_polyline6(route.polyline6)
    assert straight_m(route.coordinates[0], CASINO) < 100
    assert straight_m(route.coordinates[-1], LARVOTTO) < 100
    length = sum(straight_m(a, b) for a, b in zip(route.coordinates, route.coordinates[1:], strict=False))
    assert length == pytest.approx(route.distance_m, rel=0.02, abs=5)


def test_a_whole_matrix_can_be_asked_and_grown(roads):
    ids = ["casino", "station", "fontvieille", "larvotto", "port"]
    whole = build_matrix(roads, CAR, ids, CORNERS)
    grown = build_matrix(roads, CAR, ids[:4], CORNERS[:4]).extended_by(
        roads, CAR, CORNERS[:4], (ids[4], CORNERS[4])
    )
    assert grown == whole


def test_many_threads_may_ask_at_once(monaco_dataset):
    travel = OsrmTravel(monaco_dataset)
    expected = travel.table(CAR, CORNERS, CORNERS)
    fresh = OsrmTravel(monaco_dataset)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: fresh.table(CAR, CORNERS, CORNERS), range(40)))
    assert answers == [expected] * 40


def test_the_files_can_be_used_without_shared_memory(monaco_roads, roads):
    mapped = OsrmTravel(f"{monaco_roads}/osrm")
    assert mapped.table(CAR, CORNERS, CORNERS) == roads.table(CAR, CORNERS, CORNERS)


@pytest.mark.parametrize("prefix", ["voltrun-nobody-loaded-this", "/nowhere/osrm"])
def test_roads_that_are_not_there_are_said_to_be_missing(prefix):
    with pytest.raises(TravelUnavailable, match="not loaded"):
        OsrmTravel(prefix).table(CAR, [CASINO], [STATION])


def test_nonsense_coordinates_are_refused(roads):
    with pytest.raises(TravelUnavailable):
        roads.table(CAR, [Point(200, 400)], [STATION])


def test_a_trace_is_laid_on_the_road_it_was_driven_on(roads):
    way = roads.route(CAR, FONTVIEILLE, STATION)
    trace = [(Point(p.lat + 0.00002, p.lon), 10 * n) for n, p in enumerate(way.coordinates)]
    lines = roads.match(CAR, trace)
    matched = [spot for line in lines for spot in decode_polyline6(line)]
    assert straight_m(matched[0], way.coordinates[0]) < 30
    assert straight_m(matched[-1], way.coordinates[-1]) < 30
    assert all(min(straight_m(spot, p) for p in matched) < 60 for spot in way.coordinates)


def test_what_was_on_no_road_is_laid_on_none(roads):
    assert roads.match(CAR, [(OUT_AT_SEA, 0), (Point(OUT_AT_SEA.lat + 0.0001, OUT_AT_SEA.lon), 10)]) == []
    assert roads.match(CAR, [(CASINO, 0)]) == []
    assert roads.match(CAR, []) == []

import pytest

from routing.model.errors import TravelUnavailable
from routing.travel import CAR, FOOT, GreatCircleTravel, Point
from routing.travel.geometry import decode_polyline6, encode_polyline6, straight_m
from tests.city.monaco import CASINO, LARVOTTO, STATION

TRAVEL = GreatCircleTravel()


def test_a_degree_of_latitude_is_111_km():
    assert straight_m(Point(43, 7), Point(44, 7)) == pytest.approx(111_195, abs=1)


def test_a_table_has_a_row_per_origin_and_a_cell_per_destination():
    table = TRAVEL.table(CAR, [CASINO, STATION], [CASINO, STATION, LARVOTTO])

    assert [len(row) for row in table.durations_s] == [3, 3]
    assert table.durations_s[0][0] == 0
    assert table.durations_s[0][1] == table.durations_s[1][0] > 0


def test_travel_is_stretched_by_the_detour_and_rounded_up():
    table = TRAVEL.table(FOOT, [CASINO], [STATION])

    metres = straight_m(CASINO, STATION) * 1.3
    assert 0 <= table.distances_m[0][0] - metres < 1
    assert table.durations_s == table.distances_m  # one metre per second


def test_walking_takes_longer_than_driving():
    walked = TRAVEL.table(FOOT, [CASINO], [LARVOTTO]).durations_s[0][0]
    driven = TRAVEL.table(CAR, [CASINO], [LARVOTTO]).durations_s[0][0]
    assert walked > 2 * driven


def test_a_route_agrees_with_the_table_and_runs_from_end_to_end():
    route = TRAVEL.route(CAR, CASINO, LARVOTTO)

    assert route.duration_s == TRAVEL.table(CAR, [CASINO], [LARVOTTO]).durations_s[0][0]
    assert route.coordinates == (CASINO, LARVOTTO)
    assert decode_polyline6(route.polyline6) == route.coordinates


def test_an_unknown_profile_is_unavailable():
    with pytest.raises(TravelUnavailable, match="boat"):
        TRAVEL.table("boat", [CASINO], [STATION])


def test_a_line_survives_its_encoding_also_where_numbers_are_negative():
    line = (Point(-33.859972, 151.211111), Point(43.7397, -7.4272), Point(0, 0))
    assert decode_polyline6(encode_polyline6(line)) == line


def test_the_encoding_is_the_one_the_maps_know():
    assert encode_polyline6([Point(38.5, -120.2)]) == "_izlhA~rlgdF"


@pytest.mark.parametrize("text", ["_izlhA", "_izlhA~rlgd"])
def test_a_broken_line_is_refused(text):
    with pytest.raises(ValueError, match=r"pairs|middle"):
        decode_polyline6(text)

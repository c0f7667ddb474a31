import json

import pytest

from routing.model.errors import InvalidProblem
from routing.travel import CAR, GreatCircleTravel, Matrix, Point, Table
from routing.travel.matrix import build_matrix
from tests.city.monaco import CASINO, LARVOTTO, STATION

TRAVEL = GreatCircleTravel()
IDS = ("casino", "station", "larvotto")
PLACES = (CASINO, STATION, LARVOTTO)


def square(size: int, cell: object = 7) -> list[list[object]]:
    return [[0 if i == j else cell for j in range(size)] for i in range(size)]


def test_a_matrix_is_read_by_place():
    matrix = build_matrix(TRAVEL, CAR, IDS, PLACES)

    assert matrix.index("station") == 1
    assert matrix.durations_s[0][1] == TRAVEL.table(CAR, [CASINO], [STATION]).durations_s[0][0]
    with pytest.raises(KeyError, match="port"):
        matrix.index("port")


def test_growing_by_one_place_gives_what_asking_at_once_gives():
    small = build_matrix(TRAVEL, CAR, IDS[:2], PLACES[:2])

    grown = small.extended_by(TRAVEL, CAR, PLACES[:2], (IDS[2], PLACES[2]))

    assert grown == build_matrix(TRAVEL, CAR, IDS, PLACES)
    assert small.ids == IDS[:2]


def test_it_survives_json_with_its_gaps():
    matrix = Matrix(("a", "b"), ((0, None), (5, 0)), ((0, None), (50, 0)))
    assert Matrix.from_json(["a", "b"], json.loads(json.dumps(matrix.to_json()))) == matrix


def test_a_place_without_any_road_still_is_where_it_is():
    nowhere = Table(((None, None), (None, 0)), ((None, None), (None, 0)))
    assert Matrix.from_table(["sea", "quay"], nowhere).durations_s == ((0, None), (None, 0))


@pytest.mark.parametrize(
    ("durations", "distances", "path"),
    [
        (square(2), square(3), "durations_s"),
        (square(3), [[0, 1, 2], [1, 0], [2, 1, 0]], "distances_m[1]"),
        (square(3, -1), square(3), "durations_s[0][1]"),
        (square(3, 1.5), square(3), "durations_s[0][1]"),
        (square(3, True), square(3), "durations_s[0][1]"),
        (square(3, "7"), square(3), "durations_s[0][1]"),
        ([[1, 7, 7], [7, 0, 7], [7, 7, 0]], square(3), "durations_s[0][0]"),
        (square(3, None), square(3), "distances_m[0][1]"),
        (None, square(3), "durations_s"),
        ([1, 2, 3], square(3), "durations_s"),
    ],
)
def test_a_broken_matrix_names_the_cell(durations, distances, path):
    with pytest.raises(InvalidProblem) as error:
        Matrix.from_json(IDS, {"durations_s": durations, "distances_m": distances})
    assert error.value.path == path


def test_a_place_may_be_named_once():
    with pytest.raises(InvalidProblem, match="twice"):
        Matrix.from_json(["a", "a"], {"durations_s": square(2), "distances_m": square(2)})


def test_growing_needs_a_whole_row_and_a_whole_column():
    small = build_matrix(TRAVEL, CAR, IDS, PLACES)
    row = TRAVEL.table(CAR, [Point(43.73, 7.42)], PLACES)
    short = TRAVEL.table(CAR, PLACES[:2], [Point(43.73, 7.42)])
    with pytest.raises(InvalidProblem, match="one row and one column"):
        small.extended("new", row, short)

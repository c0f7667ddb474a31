"""Ways to neighbours alone: the same as all ways, where there are any."""

import pytest

from routing.evaluation.facts import Facts
from routing.model.errors import InvalidProblem
from routing.model.problem import Problem
from routing.model.travel import Profile, Slice
from tests.routing.small_city import GRID, ask, city

WHOLE = Profile(
    durations_s=((0, 60, None), (70, 0, 90), (None, 80, 0)),
    distances_m=((0, 600, None), (700, 0, 900), (None, 800, 0)),
    slices=(Slice(from_s=3_600, durations_s=((0, 66, None), (77, 0, 99), (None, 88, 0))),),
)
SPARSE = Profile(
    neighbours=((0, 1), (0, 1, 2), (1, 2)),
    durations_s=((0, 60), (70, 0, 90), (80, 0)),
    distances_m=((0, 600), (700, 0, 900), (800, 0)),
    slices=(Slice(from_s=3_600, durations_s=((0, 66), (77, 0, 99), (88, 0))),),
)


def test_neighbours_say_what_all_ways_say():
    assert SPARSE.dense() == WHOLE
    assert WHOLE.dense() is WHOLE
    assert [SPARSE.distance_m(1, target) for target in range(3)] == [700, 0, 900]
    assert SPARSE.distance_m(0, 2) == 0


def test_some_places_keep_their_ways_in_the_order_asked():
    assert SPARSE.among([2, 1]) == WHOLE.among([2, 1])
    assert SPARSE.among([2, 1]).durations_s == ((0, 80), (90, 0))


def test_who_is_not_a_neighbour_cannot_be_reached():
    problem = city(ask("a", "mill"))
    mill, quay = (list(GRID).index(name) for name in ("mill", "quay"))
    rows = tuple((0, mill) if index in (0, mill) else (index,) for index in range(len(GRID)))
    cells = tuple((0, 120) if len(row) == 2 else (0,) for row in rows)
    sparse = problem.with_profiles({"car": Profile(neighbours=rows, durations_s=cells)})
    facts, van = Facts(sparse), sparse.units[0]
    assert quay not in rows[0]
    assert facts.way(van, "depot", "mill") is not None
    assert facts.way(van, "depot", "quay") is None
    assert Problem.from_json(sparse.to_json()) == sparse


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"neighbours": ((0, 1), (0, 1, 2))}, "neighbours"),
        ({"neighbours": ((1, 0), (0, 1, 2), (1, 2))}, "neighbours[0]"),
        ({"neighbours": ((0, 3), (0, 1, 2), (1, 2))}, "neighbours[0]"),
        ({"durations_s": ((0, 60), (70, 0), (80, 0))}, "durations_s[1]"),
        ({"durations_s": ((0, 60), (70, 0, -1), (80, 0))}, "durations_s[1][2]"),
        ({"distances_m": ((0, 600),)}, "distances_m"),
    ],
)
def test_bad_neighbours_are_named(changed, path):
    given = {
        "neighbours": SPARSE.neighbours,
        "durations_s": SPARSE.durations_s,
        "distances_m": SPARSE.distances_m,
    }
    with pytest.raises(InvalidProblem) as refused:
        Profile(**{**given, **changed})
    assert refused.value.path == path

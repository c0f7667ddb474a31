"""Planning with what was seen: the worse the case, the later the promise."""

from hypothesis import given
from hypothesis import strategies as st

from routing.quote import place_request
from routing.reoptimise import rebase
from routing.simulation.robust import Robust, Spread, quantile, robust
from tests.routing.small_city import MINUTE, ask, at, city, rush_hour

SEEN = Spread.learn(
    ways=[(100, 90), (100, 100), (100, 120), (100, 200), (0, 5)], visits=[(600, 600), (600, 900)]
)


def test_what_was_seen_is_kept_as_factors_in_order():
    assert SEEN.travel == (0.9, 1.0, 1.2, 2.0)
    assert SEEN.handling == (1.0, 1.5)
    assert Spread.learn([], []) == Spread()


@given(st.lists(st.floats(0.1, 9), min_size=1).map(sorted), st.floats(0.01, 1))
def test_a_quantile_is_not_exceeded_by_its_share_of_what_was_seen(values, share):
    assert sum(value <= quantile(values, share) for value in values) >= share * len(values) - 1e-9


def test_a_problem_at_a_quantile_has_longer_ways_and_visits():
    problem = rush_hour(city(ask("a", "port")), (at("09:00"), 600))
    seen = robust(problem, 0.75, SEEN)
    car, slow = problem.travel.profiles["car"], seen.travel.profiles["car"]
    assert slow.durations_s[0][4] == 432  # 3 blocks of 120 s, and a fifth
    assert slow.slices[0].durations_s[0][4] == 2_160
    assert slow.distances_m == car.distances_m
    assert (seen.requests[0].setup_s, seen.requests[0].wrapup_s) == (450, 450)


def test_as_expected_nothing_changes():
    problem = city(ask("a", "port"))
    assert robust(problem, 0.5, Spread()) == problem


def test_ways_are_scaled_once():
    problem, seen = city(), Robust(SEEN, 0.9)
    assert seen.problem(problem).travel is seen.problem(city(travel=problem.travel)).travel


def test_a_worse_case_promises_later():
    arrivals = []
    for share in (0.25, 0.5, 0.75, 1.0):
        problem = robust(city(), share, SEEN)
        placed = place_request(problem, rebase(problem, None), ask("a", "port"))
        assert placed is not None
        arrivals.append(placed.arrive_s / MINUTE)
    assert arrivals == [5.4, 6.0, 7.2, 12.0]

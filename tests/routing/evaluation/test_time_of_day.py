"""Ways that take longer in the rush hour: nobody overtakes by leaving later, and just in time is in time."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.evaluation.time_of_day import ALWAYS, Leg, Way
from routing.model.problem import Problem
from tests.routing.small_city import MINUTE, ask, at, city, rush_hour, tell, van


@st.composite
def ways(draw: st.DrawFn) -> Way:
    starts = sorted(draw(st.sets(st.integers(-50, 300), max_size=4)))
    return Way(tuple((start, Leg(draw(st.integers(0, 120)), 1_000, 0)) for start in (ALWAYS, *starts)))


moments = st.integers(-100, 400)


@given(ways(), moments)
def test_the_earliest_arrival_is_the_least_over_all_departures(way, free_s):
    assert way.arrival_s(free_s) == min(t + way.leg_at(t).seconds for t in range(free_s, free_s + 500))


@given(ways(), moments, moments)
def test_who_is_free_later_never_arrives_sooner(way, a_s, b_s):
    assert way.arrival_s(min(a_s, b_s)) <= way.arrival_s(max(a_s, b_s))


@given(ways(), moments, st.integers(0, 200))
def test_just_in_time_is_in_time_and_no_later_departure_is(way, free_s, spare_s):
    by_s = way.arrival_s(free_s) + spare_s
    depart_s = way.departure_s(free_s, by_s)
    assert depart_s >= free_s
    assert depart_s + way.leg_at(depart_s).seconds <= by_s
    assert all(t + way.leg_at(t).seconds > by_s for t in range(depart_s + 1, by_s + 1))


def busy_morning(*requests, **changes) -> Problem:
    """From 09:00 to 10:00 every block takes ten minutes instead of two."""
    return rush_hour(city(*requests, **changes), (at("09:00"), 600), (at("10:00"), 120))


def serve(problem: Problem, *names: str):
    steps = tuple(Step("serve", name) for name in names)
    plan = schedule(problem, Decisions((RouteDecisions("van1", "day", steps),)))
    assert violations(problem, plan) == ()
    return plan


def test_who_must_be_there_in_the_rush_hour_leaves_before_it():
    problem = busy_morning(ask("a", "mill", earliest_s=at("09:05")))
    stop = serve(problem, "a").routes[0].stops[0]
    assert (stop.depart_s, stop.arrive_s, stop.start_s) == (at("09:00") - 1, at("09:02") - 1, at("09:05"))


def test_who_must_drive_in_the_rush_hour_takes_longer():
    problem = busy_morning(ask("a", "mill", 25, earliest_s=at("08:10")), ask("b", "port", 10))
    plan = serve(problem, "a", "b")  # a ends at 09:10; two blocks to the port
    assert tell(problem, plan) == ["van1: mill 08:10 +25kWh > port 09:30 +10kWh > depot 10:06 (22 %)"]


def test_who_would_arrive_sooner_by_leaving_after_the_rush_hour_waits_where_it_stands():
    problem = busy_morning(ask("a", "mill", 25, earliest_s=at("08:50")), ask("b", "port", 10))
    stop = serve(problem, "a", "b").routes[0].stops[1]  # a ends at 09:50: now until 10:10, then until 10:04
    assert (stop.depart_s, stop.start_s) == (at("10:00"), at("10:04"))


def test_heating_counts_for_the_seconds_as_driven():
    frost = van(aux_w=3_000)
    problem = busy_morning(ask("a", "mill", 25, earliest_s=at("08:10")), ask("b", "port", 10), units=(frost,))
    stops = serve(problem, "a", "b").routes[0].stops
    # a block 250 Wh: 1 in 2 min, 2 in 20 min, 3 in 6 min; heating 50 Wh a minute
    drawn = [350, 500 + 1_000, 750 + 300]
    assert [a.pack_after_wh - b.pack_before_wh for a, b in pairwise(stops)] == drawn[1:]
    assert 50_000 - stops[0].pack_before_wh == drawn[0]


def test_the_time_as_driven_is_paid():
    problem = busy_morning(ask("a", "mill", 25, earliest_s=at("08:10")), ask("b", "port", 10))
    goals = serve(problem, "a", "b").cost.goals
    driven_s, served_s = (2 + 20 + 6) * MINUTE, (60 + 30) * MINUTE
    assert goals.time == (driven_s + served_s) * 20_000 // 3600


def test_driving_through_the_rush_hour_as_if_it_were_night_is_caught():
    problem = busy_morning(ask("a", "mill", 25, earliest_s=at("08:10")), ask("b", "port", 10))
    quick = serve(city(*problem.requests), "a", "b")
    found = [(broken.rule, broken.amount) for broken in violations(problem, quick)]
    assert found == [("timing", 16 * MINUTE), ("timing", 24 * MINUTE)]  # two blocks there, three blocks home

"""Small problems with proof."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from routing.evaluation import cost, schedule, violations
from routing.evaluation.decisions import Decisions
from routing.evaluation.facts import Facts
from routing.model.errors import InvalidProblem
from routing.model.plan import Unserved
from routing.model.problem import Grid
from routing.reoptimise import Budget, reoptimise
from routing.solver.days import list_days
from routing.solver.exact import Effort, solve_exactly
from routing.solver.exact_columns import bound_sets
from tests.routing.small_city import HOUR, ask, city, pause, plug, rush_hour, tell, van
from tests.routing.strategies import problems

EFFORT = Effort(seconds=600)
"""More than any of these takes, whatever else the machine does."""


def plain(problem):
    """The problem without times of day: with them nothing is proven."""
    return problem.with_profiles(
        {name: replace(profile, slices=()) for name, profile in problem.travel.profiles.items()}
    )


def prove(problem):
    proven = solve_exactly(problem, EFFORT)
    assert proven.optimal
    assert violations(problem, proven.plan) == ()
    return proven


def test_the_cheapest_plan_of_two_units_by_hand():
    """Van 2 has to come home from the port anyway, and the mill lies on its way: 3 blocks.

    3 blocks of 1 km at 0.40 are 1.20; 6 minutes of driving and 2 visits of 30 at 20 an hour are 22.00.
    """
    problem = city(ask("a", "mill"), ask("b", "port"), units=(van(), van("van2", place="port")))
    proven = prove(problem)
    assert tell(problem, proven.plan) == [
        "van1: depot 08:00 (83 %)",
        "van2: port 08:00 +10kWh > mill 08:34 +10kWh > depot 09:06 (49 %)",
    ]
    assert proven.plan.cost.total_milli == 1_200 + 22_000


def test_it_recharges_as_much_as_is_needed():
    problem = city(ask("a", "mill", 20), units=(van(kwh=10),))
    kinds = [stop.kind for stop in prove(problem).plan.routes[0].stops]
    assert kinds[0] == "recharge"
    assert kinds[-2:] == ["serve", "hold"]


def test_two_units_share_a_plug():
    requests = (ask("a", "mill", 20, latest_s=2 * HOUR), ask("b", "park", 20, latest_s=2 * HOUR))
    problem = city(*requests, units=(van(kwh=10), van("van2", kwh=10)))
    proven = prove(problem)
    assert proven.plan.unserved == ()


def test_a_break_is_taken_where_it_costs_least():
    problem = city(
        ask("a", "mill", earliest_s=2 * HOUR, wait_milli_per_h=20_000), units=(van(breaks=(pause(),)),)
    )
    stops = prove(problem).plan.routes[0].stops
    assert [stop.kind for stop in stops] == ["serve", "break", "hold"]


def test_a_curve_that_bends_is_never_charged_too_fast():
    bent = {"curve": ((0.0, 30_000.0), (0.5, 30_000.0), (1.0, 6_000.0)), "target_wh": 60_000}
    problem = city(ask("a", "mill", 20), units=(van(kwh=30, pack=bent),))
    assert prove(problem).plan.unserved == ()


def test_a_plan_that_is_known_to_be_best_is_proven_by_finding_no_better():
    problem = city(ask("a", "mill"), ask("b", "port"), units=(van(), van("van2", place="port")))
    best = prove(problem).plan
    again = solve_exactly(problem, EFFORT, best)
    assert again.optimal
    assert (again.plan, again.bound_milli) == (best, best.cost.total_milli)


def test_a_plan_that_is_known_and_not_the_best_is_beaten():
    problem = city(ask("a", "mill"))
    lazy = schedule(problem, Decisions((), (Unserved(request="a", code="not_worth_it"),)))
    assert solve_exactly(problem, EFFORT, lazy).plan == prove(problem).plan


@settings(max_examples=10)
@given(problems(most_requests=3).map(plain))
def test_no_plan_costs_less_than_the_bound_of_the_sets_it_serves(problem):
    plan, facts = reoptimise(problem, None, Budget(iterations=10)), Facts(problem)
    bounds = {day.unit.id: bound_sets(facts, day) for day in list_days(facts)}
    for route in plan.routes:
        served = frozenset(stop.request for stop in route.stops if stop.request)
        alone = cost(problem, replace(plan, routes=(route,), unserved=())).total_milli
        assert bounds[route.unit][served] <= alone


def test_times_of_day_are_refused():
    with pytest.raises(InvalidProblem, match="slices"):
        solve_exactly(rush_hour(city(ask("a", "mill")), (0, 600)), EFFORT)


def test_a_weak_grid_lets_one_recharge_after_the_other():
    """Each must take 9 kWh or so from a plug of 30 kW before it serves, and the grid has 30 kW."""
    requests = (ask("a", "mill", 10), ask("b", "park", 10))
    sockets = (plug("one", grid="grid"), plug("two", grid="grid"))
    units = (van(kwh=8), van("van2", kwh=8))
    problem = city(*requests, units=units, plugs=sockets, grids=(Grid(id="grid", power_w=30_000),))
    plan = prove(problem).plan
    turns = sorted((stop.start_s, stop.end_s) for _, stop in plan.iterate_stops() if stop.kind == "recharge")
    assert plan.unserved == ()
    assert all(first[1] <= second[0] for first, second in pairwise(turns))


def test_overtime_is_worked_when_it_pays():
    shift = replace(van().shifts[0], end_s=HOUR, overtime_s=HOUR)
    problem = city(ask("a", "port", 20), units=(van(shifts=(shift,)),))
    plan = prove(problem).plan
    assert plan.unserved == ()
    assert plan.cost.goals.overtime == (plan.routes[0].stops[-1].arrive_s - HOUR) * 30_000 // 3_600


def test_more_requests_than_can_be_proven_are_refused():
    with pytest.raises(InvalidProblem, match="at most 12"):
        solve_exactly(city(*(ask(f"r{k}", "mill") for k in range(13))), EFFORT)


@settings(max_examples=5)
@given(problems(most_requests=2).map(plain))
def test_the_cost_proven_is_the_judges_and_no_search_finds_less(problem):
    proven = prove(problem)
    assert proven.bound_milli == proven.plan.cost.total_milli == cost(problem, proven.plan).total_milli
    assert reoptimise(problem, None, Budget(iterations=15)).cost.total_milli >= proven.bound_milli


@settings(max_examples=2)
@given(problems(most_requests=2).map(plain))
def test_a_unit_more_or_a_wider_window_never_makes_it_worse(problem):
    optimum = prove(problem).plan.cost.total_milli
    spare = replace(van("spare"), pack=replace(van().pack, target_wh=0))
    assert prove(replace(problem, units=(*problem.units, spare))).plan.cost.total_milli <= optimum
    wider = (replace(request, latest_s=request.latest_s + HOUR) for request in problem.requests)
    assert prove(problem.with_requests(wider)).plan.cost.total_milli <= optimum


def test_a_plug_that_is_taken_makes_it_wait():
    problem = city(ask("a", "mill", 20), units=(van(kwh=10),), plugs=(plug(busy=((0, HOUR),)),))
    assert prove(problem).plan.routes[0].stops[0].start_s == HOUR

"""What holds of a plan that does not."""

from hypothesis import given, settings

from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.solver.draft import Visit, plan_of
from routing.solver.repair import repair
from tests.routing.small_city import HOUR, ask, city, plug, tell, van
from tests.routing.strategies import decided, wild_problems


@settings(max_examples=60)
@given(decided())
def test_what_is_left_breaks_no_rule(pair):
    problem, decisions = pair
    assert violations(problem, repair(problem, schedule(problem, decisions))) == ()


@settings(max_examples=40)
@given(wild_problems())
def test_a_unit_in_any_state_is_left_something_it_can_do(problem):
    units = [unit.id for unit in problem.units if unit.shifts]
    steps = tuple(Step("serve", request.id) for request in problem.requests)
    routes = (RouteDecisions(units[0], problem.units[0].shifts[0].id, steps),)
    plan = schedule(problem, Decisions(routes))
    assert violations(problem, repair(problem, plan)) == ()


def test_what_holds_stays_as_it_is():
    problem = city(ask("a", "mill"), ask("b", "port"))
    plan = plan_of(problem, {("van1", "day"): (Visit("serve", "a"), Visit("serve", "b"))})
    assert repair(problem, plan) == plan


def test_a_visit_that_comes_too_late_is_left_out():
    problem = city(ask("a", "mill"), ask("b", "port", latest_s=600))
    plan = plan_of(problem, {("van1", "day"): (Visit("serve", "a"), Visit("serve", "b"))})
    assert tell(problem, repair(problem, plan)) == [
        "van1: mill 08:02 +10kWh > depot 08:34 (66 %)",
        "not served: b (fleet_saturated)",
    ]


def test_where_energy_lacks_a_recharge_is_put_in():
    """17 kWh less 10.25 for the first are 6.75; the way on and the second are far below the reserve of 6."""
    problem = city(ask("a", "mill"), ask("b", "park"), units=(van(kwh=17),))
    plan = plan_of(problem, {("van1", "day"): (Visit("serve", "a"), Visit("serve", "b"))})
    mended = repair(problem, plan)
    assert mended.unserved == ()
    assert [stop.kind for stop in mended.routes[0].stops] == ["serve", "recharge", "serve", "hold"]


def test_two_at_one_plug_come_one_after_the_other():
    units = (van(kwh=10), van("van2", kwh=10))
    problem = city(ask("a", "mill"), ask("b", "park"), units=units)
    fill = Visit("recharge", "plug", 0, HOUR)
    plan = plan_of(
        problem,
        {("van1", "day"): (fill, Visit("serve", "a")), ("van2", "day"): (fill, Visit("serve", "b"))},
    )
    assert "plug_conflict" in {found.rule for found in violations(problem, plan)}
    mended = repair(problem, plan)
    assert violations(problem, mended) == ()
    assert mended.unserved == ()


def test_a_plug_of_somebody_else_is_not_used():
    problem = city(ask("a", "mill"), plugs=(plug(unit="van2"),), units=(van(), van("van2")))
    plan = plan_of(problem, {("van1", "day"): (Visit("recharge", "plug", 0, HOUR), Visit("serve", "a"))})
    assert [stop.kind for stop in repair(problem, plan).routes[0].stops] == ["serve", "hold"]

"""Plans get better, never worse, never bad; and come out the same every time."""

import json
from dataclasses import replace
from time import monotonic

import pytest
from hypothesis import given, settings

from routing import settling
from routing.evaluation import cost, violations
from routing.model.errors import InvalidProblem, TravelUnavailable
from routing.model.plan import Plan
from routing.model.problem import Travel
from routing.reoptimise import Budget, rebase, reoptimise
from routing.search.compiled.engine import Search
from tests.routing.small_city import GRID, ask, at, city, pause, plug, tell, van
from tests.routing.strategies import problems


def busy_city(**changes):
    names = sorted(GRID)
    wishes = [
        ask(f"r{i}", names[i % 5], 8 + i % 4 * 4, earliest_s=i * 1_200, latest_s=i * 1_200 + 5_400)
        for i in range(12)
    ]
    vans = tuple(
        van(f"van{i}", kwh=25 + 10 * i, breaks=(pause(),), pack={"target_wh": 40_000}) for i in range(1, 4)
    )
    return city(*wishes, units=vans, plugs=(plug(), plug("quayside", place="quay")), **changes)


def as_bytes(plan: Plan) -> bytes:
    return json.dumps(plan.to_json()).encode()


def test_the_same_seed_and_iterations_give_the_same_bytes():
    first, second = (reoptimise(busy_city(), None, Budget(iterations=40, seed=7)) for _ in range(2))
    assert as_bytes(first) == as_bytes(second)


def test_more_iterations_find_more():
    start = rebase(busy_city(), None)
    better = reoptimise(busy_city(), start, Budget(iterations=150, seed=1))
    assert better.cost.total_milli < start.cost.total_milli


def test_a_plan_that_the_search_cannot_read_is_kept_all_the_same(monkeypatch):
    plan = reoptimise(busy_city(), None, Budget(iterations=40, seed=7))
    monkeypatch.setattr(Search, "load", lambda *_: False)
    kept = rebase(busy_city(), plan)
    assert visited(kept) == visited(plan)
    assert violations(busy_city(), kept) == ()


def visited(plan: Plan) -> set[str]:
    return {stop.request for _, stop in plan.iterate_stops() if stop.request is not None}


def test_incumbents_are_judged_and_get_better():
    told: list[Plan] = []
    final = reoptimise(busy_city(), None, Budget(iterations=100, seed=3), told.append)
    assert all(violations(busy_city(), plan) == () for plan in told)
    costs = [plan.cost.total_milli for plan in told]
    assert costs == sorted(costs, reverse=True)
    assert told[-1] == final


def test_the_time_is_kept():
    begun = monotonic()
    reoptimise(busy_city(), None, Budget(seconds=0.6))
    assert monotonic() - begun < 1.6


def test_no_time_at_all_still_gives_a_judged_plan():
    plan = reoptimise(busy_city(), None, Budget(seconds=0.0))
    assert violations(busy_city(), plan) == ()
    assert any(stop.kind == "serve" for _, stop in plan.iterate_stops())


@settings(max_examples=30)
@given(problems())
def test_every_plan_passes_the_judge_and_is_no_dearer_than_its_start(problem):
    start = rebase(problem, None)
    plan = reoptimise(problem, start, Budget(iterations=8, seed=1))
    assert violations(problem, start) == ()
    assert violations(problem, plan) == ()
    assert plan.cost == cost(problem, plan)
    assert plan.cost.total_milli <= start.cost.total_milli


def test_routes_of_other_plans_are_taken_over():
    good = reoptimise(busy_city(), None, Budget(iterations=150, seed=1))
    helped = reoptimise(busy_city(), None, Budget(iterations=0), pool=[good])
    assert helped.cost.total_milli == good.cost.total_milli


def test_a_plan_in_an_unchanged_world_stays_as_it_is():
    plan = reoptimise(busy_city(), None, Budget(iterations=60))
    assert rebase(busy_city(), plan) == plan


@settings(max_examples=30)
@given(problems())
def test_rebasing_in_an_unchanged_world_never_makes_a_plan_dearer(problem):
    plan = reoptimise(problem, None, Budget(iterations=6, seed=2))
    assert rebase(problem, plan).cost.total_milli <= plan.cost.total_milli


def test_rebase_drops_what_is_gone_and_inserts_what_is_new():
    before = city(ask("a", "mill"), ask("b", "port"))
    plan = rebase(before, None)
    after = city(ask("b", "port"), ask("c", "park", latest_s=at("08:30")))
    lines = tell(after, rebase(after, plan))
    assert lines == ["van1: park 08:02 +10kWh > port 08:36 +10kWh > depot 09:12 (48 %)"]


def test_where_nobody_is_open_a_rebase_makes_no_arrays(monkeypatch):
    problem = city(ask("a", "mill"), ask("b", "port"))
    plan = reoptimise(problem, None, Budget(iterations=10))
    monkeypatch.setattr(settling, "Field", None)
    assert rebase(problem, plan) == plan
    with pytest.raises(TypeError):
        rebase(city(ask("a", "mill"), ask("b", "port"), ask("c", "quay")), plan)


def test_rebase_survives_a_world_that_has_lost_its_units():
    plan = rebase(busy_city(), None)
    bare = replace(city(ask("r0", "mill"), units=(), plugs=()))
    assert tell(bare, rebase(bare, plan)) == ["not served: r0 (no_unit_on_shift)"]


def test_a_unit_that_is_late_keeps_what_it_still_can():
    before = city(ask("a", "mill", latest_s=at("08:30")), ask("b", "port", latest_s=at("12:00")))
    plan = rebase(before, None)
    late = city(*before.requests, units=(van(at_s=at("09:00")),))
    assert tell(late, rebase(late, plan)) == [
        "van1: port 09:06 +10kWh > depot 09:42 (64 %)",
        "not served: a (window_infeasible)",
    ]


def test_being_later_than_promised_is_dear_but_never_in_the_way():
    late = city(ask("a", "port", promise_s=0))
    plan = rebase(late, None)
    assert plan.unserved == ()
    assert plan.cost.goals.promise == 18_000  # 6 minutes at 3


def test_a_unit_the_driver_was_told_of_comes_when_it_costs_little_more():
    told = ask("a", "mill", previous_unit="van2")
    plan = rebase(city(told, units=(van(), van("van2", place="park"))), None)
    assert plan.find_stop("a")[0].unit == "van2"


def test_a_lock_is_kept():
    locked = ask("a", "mill", unit="van2", start_s=at("09:00"))
    plan = reoptimise(city(locked, units=(van(), van("van2", place="port"))), None, Budget(iterations=20))
    route, stop = plan.find_stop("a")
    assert (route.unit, stop.start_s) == ("van2", at("09:00"))


def test_an_empty_problem_has_an_empty_plan():
    plan = reoptimise(city(units=(), plugs=()), None, Budget(iterations=5))
    assert (plan.routes, plan.unserved, plan.cost.total_milli) == ((), (), 0)


def test_without_travel_times_there_is_no_plan():
    lost = replace(city(ask("a", "mill")), travel=Travel(provider="great_circle"))
    with pytest.raises(TravelUnavailable):
        reoptimise(lost, None, Budget(iterations=1))


def test_a_budget_below_nothing_is_refused():
    with pytest.raises(InvalidProblem, match="iterations"):
        Budget(iterations=-1)

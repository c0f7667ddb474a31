"""The benches' own arithmetic: plans side by side, events, who was moved; and the frame on a tiny set."""

from pathlib import Path

import pytest

from routing.desk import Desk
from routing.evaluation import violations
from routing.reoptimise import Budget, reoptimise
from tests.bench import __main__ as shell
from tests.bench import dynamic, quality, quotes, replan
from tests.bench.journal import Journal
from tests.bench.peers.common import Terms
from tests.routing.small_city import HOUR, ask, city, van


def day():
    asked = [
        ask(f"r{k}", place, 5, earliest_s=k * HOUR, latest_s=(k + 2) * HOUR)
        for k, place in enumerate(("mill", "park", "quay", "port", "mill", "park"))
    ]
    return city(*asked, units=(van(), van("van2", place="port")))


@pytest.fixture
def running() -> replan.Running:
    return replan.start_day(day(), Terms(seconds=0.1, seed=1))


def test_plans_side_by_side_are_as_good_as_one():
    problem = day()
    plan = reoptimise(problem, None, Budget(iterations=5))
    larger, wide = quotes.repeat(problem, plan, 3)
    assert violations(larger, wide) == ()
    assert quotes.count_stops(wide) == 3 * quotes.count_stops(plan)
    wish = next(quotes.list_wishes(larger, 1, 1))
    assert Desk(larger, wide).list_places(wish, quotes.list_windows(wish, 2))


def test_windows_follow_one_another():
    windows = quotes.list_windows(ask("a", "mill", earliest_s=100), 3)
    assert windows == [(100 + number * HOUR, 100 + (number + 1) * HOUR) for number in range(3)]


def test_a_day_under_way_has_told_everybody_and_keeps_one_request_back(running):
    assert running.coming.id == "r5"
    assert all(request.promise_s is not None for request in running.problem.requests)
    assert running.problem.now_s == replan.NOW_S


@pytest.mark.parametrize("name", replan.EVENTS)
def test_every_event_can_be_planned(running, name):
    event = replan.EVENTS[name](running)
    plan = reoptimise(event.problem, running.plan, Budget(iterations=3))
    assert violations(event.problem, plan) == ()


def test_only_other_units_count_as_changed(running):
    gone = replan.cancellation(running)
    plan = reoptimise(gone.problem, running.plan, Budget(iterations=0))
    assert replan.count_changed(running.plan, plan, gone.about) == 0
    assert replan.count_changed(running.plan, plan, frozenset()) == 1


def test_the_quality_bench_compares_everybody(tmp_path: Path):
    journal = Journal("quality", tmp_path)
    scope = quality.Scope(
        cases=("tiny",),
        seeds=(1,),
        seconds=(0.15,),
        alone=(),
        systems=("voltrun", "pyvrp", "vroom"),
        encodings=1,
    )
    quality.Quality(scope, journal, lambda case, seed: day(), "none").run()
    metrics = {(line.system, line.metric) for line in journal.lines}
    for system in scope.systems:
        for metric in ("cost", "served", "vehicles", "distance", "feasible"):
            assert (system, metric) in metrics
    assert {("pyvrp", "raw_violations"), ("vroom", "cost_ratio"), ("vroom", "both_cheaper")} <= metrics
    assert "tiny/0.15s | voltrun" in quality.tell(journal.lines)


def test_a_bench_that_does_not_exist_is_named():
    assert shell.main(["speed"]) == 2


def test_a_day_as_it_was_driven_is_one_plan_that_holds():
    """Two are known at eight, the others an hour before they may be served: all are, and nobody twice."""
    whole = day()
    known_s = {request.id: max(0, request.earliest_s - HOUR) for request in whole.requests}
    lived = dynamic.live_through(whole, known_s, dynamic.insert)
    plan = lived.as_driven(whole)
    assert dynamic.list_broken(whole, plan) == []
    assert plan.unserved == ()
    assert plan.cost.total_milli >= reoptimise(whole, None, Budget(iterations=300)).cost.total_milli

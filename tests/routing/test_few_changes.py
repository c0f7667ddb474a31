"""An event is answered so that few notice: besides the units it is about, at most so many change."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.evaluation import violations
from routing.model.errors import InvalidProblem
from routing.model.plan import Plan
from routing.reoptimise import Budget, reoptimise
from tests.routing.small_city import ask
from tests.routing.strategies import problems
from tests.routing.test_reoptimise import as_bytes, busy_city


def visits(plan: Plan) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for route, stop in plan.iterate_stops():
        if stop.request is not None:
            found[route.unit] = (*found.get(route.unit, ()), stop.request)
    return found


def changed(before: Plan, after: Plan) -> set[str]:
    old, new = visits(before), visits(after)
    return {unit for unit in (*old, *new) if old.get(unit) != new.get(unit)}


@pytest.fixture(scope="module")
def day():
    problem = busy_city()
    return problem, reoptimise(problem, None, Budget(iterations=60, seed=2, ortools=False))


def without(problem, unit):
    units = tuple(replace(u, shifts=()) if u.id == unit else u for u in problem.units)
    return replace(problem, units=units)


def test_without_an_event_nothing_has_to_change(day):
    problem, plan = day
    answer = reoptimise(problem, plan, Budget(iterations=100, others=0))
    assert changed(plan, answer) == set()


def test_a_new_request_changes_no_more_than_allowed(day):
    problem, plan = day
    asked = problem.with_requests((*problem.requests, ask("new", "quay", 12, latest_s=20_000)))
    for others in (1, 2):
        answer = reoptimise(asked, plan, Budget(iterations=600, others=others))
        assert any(stop.request == "new" for _, stop in answer.iterate_stops())
        assert 1 <= len(changed(plan, answer)) <= others
        assert violations(asked, answer) == ()


def test_nobody_is_forgotten_when_a_unit_breaks_down(day):
    """Its visits go to the one unit that may change, as far as it can: the other keeps what it has."""
    problem, plan = day
    answer = reoptimise(without(problem, "van1"), plan, Budget(iterations=600, others=1))
    assert len(changed(plan, answer) - {"van1"}) == 1
    told = {stop.request for _, stop in answer.iterate_stops()} | {one.request for one in answer.unserved}
    assert {request.id for request in problem.requests} <= told


def test_a_late_unit_is_what_it_is_about_and_may_change(day):
    problem, plan = day
    unit = max(visits(plan), key=lambda name: len(visits(plan)[name]))
    units = tuple(
        replace(u, state=replace(u.state, at_s=u.state.at_s + 5_400)) if u.id == unit else u
        for u in problem.units
    )
    late = replace(problem, units=units)
    answer = reoptimise(late, plan, Budget(iterations=300, others=0))
    assert changed(plan, answer) <= {unit}
    assert violations(late, answer) == ()


def test_the_same_seed_gives_the_same_answer(day):
    problem, plan = day
    down = without(problem, "van2")
    first, second = (reoptimise(down, plan, Budget(iterations=400, seed=5, others=2)) for _ in range(2))
    assert as_bytes(first) == as_bytes(second)


def test_fewer_than_none_is_refused():
    with pytest.raises(InvalidProblem, match="others"):
        Budget(others=-1)


@settings(max_examples=25, derandomize=True)
@given(problems(), problems(), st.integers(0, 2))
def test_whatever_plan_it_is_told_the_judge_agrees(problem, other, others):
    """The plan may be one of another day altogether."""
    plan = reoptimise(other, None, Budget(iterations=5, ortools=False))
    answer = reoptimise(problem, plan, Budget(iterations=60, others=others))
    assert violations(problem, answer) == ()

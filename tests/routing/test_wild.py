"""Whatever the state of the world, the engine answers, and the judge agrees."""

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.evaluation import cost, violations
from routing.quote import quote
from routing.reoptimise import Budget, rebase, reoptimise
from routing.roll import roll_forward
from tests.routing.small_city import MINUTE
from tests.routing.strategies import requests, wild_problems


@settings(max_examples=40)
@given(wild_problems())
def test_there_is_always_a_judged_plan_and_it_never_gets_dearer(problem):
    start = rebase(problem, None)
    assert violations(problem, start) == ()
    plan = reoptimise(problem, start, Budget(iterations=5, seed=1))
    assert violations(problem, plan) == ()
    assert plan.cost == cost(problem, plan)
    assert plan.cost.total_milli <= start.cost.total_milli
    assert rebase(problem, plan).cost.total_milli <= plan.cost.total_milli


@settings(max_examples=40)
@given(wild_problems(most_requests=3), requests("new"))
def test_there_is_always_an_answer(problem, new):
    result = quote(problem, rebase(problem, None), new)
    assert bool(result.offers) != bool(result.refusal)


@settings(max_examples=40)
@given(wild_problems(), wild_problems())
def test_a_plan_can_be_rebased_on_any_other_world(before, after):
    assert violations(after, rebase(after, rebase(before, None))) == ()


@settings(max_examples=40)
@given(wild_problems(), st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_time_may_go_by_in_any_steps(problem, steps):
    plan = rebase(problem, None)
    now_s = 0
    for step in steps:
        now_s += step * 5 * MINUTE
        problem, plan = roll_forward(problem, plan, now_s)
        assert violations(problem, plan) == ()

"""The judge and a witness that shares no code with it see the same things."""

from hypothesis import assume, given

from routing.evaluation import schedule, violations
from tests.routing.strategies import decided
from tests.routing.witness import Witness


@given(decided())
def test_judge_and_witness_agree(drawn):
    problem, decisions = drawn
    for unit in problem.units:  # poor states have rules of their own, tested apart
        assume(unit.state.energy_wh >= 7_000 or unit.traction == "separate")
    plan = schedule(problem, decisions)
    witness = Witness(problem, plan)
    seen = witness.look()
    assume(not witness.doubtful)
    assert {found.rule for found in violations(problem, plan)} == seen

"""All ways at once are the ways one by one."""

from hypothesis import given, settings

from routing.evaluation.facts import Facts
from routing.solver.legs import FAR_S, list_legs
from tests.routing.strategies import wild_problems


@settings(max_examples=20)
@given(wild_problems())
def test_the_arrays_say_what_the_facts_say(problem):
    facts = Facts(problem)
    for unit in problem.units:
        legs = list_legs(problem, unit)
        for row, origin in enumerate(problem.places):
            for column, target in enumerate(problem.places):
                leg = facts.leg(unit, origin.id, target.id)
                told = legs.seconds[row, column], legs.metres[row, column], legs.drawn_wh[row, column]
                if leg is None:
                    assert told[0] == FAR_S
                else:
                    assert told == tuple(leg)

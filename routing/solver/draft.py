"""What a solver that knows our problem by an encoding says: visits in order; and the raw plan that means."""

from dataclasses import dataclass

from routing.charging.session import pack_energy_in_s
from routing.evaluation import schedule
from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.evaluation.facts import STANDING, Facts, draw_wh
from routing.evaluation.start import first_start
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem
from routing.model.units import Seconds


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, plug or break in a draft.

    Attributes
    ----------
    start_s
        When the solver starts it.
    length_s
        Of a recharge: for how long.
    """

    kind: str
    subject: str
    start_s: Seconds = 0
    length_s: Seconds = 0


type Draft = dict[tuple[str, str], tuple[Visit, ...]]
"""The visits of each shift of each unit, by (unit, shift)."""


def plan_of(problem: Problem, draft: Draft) -> Plan:
    """Return the plan a draft means, whatever rules it breaks: a recharge gives what flows in its length."""
    facts = Facts(problem)
    routes = tuple(
        RouteDecisions(
            unit.id, shift.id, _list_steps(facts, unit.id, shift.id, draft.get((unit.id, shift.id), ()))
        )
        for unit in problem.units
        for shift in unit.shifts
    )
    served = {step.subject for route in routes for step in route.steps if step.kind == "serve"}
    missed = (Unserved(request=name, code="fleet_saturated") for name in facts.requests if name not in served)
    return schedule(problem, Decisions(routes, tuple(missed)), facts)


def _list_steps(facts: Facts, name: str, shift_id: str, visits: tuple[Visit, ...]) -> tuple[Step, ...]:
    unit = facts.units[name]
    shift = next(shift for shift in unit.shifts if shift.id == shift_id)
    start = first_start(facts, unit, shift)
    place, pack_wh = start.place, start.energy_wh
    steps: list[Step] = []
    for visit in visits:
        if visit.kind == "break":
            steps.append(Step("break", visit.subject))
            continue
        known = facts.requests if visit.kind == "serve" else facts.plugs
        target = known[visit.subject].place
        pack_wh -= (facts.leg(unit, place, target) or STANDING).drawn_wh
        place = target
        if visit.kind == "serve":
            pack_wh -= draw_wh(unit, facts.requests[visit.subject].energy_wh)
            steps.append(Step("serve", visit.subject))
            continue
        energy_wh = pack_energy_in_s(unit.pack, facts.plugs[visit.subject], max(0, pack_wh), visit.length_s)
        pack_wh += energy_wh
        steps.append(Step("recharge", visit.subject, energy_wh, visit.start_s))
    return tuple(steps)

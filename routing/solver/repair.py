"""What holds of a plan that does not: recharges fitted to what is needed, the rest left out stop by stop.

For plans of solvers that know energy, plugs or breaks only by an encoding. Route by route, in the order of
their first recharge: what holds stays as it is; else recharges begin when their plug is free and fill up to
what follows; where energy lacks, a recharge is put in before; what still breaks a rule is left out. Nothing
is moved to another unit, nothing is put in anew.
"""

from collections.abc import Iterable
from dataclasses import replace

from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions, RouteDecisions, Step, decisions_of
from routing.evaluation.facts import Facts
from routing.evaluation.fitness import list_misfits
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem, Unit
from routing.solver.mender import Mender, Use


def repair(problem: Problem, plan: Plan) -> Plan:
    """Return the part of a plan that the judge accepts; who is left out is listed as not served."""
    facts = Facts(problem)
    rows = {(route.unit, route.shift): route.steps for route in decisions_of(plan).routes}
    first = {route.unit: stop.start_s for route, stop in reversed([*plan.iterate_stops()]) if stop.plug}
    taken: dict[str, list[Use]] = {plug.id: list(plug.busy) for plug in problem.plugs}
    seen: set[str] = set()
    routes: list[RouteDecisions] = []
    for unit in sorted(problem.units, key=lambda u: (first.get(u.id, 0), u.id)):
        given = tuple(_list_sound(facts, unit, rows.get((unit.id, s.id), ()), seen) for s in unit.shifts)
        mender = Mender(facts, unit, taken)
        days = mender.mend(given)
        mender.take_turns(days)
        routes += [RouteDecisions(unit.id, s.id, row) for s, row in zip(unit.shifts, days, strict=True)]
    return _drop_rest(facts, routes)


def _drop_rest(facts: Facts, routes: list[RouteDecisions]) -> Plan:
    """Return the plan of routes; one that breaks a rule across units (of the grid, say) is emptied."""
    while True:
        served = {step.subject for route in routes for step in route.steps if step.kind == "serve"}
        missed = (
            Unserved(request=name, code="fleet_saturated") for name in facts.requests if name not in served
        )
        plan = schedule(facts.problem, Decisions(tuple(routes), tuple(missed)), facts)
        broken = next((v.unit for v in violations(facts.problem, plan, facts) if v.unit), None)
        full = [
            route for route in routes if route.unit == broken and any(s.kind != "break" for s in route.steps)
        ]
        if not full:
            return plan
        for route in full:
            breaks = tuple(step for step in route.steps if step.kind == "break")
            routes[routes.index(route)] = replace(route, steps=breaks)


def _list_sound(facts: Facts, unit: Unit, steps: Iterable[Step], seen: set[str]) -> tuple[Step, ...]:
    """List the steps that could be: known, fitting, not done by anybody before."""
    sound: list[Step] = []
    for step in steps:
        if step.kind == "serve":
            request = facts.requests.get(step.subject)
            if request is None or request.id in seen or list_misfits(facts, unit, request):
                continue
            seen.add(request.id)
        elif step.kind == "recharge":
            plug = facts.plugs.get(step.subject)
            if plug is None or not facts.may_use(unit, plug):
                continue
        sound.append(step)
    return tuple(sound)

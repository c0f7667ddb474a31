"""The plan of a large problem while its parts change: one row of routes a unit, and who is not served."""

from collections.abc import Iterable
from functools import cached_property
from threading import RLock

from routing.decomposition.part import Surroundings, Use, surroundings_of
from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions, decisions_of
from routing.evaluation.facts import Facts
from routing.model.errors import NoPlan
from routing.model.plan import Plan, Route, Stop, Unserved
from routing.model.problem import Problem, Request
from routing.search.build import empty_fleet, plan_from


class Running:
    """Routes by unit; parts are taken over whole or not at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.facts = problem, Facts(problem)
        self.routes: dict[str, list[Route]] = {}
        self.missed = {r.id: Unserved(request=r.id, code="fleet_saturated") for r in problem.requests}
        self.lock = RLock()

    @cached_property
    def _idle(self) -> dict[str, list[Route]]:
        """What units do that serve nobody: they take their breaks and go home."""
        idle: dict[str, list[Route]] = {}
        for route in plan_from(empty_fleet(self.problem), ()).routes:
            idle.setdefault(route.unit, []).append(route)
        return idle

    def keep(self, plan: Plan) -> tuple[set[str], set[str]]:
        """Take over a running plan; return the units it no longer holds for, and who was not known to it."""
        known = {missed.request for missed in plan.unserved}
        steps = decisions_of(_without_strangers(plan, self.facts))
        laid = schedule(self.problem, Decisions(steps.routes), self.facts)
        served = self._take(laid.routes)
        for missed in plan.unserved:
            if missed.request in self.missed:
                self.missed[missed.request] = missed
        asked = {r.id for r in self.problem.requests if r.id not in served and r.id not in known}
        broken = {v.unit for v in violations(self.problem, laid, self.facts) if v.unit is not None}
        return broken, asked

    def _take(self, routes: Iterable[Route]) -> set[str]:
        served: set[str] = set()
        for route in routes:
            self.routes.setdefault(route.unit, []).append(route)
            served |= {stop.request for stop in route.stops if stop.request is not None}
        for request in served:
            self.missed.pop(request, None)
        return served

    def give_up(self, units: Iterable[str]) -> None:
        """Let units do nothing but what they must; what they were to serve is open."""
        with self.lock:
            for request in self.served_by(units):
                self.missed[request.id] = Unserved(request=request.id, code="fleet_saturated")
            for unit in units:
                self.routes[unit] = list(self._idle[unit])

    def served_by(self, units: Iterable[str]) -> list[Request]:
        """List what some units serve."""
        with self.lock:
            routes = [route for unit in units for route in self.routes.get(unit, ())]
        stops = (stop for route in routes for stop in route.stops)
        return [self.facts.requests[stop.request] for stop in stops if stop.request is not None]

    def list_open(self) -> list[Request]:
        """List who is not served."""
        with self.lock:
            return [self.facts.requests[name] for name in self.missed]

    def surroundings(self) -> Surroundings:
        """Return the turns at plugs as they are now."""
        with self.lock:
            return surroundings_of(route for routes in self.routes.values() for route in routes)

    def take_over(self, part: Problem, plan: Plan) -> bool:
        """Put the plan of a part in the place of what its units did; False when a plug was taken meanwhile.

        Parts are planned side by side: of two that chose the same turn the second has to look again.
        """
        units = {unit.id for unit in part.units}
        with self.lock:
            around = self.surroundings()
            for plug, uses in surroundings_of(plan.routes).uses.items():
                others = around.taken(plug, units)
                if any(_overlap(mine, other) for own in uses.values() for mine in own for other in others):
                    return False
            for unit in units:
                self.routes[unit] = []
            self.missed.update({missed.request: missed for missed in plan.unserved})
            self._take(plan.routes)
            return True

    def plan(self) -> Plan:
        """Return the whole plan, judged as one.

        Raises
        ------
        NoPlan
            When the judge finds anything in it.
        """
        with self.lock:
            routes = tuple(route for rows in self.routes.values() for route in rows)
            missed = tuple(self.missed.values())
        kept = Plan(start_utc=self.problem.start_utc, routes=routes, unserved=missed)
        plan = schedule(self.problem, decisions_of(kept), self.facts)
        found = violations(self.problem, plan, self.facts)
        if found:
            raise NoPlan(f"the judge refuses: {found[0]}")
        return plan

    def find_plan(self) -> Plan | None:
        """Find that plan; None when the judge refuses it."""
        try:
            return self.plan()
        except NoPlan:
            return None


def _overlap(a: Use, b: Use) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _without_strangers(plan: Plan, facts: Facts) -> Plan:
    """Return a plan without what the problem does not know any more."""
    shifts = {(unit.id, shift.id): shift for unit in facts.problem.units for shift in unit.shifts}
    seen: set[str] = set()
    routes = []
    for route in plan.routes:
        shift = shifts.get((route.unit, route.shift))
        if shift is not None:
            pauses = {pause.id for pause in shift.breaks}
            stops = tuple(stop for stop in route.stops if _is_known(stop, facts, pauses, seen))
            routes.append(Route(unit=route.unit, shift=route.shift, stops=stops))
    return Plan(start_utc=plan.start_utc, routes=tuple(routes), unserved=plan.unserved)


def _is_known(stop: Stop, facts: Facts, pauses: set[str], seen: set[str]) -> bool:
    if stop.kind == "recharge":
        return stop.plug in facts.plugs
    if stop.kind == "break":
        return stop.break_id in pauses
    if stop.request is None:
        return True
    is_new = stop.request in facts.requests and stop.request not in seen
    seen.add(stop.request)
    return is_new

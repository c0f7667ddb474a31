"""From decisions to times and energies: the one reading of what a plan means.

A unit leaves just in time: when it is early it waits where it stands. Nothing is refused here; what does
not hold is found by `violations`.
"""

from collections.abc import Mapping
from dataclasses import replace

from routing.charging.session import pack_charge_time_s
from routing.evaluation.cost import cost
from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.evaluation.facts import STAYING, Facts, draw_wh
from routing.evaluation.hours import earliest_start_s
from routing.evaluation.start import Start, first_start, next_start
from routing.model.errors import InvalidProblem
from routing.model.plan import Plan, Route, Stop
from routing.model.problem import Break, Plug, Problem, Request, Shift, Unit
from routing.model.units import Seconds, WattHours


def schedule(problem: Problem, decisions: Decisions, facts: Facts | None = None) -> Plan:
    """Return the plan that follows from decisions, with its cost.

    Every shift of every unit gets a route, in order; where nothing is decided it holds only the way home.

    Raises
    ------
    InvalidProblem
        When a decision names something that is not in the problem.
    """
    facts = facts or Facts(problem)
    wanted = {(route.unit, route.shift): route.steps for route in decisions.routes}
    routes: list[Route] = []
    for unit in problem.units:
        days = tuple(RouteDecisions(unit.id, s.id, wanted.pop((unit.id, s.id), ())) for s in unit.shifts)
        routes.extend(schedule_unit(facts, unit, days))
    for unknown in wanted:
        raise InvalidProblem("routes", f"there is no shift {unknown[1]!r} of a unit {unknown[0]!r}")
    plan = Plan(start_utc=problem.start_utc, routes=tuple(routes), unserved=decisions.unserved)
    return replace(plan, cost=cost(problem, plan, facts))


def schedule_unit(facts: Facts, unit: Unit, days: tuple[RouteDecisions, ...]) -> list[Route]:
    """Return the routes of one unit, one a shift in order."""
    routes: list[Route] = []
    for shift, day in zip(unit.shifts, days, strict=True):
        if routes:
            last = routes[-1].stops[-1]
            start = next_start(facts, unit, shift, (last.place, last.end_s, last.pack_after_wh))
        else:
            start = first_start(facts, unit, shift)
        routes.append(_Walk(facts, unit, shift, start).follow(day.steps))
    return routes


class _Walk:
    """One unit going through one shift."""

    def __init__(self, facts: Facts, unit: Unit, shift: Shift, start: Start) -> None:
        self.facts, self.unit, self.shift, self.start = facts, unit, shift, start
        self.place, self.free_s, self.pack_wh = start.place, start.at_s, start.energy_wh
        self.stops: list[Stop] = []

    def follow(self, steps: tuple[Step, ...]) -> Route:
        for step in steps:
            self._take(step)
        self._go_home()
        return Route(unit=self.unit.id, shift=self.shift.id, stops=tuple(self.stops))

    def _take(self, step: Step) -> None:
        place = self._place_of(step)
        way = self.facts.way(self.unit, self.place, place) or STAYING
        start_s = self._start_s(step, way.arrival_s(self.free_s))
        depart_s = way.departure_s(self.free_s, start_s)
        leg = way.leg_at(depart_s)
        before_wh = self.pack_wh - leg.drawn_wh
        length_s, change_wh = self._work(step, before_wh)
        energy_wh = step.energy_wh if step.kind == "recharge" else 0
        request = self.facts.requests[step.subject] if step.kind == "serve" else None
        stop = Stop(
            kind=step.kind,
            place=place,
            request=step.subject if step.kind == "serve" else None,
            plug=step.subject if step.kind == "recharge" else None,
            break_id=step.subject if step.kind == "break" else None,
            depart_s=depart_s,
            arrive_s=depart_s + leg.seconds,
            start_s=start_s,
            end_s=start_s + length_s,
            energy_wh=request.energy_wh if request else energy_wh,
            pack_before_wh=before_wh,
            pack_after_wh=before_wh + change_wh,
        )
        self._stand_after(stop)

    def _stand_after(self, stop: Stop) -> None:
        self.stops.append(stop)
        self.place, self.free_s, self.pack_wh = stop.place, stop.end_s, stop.pack_after_wh

    def _place_of(self, step: Step) -> str:
        if step.kind == "break":
            return self.place
        known: Mapping[str, Request | Plug] = (
            self.facts.requests if step.kind == "serve" else self.facts.plugs
        )
        if step.subject not in known:
            raise InvalidProblem("routes", f"unknown {step.kind} of {step.subject!r}")
        return known[step.subject].place

    def _start_s(self, step: Step, ready_s: Seconds) -> Seconds:
        """Return when a step begins for a unit that could be there by then."""
        if step.kind == "serve":
            request = self.facts.requests[step.subject]
            return earliest_start_s(request, ready_s, self.facts.service_s(self.unit, request))
        if step.kind == "recharge":
            return max(ready_s, step.not_before_s)
        return max(ready_s, self._pause(step).earliest_s)

    def _work(self, step: Step, before_wh: WattHours) -> tuple[Seconds, WattHours]:
        """Return how long a step takes and what it does to the pack."""
        if step.kind == "serve":
            request = self.facts.requests[step.subject]
            return self.facts.service_s(self.unit, request), -draw_wh(self.unit, request.energy_wh)
        if step.kind == "recharge":
            plug, after_wh = self.facts.plugs[step.subject], before_wh + step.energy_wh
            return pack_charge_time_s(self.unit.pack, plug, before_wh, after_wh), step.energy_wh
        return self._pause(step).duration_s, 0

    def _pause(self, step: Step) -> Break:
        pause = next((b for b in self.shift.breaks if b.id == step.subject), None)
        if pause is None:
            raise InvalidProblem("routes", f"unknown break {step.subject!r}")
        return pause

    def _go_home(self) -> None:
        home = self.start.home
        way = self.facts.way(self.unit, self.place, home) or STAYING
        arrive_s = way.arrival_s(self.free_s)
        depart_s = way.departure_s(self.free_s, arrive_s)
        left_wh = self.pack_wh - way.leg_at(depart_s).drawn_wh
        hold = Stop(
            kind="hold",
            place=home,
            depart_s=depart_s,
            arrive_s=arrive_s,
            start_s=arrive_s,
            end_s=max(arrive_s, self.shift.end_s),
            pack_before_wh=left_wh,
            pack_after_wh=left_wh,
        )
        self._stand_after(hold)

"""Time goes by as planned: what has begun becomes where the units start from."""

from dataclasses import dataclass, replace

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.evaluation.start import rest_gain_wh
from routing.model.plan import Plan, Route, Stop
from routing.model.problem import Plug, Problem, Shift, Unit, UnitState
from routing.model.units import Seconds, WattHours
from routing.search.build import fleet_from, plan_from
from routing.search.unserved import list_unserved


def roll_forward(problem: Problem, plan: Plan, now_s: Seconds) -> tuple[Problem, Plan]:
    """Return problem and plan as they are at a later time when everything goes as planned.

    Visits and breaks begun by then are gone; their units start where and when they end. A recharge under
    way stays in the plan and may be cut short: its unit starts now, plugged in, with what is in the pack.
    """
    if now_s <= problem.now_s:
        return problem, plan
    begun: set[str] = set()
    units: list[Unit] = []
    routes: list[Route] = []
    for unit in problem.units:
        rolled = _Roll(problem, unit, now_s)
        mine = {route.shift: route for route in plan.routes if route.unit == unit.id}
        for shift in unit.shifts:
            rolled.pass_shift(shift, mine.get(shift.id))
        units.append(rolled.unit())
        routes.extend(rolled.routes)
        begun |= rolled.begun
    requests = (request for request in problem.requests if request.id not in begun)
    later = replace(problem, now_s=now_s, units=tuple(units), requests=tuple(requests))
    fleet = fleet_from(later, replace(plan, routes=tuple(routes)))
    return later, plan_from(fleet, list_unserved(fleet, plan.unserved))


@dataclass(slots=True)
class _Standing:
    """Where a unit is free, when, with how much, and at which plug it hangs."""

    place: str
    at_s: Seconds
    energy_wh: WattHours
    plug: str | None


class _Roll:
    """One unit, rolled forward shift by shift."""

    def __init__(self, problem: Problem, unit: Unit, now_s: Seconds) -> None:
        self._unit, self.now_s = unit, now_s
        self._plugs: dict[str, Plug] = {plug.id: plug for plug in problem.plugs}
        state = unit.state
        at_s = max(state.at_s, problem.now_s)
        self.standing = _Standing(state.place, at_s, state.energy_wh, state.plug)
        self.shifts: list[Shift] = []
        self.routes: list[Route] = []
        self.begun: set[str] = set()

    def pass_shift(self, shift: Shift, route: Route | None) -> None:
        """Go through the stops of one shift that have begun; keep the others."""
        self._rest_until(min(self.now_s, shift.start_s))
        stops = list(route.stops) if route else []
        pauses: set[str] = set()
        while stops and stops[0].depart_s < self.now_s:
            if self._pass_stop(stops[0], pauses):
                break
            stops.pop(0)
        if shift.end_s <= self.now_s and not any(stop.kind != "hold" for stop in stops):
            self._rest_until(self.now_s)
            return
        breaks = tuple(pause for pause in shift.breaks if pause.id not in pauses)
        self.shifts.append(replace(shift, breaks=breaks))
        self.routes.append(Route(unit=self._unit.id, shift=shift.id, stops=tuple(stops)))

    def _pass_stop(self, stop: Stop, pauses: set[str]) -> bool:
        """Stand where a stop leaves the unit; say whether the stop goes on and stays in the plan."""
        if stop.kind == "recharge" and stop.end_s > self.now_s:
            self._stand_at_plug(stop)
            return True
        plug = stop.plug if stop.kind == "recharge" else None
        going_home = stop.kind == "hold" and stop.end_s > self.now_s
        ends_s = stop.arrive_s if going_home else stop.end_s
        self.standing = _Standing(stop.place, ends_s, stop.pack_after_wh, plug)
        if stop.request is not None:
            self.begun.add(stop.request)
        if stop.break_id is not None:
            pauses.add(stop.break_id)
        return False

    def _stand_at_plug(self, stop: Stop) -> None:
        plug = self._plugs[stop.plug or ""]
        seconds = self.now_s - stop.start_s
        gained_wh = pack_energy_in_s(self._unit.pack, plug, stop.pack_before_wh, seconds)
        energy_wh = min(stop.pack_after_wh, stop.pack_before_wh + gained_wh)
        left_s = stop.end_s - max(self.now_s, stop.start_s)
        while pack_charge_time_s(self._unit.pack, plug, energy_wh, stop.pack_after_wh) > left_s:
            energy_wh += 1  # rounding the gain down must not make the rest last longer than planned
        self.standing = _Standing(stop.place, max(self.now_s, stop.arrive_s), energy_wh, plug.id)

    def _rest_until(self, until_s: Seconds) -> None:
        """Let the pack gain while nobody works on the unit."""
        standing = self.standing
        gained_wh = rest_gain_wh(self._unit, until_s - standing.at_s)
        if gained_wh > 0:
            standing.energy_wh = min(self._unit.pack.usable_wh, standing.energy_wh + gained_wh)
            standing.at_s = until_s

    def unit(self) -> Unit:
        """Return the unit as it is then."""
        standing = self.standing
        state = UnitState(
            place=standing.place, at_s=standing.at_s, energy_wh=max(0, standing.energy_wh), plug=standing.plug
        )
        return replace(self._unit, state=state, shifts=tuple(self.shifts))

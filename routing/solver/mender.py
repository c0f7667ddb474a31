"""Mends the days of one unit: recharges fitted to what follows, stops left out until no rule is broken."""

from dataclasses import dataclass

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.evaluation.decisions import RouteDecisions, Step
from routing.evaluation.facts import STANDING, Facts, draw_wh
from routing.evaluation.route_rules import RouteJudge
from routing.evaluation.schedule import schedule_unit
from routing.evaluation.start import Start, first_start, next_start
from routing.model.plan import Route
from routing.model.problem import Plug, Unit
from routing.model.rules import Violation
from routing.model.units import Seconds, WattHours

type Days = tuple[tuple[Step, ...], ...]
type Use = tuple[Seconds, Seconds]

NEAREST_PLUGS = 3
FOREVER: Seconds = 1 << 40


@dataclass(frozen=True, slots=True)
class _Fault:
    """The first stop that breaks a rule, and whether it lacks energy; index -1: the route as a whole."""

    day: int
    index: int
    lacks_energy: bool

    @property
    def spot(self) -> tuple[int, int]:
        return self.day, self.index


class Mender:
    """Mends the days of one unit beside what the others have taken."""

    def __init__(self, facts: Facts, unit: Unit, taken: dict[str, list[Use]]) -> None:
        self.facts, self.unit, self.taken = facts, unit, taken

    def mend(self, days: Days) -> Days:
        days = self._with_breaks(days)
        if self._find_fault(days) is None:
            return days
        while True:
            fitted = self._fit(days)
            fault = self._find_fault(fitted)
            if fault is None:
                return fitted
            mended = self._try_recharges(fitted, fault) if fault.lacks_energy else None
            if mended is None:
                mended = _without(fitted, fault)
            if mended is None:
                return self._with_breaks(tuple(() for _ in days))
            days = mended

    def take_turns(self, days: Days) -> None:
        """Enter the recharges into the calendar of the plugs."""
        for route in self._schedule(days):
            for stop in route.stops:
                if stop.plug is not None:
                    self.taken[stop.plug].append((stop.start_s, stop.end_s))

    def _schedule(self, days: Days) -> list[Route]:
        rows = zip(self.unit.shifts, days, strict=True)
        return schedule_unit(
            self.facts, self.unit, tuple(RouteDecisions(self.unit.id, s.id, r) for s, r in rows)
        )

    def _with_breaks(self, days: Days) -> Days:
        """Return the days with every break that is due once, where it was or where it fits by time."""
        starts = self._list_starts(days)
        told: list[tuple[Step, ...]] = []
        for row, start in zip(days, starts, strict=True):
            due = {pause.id: pause for pause in start.breaks}
            steps = [
                s for k, s in enumerate(row) if s.kind != "break" or (s.subject in due and s not in row[:k])
            ]
            for pause in due.values():
                if not any(step.kind == "break" and step.subject == pause.id for step in steps):
                    steps.insert(
                        self._find_place(len(told), steps, pause.earliest_s), Step("break", pause.id)
                    )
            told.append(tuple(steps))
        return tuple(told)

    def _find_place(self, day: int, steps: list[Step], earliest_s: Seconds) -> int:
        """Return after how many steps a break may begin."""
        days = tuple(tuple(steps) if k == day else () for k in range(len(self.unit.shifts)))
        ends = [stop.end_s for stop in self._schedule(days)[day].stops[:-1]]
        return next((k + 1 for k, end_s in enumerate(ends) if end_s >= earliest_s), len(steps))

    def _list_starts(self, days: Days) -> list[Start]:
        return list_starts(self.facts, self.unit, self._schedule(tuple(() for _ in days)))

    def _fit(self, days: Days) -> Days:
        """Return the days with recharges as soon and as long as they are needed."""
        done: list[tuple[Step, ...]] = []
        for row in days:
            steps: list[Step] = []
            for index, step in enumerate(row):
                if step.kind == "recharge":
                    done_so_far = (*done, tuple(steps), *(() for _ in days[len(done) + 1 :]))
                    fitted = self._fit_recharge(done_so_far, len(done), step, row[index + 1 :])
                    if fitted is not None:
                        steps.append(fitted)
                else:
                    steps.append(step)
            done.append(tuple(steps))
        return tuple(done)

    def _fit_recharge(self, done: Days, day: int, step: Step, after: tuple[Step, ...]) -> Step | None:
        """Return a recharge that begins when the plug is free; None when there is no use for it."""
        plug, pack = self.facts.plugs[step.subject], self.unit.pack
        rows = (*done[:day], (*done[day], Step("recharge", plug.id)), *done[day + 1 :])
        stop = self._schedule(rows)[day].stops[-2]
        need_wh = min(pack.usable_wh, self._need_wh(day, plug.place, after)) - stop.pack_before_wh
        room_wh = pack.usable_wh - stop.pack_before_wh
        last = not any(later.kind == "serve" for later in after)
        wanted_wh = max(need_wh, min(room_wh, pack.target_wh - stop.pack_before_wh) if last else 0)
        if room_wh <= 0 or wanted_wh <= 0:
            return None
        needed_s = pack_charge_time_s(pack, plug, stop.pack_before_wh, stop.pack_before_wh + wanted_wh)
        begin_s, end_s = self._find_gap(plug.id, stop.start_s, min(needed_s, 600) if last else needed_s)
        if last:
            way = self.facts.leg(self.unit, plug.place, self._home(day)) or STANDING
            pauses = sum(p.duration_s for p in self.unit.shifts[day].breaks if Step("break", p.id) in after)
            spare_s = min(end_s, self.unit.shifts[day].end_s - way.seconds - pauses) - begin_s
            possible_wh = pack_energy_in_s(pack, plug, stop.pack_before_wh, max(0, spare_s))
            wanted_wh = max(need_wh, min(wanted_wh, possible_wh))
        return Step("recharge", plug.id, wanted_wh, begin_s) if wanted_wh > 0 else None

    def _home(self, day: int) -> str:
        shift = self.unit.shifts[day]
        return shift.end_place or shift.start_place or self.unit.state.place

    def _need_wh(self, day: int, place: str, after: tuple[Step, ...]) -> WattHours:
        """Return what the pack must hold to do what follows until the next recharge."""
        reserve_wh = self.unit.pack.reserve_wh
        used_wh, need_wh = 0, reserve_wh
        for step in after:
            if step.kind == "break":
                continue
            known = self.facts.requests if step.kind == "serve" else self.facts.plugs
            target = known[step.subject].place
            used_wh += (self.facts.leg(self.unit, place, target) or STANDING).drawn_wh
            place = target
            if step.kind == "recharge":
                return max(need_wh, reserve_wh + used_wh)
            used_wh += draw_wh(self.unit, self.facts.requests[step.subject].energy_wh)
            refuge_wh = self.facts.refuge_wh(self.unit, self.unit.shifts[day], place) or 0
            need_wh = max(need_wh, reserve_wh + used_wh + refuge_wh)
        home = (self.facts.leg(self.unit, place, self._home(day)) or STANDING).drawn_wh
        return max(need_wh, reserve_wh + used_wh + home)

    def _find_gap(self, plug: str, ready_s: Seconds, length_s: Seconds) -> Use:
        start_s = ready_s
        for from_s, to_s in sorted(self.taken[plug]):
            if start_s + length_s <= from_s:
                return start_s, from_s
            start_s = max(start_s, to_s)
        return start_s, FOREVER

    def _find_fault(self, days: Days) -> _Fault | None:
        routes = self._schedule(days)
        starts = list_starts(self.facts, self.unit, routes)
        for day, (route, start) in enumerate(zip(routes, starts, strict=True)):
            shift = self.unit.shifts[day]
            found = [*RouteJudge(self.facts, self.unit, shift, start).judge(route)]
            if found:
                return _first_fault(day, found, len(route.stops))
            for index, stop in enumerate(route.stops):
                taken = self.taken.get(stop.plug or "", ())
                if any(a < stop.end_s and stop.start_s < b for a, b in taken):
                    return _Fault(day, index, lacks_energy=False)
        return None

    def _try_recharges(self, days: Days, fault: _Fault) -> Days | None:
        """Put a recharge in before what lacks energy, where that mends it."""
        best: tuple[tuple[int, int], Days] | None = None
        for index in range(fault.index, -1, -1):
            for plug in self._nearest_plugs(days, fault.day, index):
                row = days[fault.day]
                longer = (*row[:index], Step("recharge", plug.id), *row[index:])
                trial = (*days[: fault.day], longer, *days[fault.day + 1 :])
                found = self._find_fault(self._fit(trial))
                if found is None:
                    return trial
                if found.spot > (fault.day, fault.index + 1) and (best is None or found.spot > best[0]):
                    best = found.spot, trial
        return best[1] if best else None

    def _nearest_plugs(self, days: Days, day: int, index: int) -> list[Plug]:
        stops = self._schedule(days)[day].stops
        place = stops[index - 1].place if index else self.unit.state.place
        onward = stops[min(index, len(stops) - 1)].place
        detours: list[tuple[Seconds, int, str]] = []
        for plug in self.facts.list_plugs(self.unit):
            there = self.facts.leg(self.unit, place, plug.place)
            back = self.facts.leg(self.unit, plug.place, onward)
            if there is not None and back is not None:
                detours.append((there.seconds + back.seconds, -plug.power_w, plug.id))
        return [self.facts.plugs[name] for *_, name in sorted(detours)[:NEAREST_PLUGS]]


def _first_fault(day: int, found: list[Violation], count: int) -> _Fault:
    index = min((v.stop for v in found if v.stop is not None), default=count - 1)
    rules = {v.rule for v in found if v.stop == index}
    return _Fault(day, index, lacks_energy=bool(rules & {"energy", "way_to_plug"}))


def _without(days: Days, fault: _Fault) -> Days | None:
    """Return the days without the visit at a fault, or the last before it, or the next; then a recharge."""
    row = days[fault.day]
    order = [*range(min(fault.index, len(row) - 1), -1, -1), *range(fault.index + 1, len(row))]
    for kind in ("serve", "recharge"):
        for index in order:
            if row[index].kind == kind:
                shorter = (*row[:index], *row[index + 1 :])
                return (*days[: fault.day], shorter, *days[fault.day + 1 :])
    return None


def list_starts(facts: Facts, unit: Unit, routes: list[Route]) -> list[Start]:
    """List where each route of a unit begins, the routes before it being what they are."""
    starts: list[Start] = []
    for shift, before in zip(unit.shifts, [None, *routes], strict=False):
        if before is None:
            starts.append(first_start(facts, unit, shift))
        else:
            last = before.stops[-1]
            starts.append(next_start(facts, unit, shift, (last.place, last.end_s, last.pack_after_wh)))
    return starts

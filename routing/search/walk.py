"""From the days of a unit to times, energies and cost, or to the first rule that breaks.

The search's own reading of a route; the judge (`routing.evaluation`) checks the outcome apart from it.
"""

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.evaluation.cost import (
    distance_milli,
    low_pack_milli,
    overtime_milli,
    promise_milli,
    time_milli,
    waiting_milli,
)
from routing.evaluation.facts import STANDING, Leg
from routing.evaluation.hours import access_excess_s, earliest_start_s
from routing.evaluation.start import rest_gain_wh
from routing.model.problem import Plug
from routing.model.rules import Rule
from routing.model.units import Milli, Seconds, WattHours
from routing.search.calendar import Calendar, Use
from routing.search.ground import Ground
from routing.search.needs import Need, list_needs
from routing.search.tour import Days, Failure, Job, Node, Refill, Tour


def walk(ground: Ground, days: Days, calendar: Calendar) -> Tour | Failure:
    """Walk the days of a unit; recharges that turn out to be of no use are left out."""
    while True:
        outcome = _Walk(ground, calendar).go(days)
        if isinstance(outcome, Tour) or not outcome.useless:
            return outcome
        row = days[outcome.day]
        shorter = row[: outcome.index] + row[outcome.index + 1 :]
        days = (*days[: outcome.day], shorter, *days[outcome.day + 1 :])


class _Walk:
    """One walk of one unit through all its days."""

    def __init__(self, ground: Ground, calendar: Calendar) -> None:
        self.ground, self.calendar, self.unit = ground, calendar, ground.unit
        self.weights = ground.facts.problem.weights
        self.free_s: Seconds = 0
        self.driven: Leg = STANDING
        self.pack_wh: WattHours = 0
        self.refills: list[Refill] = []
        self.uses: list[Use] = []
        self.starts: dict[str, Seconds] = {}
        self.frees: list[tuple[Seconds, ...]] = []
        self.packs_wh: list[tuple[WattHours, ...]] = []
        self.milli: Milli = 0
        self.promise_milli: Milli = 0
        self.ends_wh: list[WattHours] = []

    def go(self, days: Days) -> Tour | Failure:
        listed: list[list[Node]] = []
        for day, row in enumerate(days):
            nodes = self.ground.list_nodes(day, row)
            if isinstance(nodes, Failure):
                return nodes
            listed.append(nodes)
        for day, (nodes, needs) in enumerate(zip(listed, list_needs(self.ground, listed), strict=True)):
            failure = self._walk_day(day, nodes, needs)
            if failure is not None:
                return failure
        return Tour(
            unit=self.unit.id,
            days=days,
            refills=tuple(self.refills),
            uses=tuple(self.uses),
            frees=tuple(self.frees),
            packs_wh=tuple(self.packs_wh),
            milli=self.milli,
            promise_milli=self.promise_milli,
            ends_wh=tuple(self.ends_wh),
            starts=self.starts,
        )

    def _walk_day(self, day: int, nodes: list[Node], needs: list[Need]) -> Failure | None:
        self._begin(day)
        frees: list[Seconds] = []
        packs_wh: list[WattHours] = []
        busy_s = metres = 0
        for index, (node, need) in enumerate(zip(nodes, needs, strict=True)):
            frees.append(self.free_s)
            packs_wh.append(self.pack_wh)
            failure = self._do(day, index, nodes, need)
            if failure is not None:
                return failure
            busy_s += self.driven.seconds + (node.job.length_s if node.job else 0)
            metres += node.leg.metres
        self._pay(busy_s, metres, used=any(node.job or node.plug for node in nodes))
        self.frees.append(tuple(frees))
        self.packs_wh.append(tuple(packs_wh))
        return None

    def _begin(self, day: int) -> None:
        start, shift = self.ground.starts[day], self.unit.shifts[day]
        if day == 0:
            self.free_s, self.pack_wh = start.at_s, start.energy_wh
            return
        gained_wh = self.pack_wh + rest_gain_wh(self.unit, shift.start_s - self.free_s)
        self.pack_wh = min(self.unit.pack.usable_wh, gained_wh)
        self.free_s = max(self.free_s, shift.start_s)

    def _pay(self, busy_s: Seconds, metres: int, *, used: bool) -> None:
        unit = self.unit
        self.milli += distance_milli(unit, metres) + time_milli(unit, busy_s)
        self.milli += unit.cost_per_use_milli if used else 0
        self.milli += low_pack_milli(self.weights, unit, self.pack_wh)
        self.ends_wh.append(self.pack_wh)

    def _do(self, day: int, index: int, nodes: list[Node], need: Need) -> Failure | None:
        """Go through one node."""
        node = nodes[index]
        ready_s = node.way.arrival_s(self.free_s)
        if node.job:
            return self._serve(node, ready_s, need, (day, index))
        if node.plug:
            return self._recharge(nodes[index : index + 2], need, day, index)
        if node.pause:
            start_s = max(ready_s, node.pause.earliest_s)
            failure = self._drive(node, start_s, need, (day, index))
            self.free_s = start_s + node.pause.duration_s
            return failure or _late("break", start_s - node.pause.latest_s, day, index)
        failure = self._drive(node, ready_s, need, (day, index))
        shift = self.unit.shifts[day]
        self.milli += overtime_milli(self.unit, shift, ready_s)
        self.free_s = max(ready_s, shift.end_s)
        return failure or _late("shift", ready_s - self.ground.starts[day].home_by_s, day, index)

    def _drive(self, node: Node, by_s: Seconds, need: Need, at: tuple[int, int]) -> Failure | None:
        """Leave just in time to be there by then."""
        self.driven = node.way.leg_at(node.way.departure_s(self.free_s, by_s))
        self.pack_wh -= self.driven.drawn_wh
        if self.pack_wh < need[0]:
            return Failure("energy", need[0] - self.pack_wh, "wh", *at)
        return None

    def _serve(self, node: Node, ready_s: Seconds, need: Need, at: tuple[int, int]) -> Failure | None:
        job = node.job
        assert job is not None
        request = job.request
        start_s = max(ready_s, job.earliest_s)
        if request.access is not None:
            start_s = earliest_start_s(request, ready_s, job.length_s)
        failure = self._drive(node, start_s, need, at) or _late_for(job, start_s, at)
        if failure is not None:
            return failure
        self.free_s = start_s + job.length_s
        self.pack_wh -= job.draw_wh
        self.starts[request.id] = start_s
        late_milli = promise_milli(self.weights, request, start_s)
        self.promise_milli += late_milli
        self.milli += waiting_milli(request, start_s) + late_milli + job.change_milli
        return None

    def _recharge(self, ahead: list[Node], need: Need, day: int, index: int) -> Failure | None:
        """Fill up to what is needed; and to the brim while the unit would wait anyway."""
        (node, following), need_wh = ahead, need[1]
        plug, pack = node.plug, self.unit.pack
        assert plug is not None
        start_s, gap_end_s = self._plug_in(node, plug, need_wh)
        failure = self._drive(node, start_s, need, (day, index))
        if failure is not None:
            return failure
        if need_wh > pack.usable_wh:
            return Failure("energy", need_wh - pack.usable_wh, "wh", day, index)
        before_wh = self.pack_wh
        needed_s = pack_charge_time_s(pack, plug, before_wh, need_wh)
        spare_s = min(self._idle_until(following, day), gap_end_s) - start_s
        energy_wh = max(0, need_wh - before_wh)
        wanted_wh = self._brim_wh(following) - before_wh
        if spare_s > needed_s and wanted_wh > energy_wh:
            energy_wh = max(energy_wh, min(wanted_wh, pack_energy_in_s(pack, plug, before_wh, spare_s)))
        if energy_wh == 0:
            return Failure("recharge_power", 0, "s", day, index, useless=True)
        self.pack_wh = before_wh + energy_wh
        self.free_s = start_s + pack_charge_time_s(pack, plug, before_wh, self.pack_wh)
        self.refills.append(Refill(start_s, energy_wh))
        self.uses.append((plug.id, start_s, self.free_s))
        return None

    def _brim_wh(self, following: Node) -> WattHours:
        """What is taken while waiting spares a charge later; at the end of a day the target will do."""
        stays_out = following.job or following.pause or following.plug
        return self.unit.pack.usable_wh if stays_out else self.unit.pack.target_wh

    def _plug_in(self, node: Node, plug: Plug, need_wh: WattHours) -> tuple[Seconds, Seconds]:
        """Return the first start with room for what is needed, and the end of that gap.

        Starting later may mean leaving later, in another slice, and arriving with another content.
        """
        pack = self.unit.pack
        start_s = max(node.way.arrival_s(self.free_s), node.not_before_s)
        while True:
            leg = node.way.leg_at(node.way.departure_s(self.free_s, start_s))
            before_wh = self.pack_wh - leg.drawn_wh
            needed_s = pack_charge_time_s(pack, plug, before_wh, need_wh)
            found_s, gap_end_s = self.calendar.find_gap(plug.id, start_s, needed_s)
            if found_s == start_s:
                return start_s, gap_end_s
            start_s = found_s

    def _idle_until(self, following: Node, day: int) -> Seconds:
        """Return until when the unit would wait for what follows, however early it were ready."""
        if following.job:
            return following.way.departure_s(self.free_s, following.job.earliest_s)
        if following.pause:
            return following.pause.earliest_s
        if following.plug:
            return 0
        by_s = self.ground.starts[day].home_by_s - self.unit.shifts[day].overtime_s
        return following.way.departure_s(self.free_s, by_s)


def _late(rule: Rule, by_s: Seconds, day: int, index: int) -> Failure | None:
    return Failure(rule, by_s, "s", day, index) if by_s > 0 else None


def _late_for(job: Job, start_s: Seconds, at: tuple[int, int]) -> Failure | None:
    """Say by how much a start is outside the opening hours or too late."""
    if job.request.access is not None:
        excess_s = access_excess_s(job.request, start_s, start_s + job.length_s)
        if excess_s > 0:
            return Failure("access", excess_s, "s", *at)
    if start_s > job.latest_s:
        return _late(_rule_of_lateness(job, start_s), start_s - job.latest_s, *at)
    return None


def _rule_of_lateness(job: Job, start_s: Seconds) -> Rule:
    if job.request.start_s is not None:
        return "lock"
    return "window" if start_s > job.request.latest_s else "finish_by"

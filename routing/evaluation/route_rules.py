"""The rules of one route, judged stop by stop."""

from collections import Counter
from collections.abc import Iterator

from routing.charging.session import pack_charge_time_s
from routing.evaluation.facts import Facts, draw_wh
from routing.evaluation.fitness import list_misfits
from routing.evaluation.hours import access_excess_s, start_bounds
from routing.evaluation.start import Start
from routing.model.plan import Route, Stop
from routing.model.problem import Request, Shift, Unit
from routing.model.rules import Measure, Rule, Violation
from routing.model.units import Seconds, WattHours

type Breach = tuple[Rule, int, Measure, str | None]
"""A rule, by how much, in what, about what."""


class RouteJudge:
    """Walks one route as it is stated and compares it with what must hold."""

    def __init__(self, facts: Facts, unit: Unit, shift: Shift, start: Start) -> None:
        self.facts, self.unit, self.shift, self.start = facts, unit, shift, start
        self.place, self.free_s, self.pack_wh = start.place, start.at_s, start.energy_wh
        self.floor_wh = start.floor_wh

    def judge(self, route: Route) -> Iterator[Violation]:
        """Find every violation on the route."""
        for index, stop in enumerate(route.stops):
            for rule, amount, measure, subject in self._judge_stop(stop):
                yield Violation(rule, amount, measure, self.unit.id, self.shift.id, index, subject)
            self.place, self.free_s, self.pack_wh = stop.place, stop.end_s, stop.pack_after_wh
            if stop.kind == "recharge" and stop.pack_after_wh >= self.unit.pack.reserve_wh:
                self.floor_wh = self.unit.pack.reserve_wh
        for rule, amount, measure, subject in self._judge_whole(route):
            yield Violation(rule, amount, measure, self.unit.id, self.shift.id, None, subject)

    def _judge_stop(self, stop: Stop) -> Iterator[Breach]:
        yield from self._judge_way(stop)
        yield from self._judge_pack(stop)
        if stop.kind == "serve":
            request = self.facts.requests.get(stop.request or "")
            yield from self._judge_serve(stop, request) if request else _names_nothing()
        elif stop.kind == "recharge":
            yield from self._judge_recharge(stop)
        elif stop.kind == "break":
            yield from self._judge_break(stop)
        else:
            yield from self._judge_hold(stop)

    def _judge_way(self, stop: Stop) -> Iterator[Breach]:
        """Leaving after the stop before, arriving after the drive, starting after arriving."""
        way = self.facts.way(self.unit, self.place, stop.place)
        yield from _short("timing", stop.depart_s - self.free_s, "s", None)
        yield from _short("timing", stop.start_s - stop.arrive_s, "s", None)
        if way is None:
            yield "reach", 1, "count", stop.place
            return
        leg = way.leg_at(stop.depart_s)
        yield from _short("timing", stop.arrive_s - stop.depart_s - leg.seconds, "s", None)
        yield from _differ("continuity", stop.pack_before_wh, self.pack_wh - leg.drawn_wh, "wh")

    def _judge_pack(self, stop: Stop) -> Iterator[Breach]:
        lowest_wh = min(stop.pack_before_wh, stop.pack_after_wh)
        yield from _short("energy", lowest_wh - self.floor_wh, "wh", stop.request or stop.plug)
        yield from _short("energy", self.unit.pack.usable_wh - stop.pack_after_wh, "wh", stop.plug)

    def _judge_serve(self, stop: Stop, request: Request) -> Iterator[Breach]:
        if stop.place != request.place:
            yield "continuity", 1, "count", request.id
        for misfit in list_misfits(self.facts, self.unit, request):
            yield misfit.rule, misfit.amount, misfit.measure, request.id
        yield from self._judge_hours(stop, request)
        drawn_wh = draw_wh(self.unit, request.energy_wh)
        yield from _differ("energy", stop.energy_wh, request.energy_wh, "wh")
        yield from _differ("continuity", stop.pack_after_wh, stop.pack_before_wh - drawn_wh, "wh")
        refuge_wh = self.facts.refuge_wh(self.unit, self.shift, stop.place)
        if refuge_wh is None:
            yield "way_to_plug", 1, "count", request.id
        else:
            yield from _short("way_to_plug", stop.pack_after_wh - refuge_wh - self.floor_wh, "wh", request.id)

    def _judge_hours(self, stop: Stop, request: Request) -> Iterator[Breach]:
        needed_s = self.facts.service_s(self.unit, request)
        yield from _short("timing", stop.end_s - stop.start_s - needed_s, "s", request.id)
        earliest_s, latest_s = start_bounds(request)
        rule: Rule = "window" if request.start_s is None else "lock"
        yield from _short(rule, stop.start_s - earliest_s, "s", request.id)
        yield from _short(rule, latest_s - stop.start_s, "s", request.id)
        if request.finish_by_s is not None:
            yield from _short("finish_by", request.finish_by_s - stop.end_s, "s", request.id)
        excess_s = access_excess_s(request, stop.start_s, stop.end_s)
        yield from _short("access", -excess_s, "s", request.id)

    def _judge_recharge(self, stop: Stop) -> Iterator[Breach]:
        plug = self.facts.plugs.get(stop.plug or "")
        if plug is None:
            yield from _names_nothing()
            return
        if stop.place != plug.place:
            yield "continuity", 1, "count", plug.id
        if not self.facts.may_use(self.unit, plug):
            yield "plug_reserved", 1, "count", plug.id
        yield from _short("energy", stop.energy_wh, "wh", plug.id)
        after_wh: WattHours = stop.pack_before_wh + stop.energy_wh
        yield from _differ("continuity", stop.pack_after_wh, after_wh, "wh")
        needed_s: Seconds = pack_charge_time_s(self.unit.pack, plug, stop.pack_before_wh, after_wh)
        yield from _short("recharge_power", stop.end_s - stop.start_s - needed_s, "s", plug.id)

    def _judge_break(self, stop: Stop) -> Iterator[Breach]:
        pause = next((b for b in self.shift.breaks if b.id == stop.break_id), None)
        if pause is None:
            yield from _names_nothing()
            return
        yield from _short("break", stop.start_s - pause.earliest_s, "s", pause.id)
        yield from _short("break", pause.latest_s - stop.start_s, "s", pause.id)
        yield from _short("break", stop.end_s - stop.start_s - pause.duration_s, "s", pause.id)
        yield from self._judge_idle(stop)

    def _judge_hold(self, stop: Stop) -> Iterator[Breach]:
        if stop.place != self.start.home:
            yield "continuity", 1, "count", stop.place
        yield from _short("shift", self.start.home_by_s - stop.arrive_s, "s", None)
        yield from _short("timing", stop.end_s - stop.start_s, "s", None)
        yield from self._judge_idle(stop)

    def _judge_idle(self, stop: Stop) -> Iterator[Breach]:
        """Nothing flows in a break or on the way home."""
        yield from _differ("continuity", stop.pack_after_wh, stop.pack_before_wh, "wh")
        yield from _differ("continuity", stop.energy_wh, 0, "wh")

    def _judge_whole(self, route: Route) -> Iterator[Breach]:
        """The way home comes last and once; every break that is due is taken once."""
        holds = [index for index, stop in enumerate(route.stops) if stop.kind == "hold"]
        if holds != [len(route.stops) - 1]:
            yield "missing", 1, "count", "hold"
        taken = Counter(stop.break_id for stop in route.stops if stop.kind == "break")
        due = {pause.id for pause in self.start.breaks}
        for pause in self.shift.breaks:
            if taken[pause.id] > 1:
                yield "duplicate", taken[pause.id] - 1, "count", pause.id
            if pause.id in due and not taken[pause.id]:
                yield "break", pause.duration_s, "s", pause.id


def _short(rule: Rule, slack: int, measure: Measure, subject: str | None) -> Iterator[Breach]:
    """Yield a breach when a slack is negative."""
    if slack < 0:
        yield rule, -slack, measure, subject


def _differ(rule: Rule, stated: int, right: int, measure: Measure) -> Iterator[Breach]:
    """Yield a breach when a stated number is not the right one."""
    if stated != right:
        yield rule, abs(stated - right), measure, None


def _names_nothing() -> Iterator[Breach]:
    """Yield the breach of a stop that lacks what its kind is about."""
    yield "unknown_reference", 1, "count", None

"""A day as it really goes: requests become known, units do what the plan says, little goes as planned.

The planner sees what an operator sees: where units are, what is in their packs, what is over. Luck is
the same for every policy (`noise.py`). Nothing here depends on a server or on a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from routing.charging.session import charge_time_s
from routing.evaluation.facts import Facts, draw_wh
from routing.model.plan import Plan, Stop
from routing.model.problem import Plug, Problem, Request
from routing.model.units import Seconds, WattHours
from routing.simulation.life import Life
from routing.simulation.noise import Luck, Noise

TICK_S: Seconds = 60
DRIFT_S: Seconds = 120
"""What is over so much sooner or later than expected makes the plan be looked at again."""

type Outcome = Literal["open", "refused", "booked", "served", "no_show", "cancelled", "failed"]


@dataclass(slots=True)
class Story:
    """What became of one request.

    Attributes
    ----------
    known_s
        When it was asked.
    promised_s, latest_promised_s
        The arrival that was told first (P50 and P90).
    start_s
        When the unit really was there.
    energy_wh, taken_wh
        What the car got, and what it would have taken.
    planned_s, real_s
        The length of the visit without charging, planned and real.
    asked_flow_s, flow_s
        How long charging would take as planned, with all that was asked; how long it took.
    end_s
        When the visit was over.
    """

    request: Request
    known_s: Seconds
    outcome: Outcome = "open"
    unit: str | None = None
    promised_s: Seconds | None = None
    latest_promised_s: Seconds | None = None
    start_s: Seconds | None = None
    energy_wh: WattHours = 0
    taken_wh: WattHours = 0
    planned_s: Seconds = 0
    real_s: Seconds = 0
    asked_flow_s: Seconds = 0
    flow_s: Seconds = 0
    end_s: Seconds | None = None


class RealDay:
    """The world of one day.

    Parameters
    ----------
    problem
        The whole day; its requests are what will be asked.
    known_s
        From when on each request is known.
    """

    def __init__(self, problem: Problem, known_s: Mapping[str, Seconds], noise: Noise) -> None:
        self.problem, self.noise, self.now_s = problem, noise, problem.now_s
        self.facts = Facts(problem)
        self.lives = {unit.id: Life(self.facts, unit, noise) for unit in problem.units}
        self.stories = {r.id: Story(r, known_s[r.id]) for r in problem.requests}
        self.luck: dict[str, Luck] = {r.id: noise.luck(r.id) for r in problem.requests}
        until_s = problem.horizon_s
        self.outages = {plug.id: noise.outages(plug.id, until_s) for plug in problem.plugs}
        self.breakdowns = {unit: noise.breakdowns(unit, until_s) for unit in self.lives}
        self.surprised = False
        """Whether something happened that the plan does not know."""

    def advance(self, to_s: Seconds, plan: Plan) -> None:
        """Let every unit do what the plan says until then."""
        for unit, life in self.lives.items():
            stops = [stop for route in plan.routes if route.unit == unit for stop in route.stops]
            if life.plug is not None and not (stops and stops[0].plug == life.plug):
                life.plug = None
            self._live(life, stops, to_s)
        self.now_s = to_s

    def _live(self, life: Life, stops: list[Stop], to_s: Seconds) -> None:
        for stop in stops:
            if life.busy:
                self._finish(life, to_s)
            if life.busy or max(stop.depart_s, life.free_s) > to_s or self._breaks_down(life, to_s):
                return
            if self.is_done(life, stop):
                continue
            if not self._begin(life, stop, to_s):
                return
        self._finish(life, to_s)

    def is_done(self, life: Life, stop: Stop) -> bool:
        """Say whether a stop of an older plan is behind the unit."""
        if stop.request is not None:
            return self.stories[stop.request].outcome != "booked"
        if stop.break_id is not None:
            return stop.break_id in life.paused
        if stop.kind == "recharge":
            return life.place == stop.place and life.pack_wh >= stop.pack_after_wh
        return life.place == stop.place

    def _finish(self, life: Life, to_s: Seconds) -> None:
        doing = life.doing
        if doing is not None and life.finish(to_s) and abs(doing.end_s - doing.expected_s) > DRIFT_S:
            self.surprised = True

    def _breaks_down(self, life: Life, to_s: Seconds) -> bool:
        """Stand still when the unit is out of service by then."""
        for from_s, until_s in self.breakdowns[life.unit.id]:
            if from_s <= max(life.free_s, self.now_s) < until_s and from_s <= to_s:
                life.free_s, self.surprised = until_s, True
                return until_s > to_s
        return False

    def _begin(self, life: Life, stop: Stop, to_s: Seconds) -> bool:
        """Set out for a stop; say whether the unit may go on to the next one by then."""
        depart_s = max(stop.depart_s, life.free_s)
        if stop.kind == "recharge":
            return self._recharge(life, stop, depart_s, to_s)
        arrive_s, expected_s = life.drive(stop, depart_s)
        if stop.kind == "serve" and stop.request is not None:
            self._serve(life, stop, arrive_s, expected_s)
        else:
            begin_s = max(arrive_s, stop.start_s)
            length_s = stop.end_s - stop.start_s if stop.kind == "break" else 0
            life.occupy(stop, begin_s + length_s, max(expected_s, stop.start_s) + length_s, life.pack_wh)
        self._finish(life, to_s)
        return not life.busy

    def _recharge(self, life: Life, stop: Stop, depart_s: Seconds, to_s: Seconds) -> bool:
        if life.place != stop.place:
            arrive_s, expected_s = life.drive(stop, depart_s)
            way = replace(stop, kind="hold", plug=None)
            life.occupy(way, arrive_s, expected_s, life.pack_wh)
            self._finish(life, to_s)
            if life.busy:
                return False
            life.home_s = None
        plug = self.facts.plugs[stop.plug or ""]
        if self._is_out(plug, to_s) or self._is_taken(plug, life):
            life.free_s, self.surprised = max(life.free_s, to_s), True
            return False
        return life.recharge(stop, plug, to_s)

    def _is_taken(self, plug: Plug, life: Life) -> bool:
        """Say whether another unit hangs there longer than was planned."""
        return any(other.plug == plug.id for other in self.lives.values() if other is not life)

    def _is_out(self, plug: Plug, at_s: Seconds) -> bool:
        return any(from_s <= at_s < until_s for from_s, until_s in self.outages[plug.id])

    def _serve(self, life: Life, stop: Stop, arrive_s: Seconds, expected_s: Seconds) -> None:
        story = self.stories[stop.request or ""]
        request, luck = story.request, self.luck[story.request.id]
        begin_s = max(arrive_s, stop.start_s, request.earliest_s)
        story.unit, story.start_s, life.used = life.unit.id, begin_s, True
        expected_end_s = max(expected_s, stop.start_s) + stop.end_s - stop.start_s
        if not luck.shows_up:
            story.outcome = "no_show"
            life.occupy(stop, begin_s + self.noise.no_show_wait_s, expected_end_s, life.pack_wh)
            return
        story.outcome = "served"
        story.taken_wh = round(request.energy_wh * luck.energy)
        story.energy_wh = min(story.taken_wh, self._most_wh(life, request))
        story.planned_s = request.setup_s + request.wrapup_s
        story.real_s = round(story.planned_s * luck.handling)
        flows_s = charge_time_s(request.vehicle, life.unit.charger, request.vehicle.soc, story.energy_wh)
        story.asked_flow_s = self.facts.charge_s(life.unit, request)
        story.flow_s = round(flows_s * luck.charging)
        end_s = story.end_s = begin_s + story.real_s + story.flow_s
        life.worked_s += end_s - begin_s
        life.occupy(stop, end_s, expected_end_s, life.pack_wh - draw_wh(life.unit, story.energy_wh))

    def _most_wh(self, life: Life, request: Request) -> WattHours:
        """Return what a unit can give and still get to a plug; it dips into half of its reserve for that."""
        left_wh = self.facts.refuge_wh(life.unit, life.unit.shifts[0], request.place) or 0
        spare_wh = max(0, life.pack_wh - left_wh - life.unit.pack.reserve_wh // 2)
        return spare_wh * life.unit.charger.efficiency_pct // 100

    def cancel(self, plan: Plan) -> None:
        """Let those call it off who lose patience; nobody does once the unit is on its way."""
        planned = {stop.request: stop.start_s for _, stop in plan.iterate_stops()}
        for name, start_s in planned.items():
            story = self.stories.get(name or "")
            share = self.luck[name].cancels if name in self.luck else None
            if story is None or share is None or story.outcome != "booked":
                continue
            if self.now_s >= story.known_s + share * (start_s - story.known_s):
                story.outcome, self.surprised = "cancelled", True

    def as_planned(self, booked: Mapping[str, Request]) -> Problem:
        """Return the world as the planner knows it now, with what is booked and not begun."""
        asked = tuple(r for r in booked.values() if self.stories[r.id].outcome == "booked")
        return replace(
            self.problem,
            now_s=self.now_s,
            units=tuple(life.as_planned(self.now_s) for life in self.lives.values()),
            plugs=tuple(self._plug(plug) for plug in self.problem.plugs),
            requests=asked,
        )

    def _plug(self, plug: Plug) -> Plug:
        """Return a plug with the outages that have begun; how long they last is told."""
        known = [(a, b) for a, b in self.outages[plug.id] if a <= self.now_s < b]
        return replace(plug, busy=tuple(known)) if known and not plug.busy else plug

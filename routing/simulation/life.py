"""One unit as it really is: where, since when, with how much in its pack; and what it is at."""

from dataclasses import dataclass, replace

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.evaluation.facts import STAYING, Facts
from routing.model.plan import Stop
from routing.model.problem import Plug, Shift, Unit, UnitState
from routing.model.units import Metres, Seconds, WattHours
from routing.simulation.noise import Noise

LEAST_LEFT_S: Seconds = 60
"""What is not over yet although it should be is expected to last so much longer."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A way that was driven: planned and real seconds, metres, whether it led to a car, and from when on."""

    planned_s: Seconds
    real_s: Seconds
    metres: Metres
    to_car: bool
    depart_s: Seconds = 0

    @property
    def arrive_s(self) -> Seconds:
        """When it really ended."""
        return self.depart_s + self.real_s


@dataclass(slots=True)
class Doing:
    """What a unit has set out for and cannot leave any more.

    Attributes
    ----------
    end_s
        When it is really over.
    expected_s
        When the planner expects that; known from the plan alone.
    after_wh
        What is really in the pack then.
    """

    stop: Stop
    end_s: Seconds
    expected_s: Seconds
    after_wh: WattHours


class Life:
    """A unit through one day."""

    def __init__(self, facts: Facts, unit: Unit, noise: Noise) -> None:
        self.facts, self.unit, self.noise = facts, unit, noise
        self.place, self.pack_wh = unit.state.place, unit.state.energy_wh
        self.free_s: Seconds = unit.state.at_s
        self.plug: str | None = None
        self.doing: Doing | None = None
        self.paused: set[str] = set()
        self.drives: list[Drive] = []
        self.worked_s: Seconds = 0
        self.used = False
        self.home_s: Seconds | None = None

    @property
    def busy(self) -> bool:
        """Say whether it is at something it cannot leave."""
        return self.doing is not None

    def drive(self, stop: Stop, depart_s: Seconds) -> tuple[Seconds, Seconds]:
        """Drive to a stop; return when it is really there and when that was to be expected."""
        way = self.facts.way(self.unit, self.place, stop.place) or STAYING
        leg = way.leg_at(depart_s)
        factor = self.noise.travel(self.place, stop.place, depart_s)
        real_s = round(leg.seconds * factor)
        drawn_wh = round(leg.drawn_wh * self.noise.driving(self.unit.id, depart_s))
        self.pack_wh = max(0, self.pack_wh - drawn_wh)
        if leg.seconds:
            self.drives.append(Drive(leg.seconds, real_s, leg.metres, stop.kind == "serve", depart_s))
        self.worked_s += real_s
        self.place, self.plug = stop.place, None
        return depart_s + real_s, depart_s + leg.seconds

    def occupy(self, stop: Stop, end_s: Seconds, expected_s: Seconds, after_wh: WattHours) -> None:
        """Be at something until it is over."""
        self.doing = Doing(stop, end_s, expected_s, after_wh)

    def finish(self, now_s: Seconds) -> Stop | None:
        """Return what is over by now, if something is."""
        doing = self.doing
        if doing is None or doing.end_s > now_s:
            return None
        self.free_s, self.pack_wh, self.doing = doing.end_s, doing.after_wh, None
        if doing.stop.break_id is not None:
            self.paused.add(doing.stop.break_id)
        if doing.stop.kind == "hold":
            self.home_s = doing.end_s
        return doing.stop

    def recharge(self, stop: Stop, plug: Plug, until_s: Seconds) -> bool:
        """Hang at a plug until then, or until the pack holds what was planned; say whether it does."""
        factor = self.noise.recharging(self.unit.id, plug.id, stop.start_s // 3600)
        begin_s = max(self.free_s, stop.start_s)
        if begin_s >= until_s:
            return False
        self.plug, self.used = plug.id, True
        needed_s = round(pack_charge_time_s(self.unit.pack, plug, self.pack_wh, stop.pack_after_wh) * factor)
        if begin_s + needed_s <= until_s:
            self.pack_wh, self.free_s = max(self.pack_wh, stop.pack_after_wh), begin_s + needed_s
            self.plug = None
            return True
        gained_wh = pack_energy_in_s(self.unit.pack, plug, self.pack_wh, int((until_s - begin_s) / factor))
        self.pack_wh, self.free_s = self.pack_wh + gained_wh, until_s
        return False

    def as_planned(self, now_s: Seconds) -> Unit:
        """Return the unit as the planner knows it now."""
        shifts = tuple(self._shift(shift) for shift in self.unit.shifts if not self._is_over(shift, now_s))
        return replace(self.unit, state=self._state(now_s), shifts=shifts)

    def _state(self, now_s: Seconds) -> UnitState:
        doing = self.doing
        if doing is None:
            at_s = max(now_s, self.free_s)
            return UnitState(place=self.place, at_s=at_s, energy_wh=self.pack_wh, plug=self.plug)
        at_s = max(doing.expected_s, now_s + LEAST_LEFT_S)
        return UnitState(place=self.place, at_s=at_s, energy_wh=doing.after_wh)

    def _shift(self, shift: Shift) -> Shift:
        breaks = tuple(pause for pause in shift.breaks if pause.id not in self.paused)
        return replace(shift, breaks=breaks)

    def _is_over(self, shift: Shift, now_s: Seconds) -> bool:
        home = shift.end_place or shift.start_place or self.unit.state.place
        return shift.end_s <= now_s and self.place == home and not self.busy

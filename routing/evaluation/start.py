"""Where a route begins and where it must end.

What the state of a unit already breaks is not the plan's fault: a unit that could not be home in time or
above its reserve even if it did nothing more may still go straight home.
"""

from dataclasses import dataclass

from routing.evaluation.facts import STAYING, Facts
from routing.model.problem import Break, Shift, Unit
from routing.model.units import Seconds, WattHours


@dataclass(frozen=True, slots=True)
class Start:
    """The start of a unit's route in one shift, and the limits that hold on it.

    Attributes
    ----------
    place, at_s, energy_wh
        Where, when and with how much it is free.
    home
        Where it must end; its own place when there is no way to the end place.
    home_by_s
        When at the latest.
    floor_wh
        What the pack must hold anywhere, until a recharge has brought it to its reserve.
    breaks
        The breaks that can still be taken.
    """

    place: str
    at_s: Seconds
    energy_wh: WattHours
    home: str
    home_by_s: Seconds
    floor_wh: WattHours
    breaks: tuple[Break, ...]


def first_start(facts: Facts, unit: Unit, shift: Shift) -> Start:
    """Return the start of a unit's first route, from its state."""
    free_s = max(unit.state.at_s, facts.problem.now_s)
    return _make_start(facts, unit, shift, (unit.state.place, free_s, unit.state.energy_wh))


def next_start(facts: Facts, unit: Unit, shift: Shift, left: tuple[str, Seconds, WattHours]) -> Start:
    """Return the start of a later route from (place, seconds, energy) at the end of the one before."""
    return _make_start(facts, unit, shift, left)


def rest_gain_wh(unit: Unit, seconds: Seconds) -> WattHours:
    """Return what the pack gains while nobody works on the unit, before it is full."""
    return max(0, seconds) * unit.rest_w // 3600


def _make_start(facts: Facts, unit: Unit, shift: Shift, left: tuple[str, Seconds, WattHours]) -> Start:
    place, free_s, energy_wh = left
    at_s = max(free_s, shift.start_s)
    rested_wh = min(unit.pack.usable_wh, energy_wh + rest_gain_wh(unit, shift.start_s - free_s))
    wanted = shift.end_place or shift.start_place or unit.state.place
    way = facts.way(unit, place, wanted)
    home = place if way is None else wanted
    way = way or STAYING
    return Start(
        place=place,
        at_s=at_s,
        energy_wh=rested_wh,
        home=home,
        home_by_s=max(shift.end_s + shift.overtime_s, way.arrival_s(at_s)),
        floor_wh=min(unit.pack.reserve_wh, rested_wh - way.bound.drawn_wh),
        breaks=_list_possible(shift.breaks, at_s, way.departure_s(at_s, shift.end_s)),
    )


def _list_possible(pauses: tuple[Break, ...], at_s: Seconds, leave_by_s: Seconds) -> tuple[Break, ...]:
    """List the breaks an idle unit could still take, one after the other."""
    possible: list[Break] = []
    for pause in sorted(pauses, key=lambda p: (p.latest_s, p.id)):
        begin_s = max(at_s, pause.earliest_s)
        if begin_s <= pause.latest_s and begin_s + pause.duration_s <= leave_by_s:
            possible.append(pause)
            at_s = begin_s + pause.duration_s
    return tuple(possible)

"""Filling packs up while a unit waits for its next stop, so that it is ready for what nobody has asked yet.

Never at a price: what a fuller pack is worth is said by the goals alone (`low_pack`, at the end of a shift).
"""

from collections.abc import Iterator
from typing import NamedTuple

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.evaluation.cost import distance_milli, low_pack_milli, time_milli
from routing.evaluation.facts import STANDING, Leg
from routing.model.problem import Plug, Unit
from routing.model.units import Milli, Seconds, WattHours
from routing.search.calendar import Calendar
from routing.search.ground import Ground
from routing.search.insertion import insert
from routing.search.tour import Item, Tour
from routing.search.walk import walk

SHORTEST_S: Seconds = 300
"""For less than this a crew does not plug in."""

MOST_TRIED = 2
"""How many of the most promising recharges in a wait are walked."""


class _Wait(NamedTuple):
    """A unit standing somewhere until it must leave for what follows."""

    day: int
    position: int
    from_s: Seconds
    until_s: Seconds
    pack_wh: WattHours
    place: str
    next_place: str


class _Way(NamedTuple):
    """A plug, the way to it, from there to what follows, and past it."""

    plug: Plug
    there: Leg
    onward: Leg
    direct: Leg

    @property
    def drawn_wh(self) -> WattHours:
        """What the detour draws from the pack."""
        return self.there.drawn_wh + self.onward.drawn_wh - self.direct.drawn_wh

    def milli(self, unit: Unit) -> Milli:
        """Return what the detour costs."""
        metres = self.there.metres + self.onward.metres - self.direct.metres
        seconds = self.there.seconds + self.onward.seconds - self.direct.seconds
        return distance_milli(unit, metres) + time_milli(unit, seconds)


def fill_waits(ground: Ground, tour: Tour, calendar: Calendar) -> Tour:
    """Return the tour with a recharge in every wait where that costs and delays nothing."""
    for day in range(len(tour.days)):
        index = 0
        while index < len(tour.days[day]):
            wait = _find_wait(ground, tour, day, index)
            if wait is not None:
                tour = _fill(ground, tour, wait, calendar)
            index += 1
    return tour


def _find_wait(ground: Ground, tour: Tour, day: int, index: int) -> _Wait | None:
    """Find the wait before an item; None when there is none, or nothing to be filled."""
    from_s, pack_wh = tour.frees[day][index], tour.packs_wh[day][index]
    until_s = _earliest_s(ground, day, tour.days[day][index])
    if until_s - from_s < SHORTEST_S or pack_wh >= ground.unit.pack.target_wh:
        return None
    gap = ground.list_gaps(tour)[day][index]
    return _Wait(day, index, from_s, until_s, pack_wh, gap.place, gap.next_place)


def _earliest_s(ground: Ground, day: int, item: Item) -> Seconds:
    if item.kind == "serve":
        return ground.job(ground.facts.requests[item.subject]).earliest_s
    if item.kind == "break":
        return ground.pauses[day][item.subject].earliest_s
    return 0


def _fill(ground: Ground, tour: Tour, wait: _Wait, calendar: Calendar) -> Tour:
    """Return the tour with the most promising recharge in a wait that holds when it is walked."""
    weights, unit = ground.facts.problem.weights, ground.unit
    missing_milli = sum(low_pack_milli(weights, unit, end_wh) for end_wh in tour.ends_wh)
    ways = [way for way in _list_ways(ground, wait) if way.milli(unit) <= missing_milli]
    found = sorted(fill for way in ways for fill in _list_recharges(ground, wait, way, calendar))
    for *_, item in found[:MOST_TRIED]:
        outcome = walk(ground, insert(tour.days, wait.day, wait.position, (item,)), calendar)
        if isinstance(outcome, Tour) and _is_better(tour, outcome, wait, item):
            return outcome
    return tour


def _list_ways(ground: Ground, wait: _Wait) -> Iterator[_Way]:
    """List the plugs there is time to go to and come back from."""
    facts, unit = ground.facts, ground.unit
    for plug in ground.plugs.values():
        there = facts.leg(unit, wait.place, plug.place)
        onward = facts.leg(unit, plug.place, wait.next_place)
        if there is None or onward is None:
            continue
        if wait.until_s - wait.from_s - there.seconds - onward.seconds >= SHORTEST_S:
            yield _Way(plug, there, onward, facts.leg(unit, wait.place, wait.next_place) or STANDING)


def _list_recharges(
    ground: Ground, wait: _Wait, way: _Way, calendar: Calendar
) -> Iterator[tuple[int, Seconds, str, Item]]:
    """List the recharges at a plug with what ranks them: most gained (below zero), soonest full, its name."""
    pack, plug = ground.unit.pack, way.plug
    ready_s, leave_by_s = wait.from_s + way.there.seconds, wait.until_s - way.onward.seconds
    before_wh = max(0, wait.pack_wh - way.there.drawn_wh)
    for begin_s, end_s in calendar.list_gaps(plug.id, ready_s):
        spare_s = min(end_s, leave_by_s) - begin_s
        if spare_s < SHORTEST_S:
            continue
        taken_wh = min(pack_energy_in_s(pack, plug, before_wh, spare_s), pack.target_wh - before_wh)
        if taken_wh > way.drawn_wh:
            full_s = begin_s + pack_charge_time_s(pack, plug, before_wh, before_wh + taken_wh)
            item = Item("recharge", plug.id, begin_s if begin_s > ready_s else 0)
            yield way.drawn_wh - taken_wh, full_s, plug.id, item


def _is_better(tour: Tour, filled: Tour, wait: _Wait, item: Item) -> bool:
    """Say whether the recharge is really made, nothing costs more, and nothing ends later."""
    made = filled.days[wait.day][wait.position : wait.position + 1] == (item,)
    if not made or filled.milli > tour.milli or filled.promise_milli > tour.promise_milli:
        return False
    ends, filled_ends = _list_ends(tour), _list_ends(filled)
    return all(filled_ends[name] <= end_s for name, end_s in ends.items())


def _list_ends(tour: Tour) -> dict[tuple[str, str], Seconds]:
    """List when visits and breaks end."""
    return {
        (item.kind, item.subject): free_s
        for row, frees in zip(tour.days, tour.frees, strict=True)
        for item, free_s in zip(row, frees[1:], strict=True)
        if item.kind != "recharge"
    }

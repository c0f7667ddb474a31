"""Filling packs up in waits, and at the end of the day where the way to the plug costs less than is short."""

from itertools import chain

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.evaluation.cost import distance_milli, low_pack_milli, time_milli
from routing.model.problem import Plug
from routing.model.units import Milli, Seconds, WattHours
from routing.search.calendar import Calendar
from routing.search.fleet import Fleet
from routing.search.ground import Ground
from routing.search.insertion import insert
from routing.search.tour import Gap, Item, Tour
from routing.search.waits import fill_waits
from routing.search.walk import walk

MOST_TRIED = 3
"""How many of the most promising recharges are walked."""


def top_up(fleet: Fleet, unit: str) -> Tour:
    """Return the tour with recharges in its waits, and one at the end of each day where that is cheaper."""
    ground, tour = fleet.grounds[unit], fleet.tours[unit]
    target_wh = ground.unit.pack.target_wh
    if all(pack_wh >= target_wh for pack_wh in (*tour.ends_wh, *chain(*tour.packs_wh))):
        return tour
    calendar = fleet.calendar_for(unit)
    tour = fill_waits(ground, tour, calendar)
    for day in range(len(tour.days)):
        if tour.ends_wh[day] < target_wh:
            tour = _top_up_day(ground, tour, day, calendar)
    return tour


def _top_up_day(ground: Ground, tour: Tour, day: int, calendar: Calendar) -> Tour:
    best = tour
    positions = _list_positions(tour, day)
    gap = ground.list_gaps(tour)[day][positions[0]]
    for recharge in _list_promising(ground, tour, day, gap, calendar):
        for index in positions:
            outcome = walk(ground, insert(tour.days, day, index, (recharge,)), calendar)
            if isinstance(outcome, Tour) and outcome.milli < best.milli:
                best = outcome
    return best


def _list_positions(tour: Tour, day: int) -> list[int]:
    """List what lies before the breaks that end the day, then between and after them: sooner is better."""
    row = tour.days[day]
    index = len(row)
    while index > 0 and row[index - 1].kind == "break":
        index -= 1
    return list(range(index, len(row) + 1))


def _list_promising(ground: Ground, tour: Tour, day: int, gap: Gap, calendar: Calendar) -> list[Item]:
    """List the recharges that save most, as far as can be told without walking; of equals the first full."""
    found: list[tuple[Milli, Seconds, str, Item]] = []
    for plug in ground.plugs.values():
        there = ground.facts.leg(ground.unit, gap.place, plug.place)
        home = ground.facts.leg(ground.unit, plug.place, ground.starts[day].home)
        if there is None or home is None:
            continue
        way_milli = _way_milli(ground, there.metres + home.metres, there.seconds + home.seconds)
        ready_s, leave_by_s = gap.free_s + there.seconds, ground.starts[day].home_by_s - home.seconds
        for begin_s, end_s in calendar.list_gaps(plug.id, ready_s):
            spare_s = min(end_s, leave_by_s) - begin_s
            saved = _saved_milli(ground, plug, tour.ends_wh[day], spare_s) - way_milli
            if saved > 0:
                item = Item("recharge", plug.id, begin_s if begin_s > ready_s else 0)
                full_s = begin_s + _fill_s(ground, plug, tour.ends_wh[day])
                found.append((-saved, full_s, plug.id, item))
    return [item for *_, item in sorted(found)[:MOST_TRIED]]


def _way_milli(ground: Ground, metres: int, seconds: Seconds) -> Milli:
    """Return what the detour costs: of the way there and home about half is driven anyway."""
    return (distance_milli(ground.unit, metres) + time_milli(ground.unit, seconds)) // 2


def _saved_milli(ground: Ground, plug: Plug, end_wh: int, spare_s: Seconds) -> Milli:
    unit, weights = ground.unit, ground.facts.problem.weights
    gained_wh = pack_energy_in_s(unit.pack, plug, max(0, end_wh), spare_s)
    return low_pack_milli(weights, unit, end_wh) - low_pack_milli(weights, unit, end_wh + gained_wh)


def _fill_s(ground: Ground, plug: Plug, from_wh: WattHours) -> Seconds:
    """Return how long it takes to the target, however long the plug is free."""
    pack = ground.unit.pack
    return pack_charge_time_s(pack, plug, max(0, from_wh), pack.target_wh)

"""How much the pack must hold along the way: one pass backward.

How much to recharge is decided late: as much as the stops until the next recharge need.
"""

from routing.evaluation.start import rest_gain_wh
from routing.model.units import WattHours
from routing.search.ground import Ground
from routing.search.tour import Node

NOTHING: WattHours = -(1 << 40)
"""Less than any floor, also that of a unit whose state is below zero once it is home."""

type Need = tuple[WattHours, WattHours]
"""At a node: the least the pack may hold on arrival there, and at the end of it."""


def list_needs(ground: Ground, days: list[list[Node]]) -> list[list[Need]]:
    """Return for every node of every day the least content on arrival and at its end."""
    floors = _list_floors(ground, days)
    need_wh: WattHours = NOTHING
    needs: list[list[Need]] = []
    for day in range(len(days) - 1, -1, -1):
        row: list[Need] = []
        for node, floor_wh in zip(reversed(days[day]), reversed(floors[day]), strict=True):
            need_wh = max(need_wh, floor_wh)
            if node.job:
                need_wh = max(need_wh, floor_wh + _refuge_wh(ground, day, node.place))
            after_wh = need_wh
            if node.plug:
                need_wh = floor_wh
            elif node.job:
                need_wh += node.job.draw_wh
            row.append((need_wh, after_wh))
            need_wh += node.leg.drawn_wh
        if day > 0:
            need_wh -= _rest_wh(ground, day)
        needs.append(row[::-1])
    return needs[::-1]


def _list_floors(ground: Ground, days: list[list[Node]]) -> list[list[WattHours]]:
    """Return the least content at every node: lowered by a poor state until the first recharge."""
    reserve_wh = ground.unit.pack.reserve_wh
    if all(start.floor_wh >= reserve_wh for start in ground.starts):
        return [[reserve_wh] * len(nodes) for nodes in days]
    recharged = False
    floors: list[list[WattHours]] = []
    for start, nodes in zip(ground.starts, days, strict=True):
        row: list[WattHours] = []
        for node in nodes:
            row.append(reserve_wh if recharged else min(reserve_wh, start.floor_wh))
            recharged = recharged or node.plug is not None
        floors.append(row)
    return floors


def _refuge_wh(ground: Ground, day: int, place: str) -> WattHours:
    known = ground.refuges.get((day, place))
    if known is None:
        refuge_wh = ground.facts.refuge_wh(ground.unit, ground.unit.shifts[day], place)
        known = 2 * ground.unit.pack.usable_wh if refuge_wh is None else refuge_wh
        ground.refuges[day, place] = known
    return known


def _rest_wh(ground: Ground, day: int) -> WattHours:
    """Return what is surely gained between a day and the one before it."""
    shifts = ground.unit.shifts
    return rest_gain_wh(ground.unit, shifts[day].start_s - shifts[day - 1].end_s)

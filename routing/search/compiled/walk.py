"""The walk of one route, compiled: times, energies and cost, or the first rule that breaks.

The fast twin of `routing.evaluation`: the same sums on the same whole numbers, so that cost is equal to the
milli. How much to recharge is decided late: what the stops until the next recharge need, more only while the
unit would wait anyway.
"""

from routing.search.compiled.arrays import (
    ACCESS,
    BREAK,
    BREAK_LATE,
    ENERGY,
    FOREVER,
    FULL,
    HOME,
    NO_WAY,
    NOTHING,
    OK,
    OUT_AMOUNT,
    OUT_COUNT,
    OUT_FREE,
    OUT_INDEX,
    OUT_MILLI,
    OUT_PACK,
    OUT_PROMISE,
    OUT_USELESS,
    OUT_USES,
    REACH,
    RECHARGE,
    SERVE,
    SHIFT_LATE,
    USELESS,
    WINDOW,
    Calendar,
    Path,
    Tables,
)
from routing.search.compiled.charge import charge_s, energy_in_s
from routing.search.compiled.jit import door, inlined
from routing.search.compiled.plugs import find_gap, has_room
from routing.search.compiled.ways import arrive_s, depart_s, drive_wh, leg_s, longest_way_s, way_m, way_s


@door
def walk(t: Tables, c: Calendar, unit: int, w: Path) -> int:
    """Walk the nodes of a path; recharges that turn out to be of no use are taken out of it.

    Parameters
    ----------
    w
        `w.stop[:w.out[OUT_COUNT].node]` is the route, its ways home included.

    Returns
    -------
    int
        OK, or the rule that breaks (the amount and the position in `w.out`).
    """
    w.out[OUT_USELESS] = 0
    while True:
        status = _walk_once(t, c, unit, w)
        if status != USELESS:
            return status
        _take_out(w, w.out[OUT_INDEX])
        w.out[OUT_USELESS] += 1


@inlined
def _take_out(w: Path, index: int) -> None:
    count = w.out[OUT_COUNT]
    for i in range(index, count - 1):
        w.stop[i].node = w.stop[i + 1].node
        w.stop[i].not_before = w.stop[i + 1].not_before
    w.out[OUT_COUNT] = count - 1


@inlined
def _walk_once(t: Tables, c: Calendar, unit: int, w: Path) -> int:
    if not _look_up_ways(t, unit, w):
        return REACH
    _look_up_needs(t, unit, w)
    first = t.unit[unit].first_day
    w.out[OUT_FREE], w.out[OUT_PACK] = t.day[first].at, t.day[first].energy
    w.out[OUT_MILLI] = w.out[OUT_PROMISE] = w.out[OUT_USES] = 0
    busy_s = metres = 0
    used = False
    for i in range(w.out[OUT_COUNT]):
        w.stop[i].free, w.stop[i].pack = w.out[OUT_FREE], w.out[OUT_PACK]
        node = w.stop[i].node
        kind = t.node[node].kind
        status = _visit(t, c, unit, w, (i, node))
        if status != OK:
            w.out[OUT_INDEX] = i
            return status
        busy_s += w.stop[i].seconds
        metres += w.stop[i].metres
        if kind == SERVE:
            busy_s += t.job[t.unit[unit].cls, node].length
        used = used or kind in (SERVE, RECHARGE)
        if kind == HOME:
            _close_day(t, unit, w, (metres, busy_s, int(used)))
            busy_s = metres = 0
            used = False
            if i + 1 < w.out[OUT_COUNT]:
                _begin_day(t, unit, w, t.node[node].day + 1)
    return OK


@inlined
def _look_up_ways(t: Tables, unit: int, w: Path) -> bool:
    """Note places, metres and the seconds of the slowest time of day; False when there is no way."""
    here = t.day[t.unit[unit].first_day].place
    for i in range(w.out[OUT_COUNT]):
        w.stop[i].at = here
        there = t.node[w.stop[i].node].place
        if there < 0:
            there = here
        seconds = longest_way_s(t, unit, here, there)
        if seconds >= NO_WAY:
            w.out[OUT_INDEX], w.out[OUT_AMOUNT] = i, 1
            return False
        w.stop[i].seconds = seconds
        w.stop[i].metres = way_m(t, unit, here, there)
        w.stop[i].drawn = drive_wh(t, unit, w.stop[i].metres, seconds)
        here = there
    w.stop[w.out[OUT_COUNT]].at = here
    return True


@inlined
def _look_up_needs(t: Tables, unit: int, w: Path) -> None:
    """One pass backward: the least the pack may hold on arrival at each node and at its end.

    With times of day it counts every way at its slowest: never too little.
    """
    count = w.out[OUT_COUNT]
    reserve, cls = t.unit[unit].reserve, t.unit[unit].cls
    charged_at = count
    for i in range(count):
        if t.node[w.stop[i].node].kind == RECHARGE:
            charged_at = i
            break
    day = t.unit[unit].first_day + t.unit[unit].n_days - 1
    need = NOTHING
    for i in range(count - 1, -1, -1):
        node = w.stop[i].node
        kind = t.node[node].kind
        if kind == HOME and i < count - 1:
            gap_s = max(0, t.day[day].start - t.day[day - 1].end)
            need -= gap_s * t.unit[unit].rest_w // 3600
            day -= 1
        floor = reserve if i > charged_at else min(reserve, t.day[day].floor)
        need = max(need, floor)
        if kind == SERVE:
            need = max(need, floor + t.refuge[t.day[day].refuge, node])
        w.stop[i].need_out = need
        if kind == RECHARGE:
            need = floor
        elif kind == SERVE:
            need += t.job[cls, node].draw
        w.stop[i].need_in = need
        need += w.stop[i].drawn


@inlined
def _begin_day(t: Tables, unit: int, w: Path, day: int) -> None:
    rested_s = max(0, t.day[day].start - w.out[OUT_FREE])
    gained = w.out[OUT_PACK] + rested_s * t.unit[unit].rest_w // 3600
    w.out[OUT_PACK] = min(t.unit[unit].usable, gained)
    w.out[OUT_FREE] = max(w.out[OUT_FREE], t.day[day].start)


@inlined
def _close_day(t: Tables, unit: int, w: Path, sums: tuple[int, int, int]) -> None:
    metres, busy_s, used = sums
    w.out[OUT_MILLI] += metres * t.unit[unit].km_milli // 1000 + busy_s * t.unit[unit].h_milli // 3600
    w.out[OUT_MILLI] += used * t.unit[unit].use_milli
    missing = max(0, t.unit[unit].target - w.out[OUT_PACK])
    w.out[OUT_MILLI] += missing * t.low_pack_milli // 1000


@inlined
def _visit(t: Tables, c: Calendar, unit: int, w: Path, spot: tuple[int, int]) -> int:
    """Drive to a node and do there what is to be done."""
    i, node = spot
    there = t.node[node].place if t.node[node].place >= 0 else w.stop[i].at
    ready_s = arrive_s(t, unit, (w.stop[i].at, there), w.out[OUT_FREE])
    kind = t.node[node].kind
    if kind == RECHARGE:
        return _recharge(t, c, unit, w, (i, node - t.n_requests, max(ready_s, w.stop[i].not_before)))
    if kind == SERVE:
        begin_s = _earliest_s(t, unit, node, ready_s)
    elif kind == BREAK:
        begin_s = max(ready_s, t.node[node].earliest)
    else:
        begin_s = ready_s
    if not _drive(t, unit, w, i, (there, begin_s)):
        return ENERGY
    if kind == SERVE:
        return _serve(t, unit, w, (i, node, begin_s))
    if kind == BREAK:
        return _pause(t, w, (i, node, begin_s))
    return _go_home(t, unit, w, (i, t.node[node].day, ready_s))


@inlined
def _drive(t: Tables, unit: int, w: Path, i: int, to: tuple[int, int]) -> bool:
    """Drive just in time; with times of day the way is as long as it is then. False: the pack is too low."""
    there, begin_s = to
    if t.unit[unit].slices > 1 and w.stop[i].at != there:
        leave_s = depart_s(t, unit, (w.stop[i].at, there), (w.out[OUT_FREE], begin_s))
        w.stop[i].seconds = leg_s(t, unit, (w.stop[i].at, there), leave_s)
        w.stop[i].drawn = drive_wh(t, unit, w.stop[i].metres, w.stop[i].seconds)
    w.out[OUT_PACK] -= w.stop[i].drawn
    if w.out[OUT_PACK] < w.stop[i].need_in:
        w.out[OUT_AMOUNT] = w.stop[i].need_in - w.out[OUT_PACK]
        return False
    return True


@inlined
def _earliest_s(t: Tables, unit: int, request: int, ready_s: int) -> int:
    """Return the first start in the opening hours; when none is long enough they are not looked at."""
    start_s = max(ready_s, t.node[request].earliest)
    length_s = t.job[t.unit[unit].cls, request].length
    for i in range(t.node[request].hours_at, t.node[request].hours_end):
        begin_s = max(start_s, t.hours[i].begin)
        if begin_s + length_s <= t.hours[i].end:
            return int(begin_s)
    return int(start_s)


@inlined
def access_excess_s(t: Tables, request: int, start_s: int, end_s: int) -> int:
    """Return by how much a visit lies outside the opening hours; 0 when inside or always open."""
    first, last = t.node[request].hours_at, t.node[request].hours_end
    if first == last:
        return 0
    least = FOREVER
    for i in range(first, last):
        excess = max(0, t.hours[i].begin - start_s) + max(0, end_s - t.hours[i].end)
        least = min(least, excess)
    return int(least)


@inlined
def _serve(t: Tables, unit: int, w: Path, visit: tuple[int, int, int]) -> int:
    i, request, start_s = visit
    length_s = t.job[t.unit[unit].cls, request].length
    excess_s = access_excess_s(t, request, start_s, start_s + length_s)
    if excess_s > 0:
        w.out[OUT_AMOUNT] = excess_s
        return ACCESS
    late_s = start_s - min(t.node[request].latest, t.node[request].finish - length_s)
    if late_s > 0:
        w.out[OUT_AMOUNT] = late_s
        return WINDOW
    w.stop[i].start = start_s
    w.stop[i].energy = 0
    w.out[OUT_FREE] = start_s + length_s
    w.out[OUT_PACK] -= t.job[t.unit[unit].cls, request].draw
    broken = max(0, start_s - t.node[request].promise) * t.promise_milli // 60
    w.out[OUT_PROMISE] += broken
    w.out[OUT_MILLI] += broken + visit_milli(t, unit, request, start_s)
    return OK


@inlined
def visit_milli(t: Tables, unit: int, request: int, start_s: int) -> int:
    """Return the price of the driver's waiting, and of another unit than was told."""
    waited = max(0, start_s - t.node[request].asked_from) * t.node[request].wait_milli // 3600
    changed = t.node[request].prev_unit != -1 and t.node[request].prev_unit != unit
    return int(waited + (t.change_milli if changed else 0))


@inlined
def _pause(t: Tables, w: Path, visit: tuple[int, int, int]) -> int:
    i, pause, start_s = visit
    w.stop[i].start = start_s
    w.stop[i].energy = 0
    w.out[OUT_FREE] = start_s + t.node[pause].length
    late_s = start_s - t.node[pause].latest
    if late_s > 0:
        w.out[OUT_AMOUNT] = late_s
        return BREAK_LATE
    return OK


@inlined
def _go_home(t: Tables, unit: int, w: Path, visit: tuple[int, int, int]) -> int:
    i, day, ready_s = visit
    w.stop[i].start = ready_s
    w.stop[i].energy = 0
    w.out[OUT_FREE] = max(ready_s, t.day[day].end)
    late_s = ready_s - t.day[day].home_by
    if late_s > 0:
        w.out[OUT_AMOUNT] = late_s
        return SHIFT_LATE
    w.out[OUT_MILLI] += max(0, ready_s - t.day[day].end) * t.unit[unit].overtime_milli // 3600
    return OK


@inlined
def _recharge(t: Tables, c: Calendar, unit: int, w: Path, visit: tuple[int, int, int]) -> int:
    """Fill up to what is needed; while the unit would wait anyway to the brim (the last: to the target)."""
    i, plug, ready_s = visit
    need = w.stop[i].need_out
    start_s, gap_end_s = _plug_in(t, c, unit, w, (i, plug, ready_s))
    if not _drive(t, unit, w, i, (t.node[w.stop[i].node].place, start_s)):
        return ENERGY
    if need > t.unit[unit].usable:
        w.out[OUT_AMOUNT] = need - t.unit[unit].usable
        return ENERGY
    before = w.out[OUT_PACK]
    needed_s = charge_s(t, unit, plug, before, need)
    spare_s = min(_idle_until(t, unit, w, i), gap_end_s) - start_s
    energy = max(0, need - before)
    brim = t.unit[unit].target if t.node[w.stop[i + 1].node].kind == HOME else t.unit[unit].usable
    wanted = brim - before
    if spare_s > needed_s and wanted > energy:
        energy = max(energy, min(wanted, energy_in_s(t, unit, plug, before, spare_s)))
    if energy == 0:
        return USELESS
    if not has_room(c, plug) or w.out[OUT_USES] + 1 >= w.use.size:
        return FULL
    w.stop[i].start, w.stop[i].energy = start_s, energy
    w.out[OUT_PACK] = before + energy
    w.out[OUT_FREE] = start_s + charge_s(t, unit, plug, before, before + energy)
    use = w.out[OUT_USES]
    w.use[use].plug, w.use[use].begin, w.use[use].end = plug, start_s, w.out[OUT_FREE]
    w.out[OUT_USES] = use + 1
    return OK


@inlined
def _plug_in(t: Tables, c: Calendar, unit: int, w: Path, visit: tuple[int, int, int]) -> tuple[int, int]:
    """Return the first start with room for what is needed, and the end of that gap.

    Starting later may mean leaving later, at another time of day, and arriving with another content.
    """
    i, plug, start_s = visit
    way = (w.stop[i].at, t.node[w.stop[i].node].place)
    free_s, drawn = w.out[OUT_FREE], w.stop[i].drawn
    while True:
        if t.unit[unit].slices > 1:
            seconds = leg_s(t, unit, way, depart_s(t, unit, way, (free_s, start_s)))
            drawn = drive_wh(t, unit, w.stop[i].metres, seconds)
        needed_s = charge_s(t, unit, plug, w.out[OUT_PACK] - drawn, w.stop[i].need_out)
        found_s, gap_end_s = find_gap(t, c, (unit, plug), (start_s, needed_s))
        if found_s == start_s or t.unit[unit].slices == 1:
            return found_s, gap_end_s
        start_s = found_s


@inlined
def _idle_until(t: Tables, unit: int, w: Path, i: int) -> int:
    """Return until when the unit would wait for what follows a recharge, however early it were ready."""
    following = w.stop[i + 1].node
    kind = t.node[following].kind
    if kind == RECHARGE:
        return 0
    if kind == BREAK:
        return int(t.node[following].earliest)
    until_s = t.node[following].earliest if kind == SERVE else t.day[t.node[following].day].full_by
    here = t.node[w.stop[i].node].place
    if t.unit[unit].slices == 1:
        return int(until_s - way_s(t, unit, here, t.node[following].place))
    return depart_s(t, unit, (here, t.node[following].place), (w.out[OUT_FREE], until_s))

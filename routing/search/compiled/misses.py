"""Why one unit cannot take the wish, compiled: the rule whose break came closest, alone and in its day."""

from routing.search.compiled.arrays import (
    ENERGY,
    FOREVER,
    FULL,
    NO_WAY,
    NOBODY,
    OK,
    OUT_AMOUNT,
    OUT_COUNT,
    OUT_INDEX,
    OUT_PROMISE,
    WINDOW,
    Calendar,
    Ints,
    Path,
    Routes,
    Tables,
)
from routing.search.compiled.beside import list_nearest_plugs, walk_beside
from routing.search.compiled.insertion import least_spot
from routing.search.compiled.jit import inlined, jit
from routing.search.compiled.routes import read_route
from routing.search.compiled.scratch import BEST_ADDED, BEST_POSITION, BEST_UNIT, Scratch, put_in
from routing.search.compiled.walk import walk
from routing.search.compiled.ways import way_m, way_s
from routing.search.compiled.wish import WISH

LOCK = 20
FINISH = 21
"""A late start breaks one of three rules: the window (`WINDOW`), a told time, or the time to finish."""
PROMISE = 22
"""All rules hold, but somebody would be served later than promised."""
NO_ROOM = 23
"""No position has the time: the amount is the least it is late."""


@jit
def miss_alone(
    t: Tables, c: Calendar, k: Scratch, who: tuple[int, int, int], idle: Ints, plugs: Ints
) -> tuple[int, int]:
    """Return what breaks even if the unit (with so many idle nodes; is a time told?) had nothing else to do.

    The first rule that was found, by the least amount; OK when nothing breaks somewhere.
    """
    unit, count, told = who
    _forget(k)
    for row in range(plugs.size + 1):
        if row > 0 and plugs[row - 1] < 0:
            break
        for at in range(count):
            for i in range(count):
                k.path.stop[i].node, k.path.stop[i].not_before = idle[i], 0
            k.path.out[OUT_COUNT] = count
            put_in(k.path, at, WISH)
            if row > 0:
                put_in(k.path, at, t.n_requests + plugs[row - 1])
            status = walk(t, c, unit, k.path)
            if status == OK:
                return OK, 0
            _note(t, k, (unit, status, told))
    return k.best[BEST_UNIT], k.best[BEST_ADDED]


@jit
def miss_busy(t: Tables, s: Routes, c: Calendar, k: Scratch, unit: int, told: Ints) -> tuple[int, int]:
    """Return what breaks when the wish is put into the unit's route, or that no position has the time.

    OK: nothing breaks somewhere. `told` says of every request whether its time is told.
    """
    late_s = _list_spots(t, s, k, unit)
    _forget(k)
    has_room = s.row[unit].count + 3 < s.stop.shape[1]
    while has_room:
        at = least_spot(s, k, unit)
        if at < 0:
            break
        k.spot[at].bound = FOREVER
        read_route(s, unit, k.path)
        put_in(k.path, at, WISH)
        status = _kept(s, k, unit, walk(t, c, unit, k.path))
        if status == OK:
            return OK, 0
        _note(t, k, (unit, status, _is_told(k.path, told)))
        if status != ENERGY:
            continue
        count = list_nearest_plugs(t, k, unit, s.stop[unit, at].at)
        for way in range(2 * count):
            beside = 2 * k.option[way // 2].plug + way % 2
            status = _kept(s, k, unit, walk_beside(t, s, c, k, (unit, at, beside)))
            if status == OK:
                return OK, 0
            _note(t, k, (unit, status, _is_told(k.path, told)))
    if k.best[BEST_UNIT] == NOBODY:
        return NO_ROOM, late_s
    return k.best[BEST_UNIT], k.best[BEST_ADDED]


@inlined
def _kept(s: Routes, k: Scratch, unit: int, status: int) -> int:
    """Return the status of a walk; that a promise breaks is told by what that costs."""
    if status == OK and k.path.out[OUT_PROMISE] > s.row[unit].promise:
        k.path.out[OUT_AMOUNT] = k.path.out[OUT_PROMISE] - s.row[unit].promise
        return PROMISE
    return status


@inlined
def _is_told(w: Path, told: Ints) -> int:
    node = w.stop[w.out[OUT_INDEX]].node
    return int(told[node]) if node < told.size else 0


@inlined
def _forget(k: Scratch) -> None:
    k.best[BEST_UNIT], k.best[BEST_ADDED], k.best[BEST_POSITION] = NOBODY, 0, NOBODY


@inlined
def _note(t: Tables, k: Scratch, miss: tuple[int, int, int]) -> None:
    """Keep the first rule that broke, and the least amount of it, in `k.best`."""
    unit, rule, told = miss
    if rule == FULL:
        return
    amount = k.path.out[OUT_AMOUNT]
    if rule == WINDOW:
        node = k.path.stop[k.path.out[OUT_INDEX]].node
        length_s = t.job[t.unit[unit].cls, node].length
        begun_s = amount + min(t.node[node].latest, t.node[node].finish - length_s)
        if told != 0:
            rule = LOCK
        elif begun_s <= t.node[node].latest:
            rule = FINISH
    if k.best[BEST_UNIT] == NOBODY or (k.best[BEST_UNIT] == rule and amount < k.best[BEST_ADDED]):
        k.best[BEST_UNIT], k.best[BEST_ADDED] = rule, amount


@inlined
def _list_spots(t: Tables, s: Routes, k: Scratch, unit: int) -> int:
    """List the positions whose times leave room by what they cost at least; return the least it is late.

    -1: all have room, or no way.
    """
    least_s = -1
    length = t.job[t.unit[unit].cls, WISH].length
    latest = min(t.node[WISH].latest, t.node[WISH].finish - length)
    place = t.node[WISH].place
    for at in range(s.row[unit].count):
        k.spot[at].bound = FOREVER
        here, node = s.stop[unit, at].at, s.stop[unit, at].node
        there = t.node[node].place if t.node[node].place >= 0 else here
        go_s, on_s = way_s(t, unit, here, place), way_s(t, unit, place, there)
        if go_s >= NO_WAY or on_s >= NO_WAY:
            continue
        start = max(s.stop[unit, at].free + go_s, t.node[WISH].earliest)
        late_s = max(start - latest, start + length + on_s - s.stop[unit, at].until)
        if late_s > 0:
            least_s = late_s if least_s < 0 else min(least_s, late_s)
            continue
        direct_s, direct_m = way_s(t, unit, here, there), way_m(t, unit, here, there)
        if direct_s >= NO_WAY:
            direct_s = direct_m = 0
        metres = way_m(t, unit, here, place) + way_m(t, unit, place, there) - direct_m
        busy_s = go_s + on_s - direct_s + length
        waited = max(0, start - t.node[WISH].asked_from) * t.node[WISH].wait_milli // 3600
        way_milli = metres * t.unit[unit].km_milli // 1000 + busy_s * t.unit[unit].h_milli // 3600
        k.spot[at].bound = way_milli + waited
    return least_s

"""The best place for one more request, compiled: bounds first, then walks, the most promising first."""

from routing.search.compiled.arrays import (
    FOREVER,
    NO_WAY,
    NOBODY,
    OK,
    OUT_MILLI,
    Calendar,
    Routes,
    Tables,
)
from routing.search.compiled.dice import roll
from routing.search.compiled.jit import door, inlined, jit
from routing.search.compiled.mend import mend
from routing.search.compiled.routes import put_route, read_route
from routing.search.compiled.scratch import (
    BEST_ADDED,
    BEST_POSITION,
    BEST_UNIT,
    Scratch,
    put_in,
)
from routing.search.compiled.ways import way_m, way_s

BLINK = 0.02
"""How often a position is overlooked, so that another choice may win (Christiaens & Vanden Berghe 2020)."""
MOST_WALKED = 10
"""How many positions are walked at most for one request."""


@door
def find_best(t: Tables, s: Routes, c: Calendar, k: Scratch, request: int) -> int:
    """Find the cheapest place for a request over all units, left in `k.best`; 0 when there is none."""
    count = _list_candidates(t, s, k, request)
    k.best[BEST_ADDED], k.best[BEST_UNIT] = FOREVER, NOBODY
    for _ in range(MOST_WALKED):
        i = _least(k, count)
        if i < 0 or k.candidate[i].bound >= k.best[BEST_ADDED]:
            break
        k.candidate[i].bound = FOREVER
        unit, position = k.candidate[i].unit, k.candidate[i].position
        if try_position(t, s, c, k, (unit, position, request)) == OK:
            added = k.path.out[OUT_MILLI] - s.row[unit].milli
            if added < k.best[BEST_ADDED]:
                k.best[BEST_ADDED], k.best[BEST_UNIT], k.best[BEST_POSITION] = added, unit, position
    return int(k.best[BEST_UNIT] >= 0)


@inlined
def try_position(t: Tables, s: Routes, c: Calendar, k: Scratch, spot: tuple[int, int, int]) -> int:
    """Walk a route with a request put in, a recharge beside it if need be; the path is left in `k.path`."""
    unit, position, request = spot
    read_route(s, unit, k.path)
    put_in(k.path, position, request)
    return mend(t, c, unit, k)


@door
def insert_best(t: Tables, s: Routes, c: Calendar, k: Scratch, request: int) -> int:
    """Put a request where `find_best` has found room; the walk is done again. 0: there is none any more."""
    unit, position = k.best[BEST_UNIT], k.best[BEST_POSITION]
    if try_position(t, s, c, k, (unit, position, request)) != OK:
        return 0
    put_route(t, s, c, unit, k.path)
    return 1


@inlined
def _least(k: Scratch, count: int) -> int:
    best, least = -1, FOREVER
    for i in range(count):
        if k.candidate[i].bound < least:
            best, least = i, k.candidate[i].bound
    return best


@jit
def _list_candidates(t: Tables, s: Routes, k: Scratch, request: int) -> int:
    """List the positions whose times leave room, with a bound on what they cost."""
    count = 0
    for unit in range(t.n_units):
        locked = t.node[request].lock_unit != NOBODY and t.node[request].lock_unit != unit
        if locked or not t.job[t.unit[unit].cls, request].fits or s.row[unit].count + 3 >= s.stop.shape[1]:
            continue
        latest = min(t.node[request].latest, t.node[request].finish - t.job[t.unit[unit].cls, request].length)
        for position in range(s.row[unit].count):
            if s.stop[unit, position].free > latest:
                break
            bound = _bound(t, s, unit, (position, request, latest))
            overlooked = k.blinking[0] != 0 and roll(k.dice) < BLINK
            if bound < t.node[request].price and not overlooked:
                k.candidate[count].bound, k.candidate[count].unit, k.candidate[count].position = (
                    bound,
                    unit,
                    position,
                )
                count += 1
    return count


@inlined
def _bound(t: Tables, s: Routes, unit: int, spot: tuple[int, int, int]) -> int:
    """Return the least a position can cost; FOREVER when its times leave no room."""
    position, request, latest = spot
    length = t.job[t.unit[unit].cls, request].length
    if s.stop[unit, position].until < t.node[request].earliest + length:
        return FOREVER
    here, place = s.stop[unit, position].at, t.node[request].place
    node = s.stop[unit, position].node
    there = t.node[node].place if t.node[node].place >= 0 else here
    go_s = way_s(t, unit, here, place)
    on_s = way_s(t, unit, place, there)
    start = max(s.stop[unit, position].free + go_s, t.node[request].earliest)
    if start > latest or start + length + on_s > s.stop[unit, position].until or go_s >= NO_WAY:
        return FOREVER
    direct_s = way_s(t, unit, here, there)
    metres = way_m(t, unit, here, place) + way_m(t, unit, place, there) - way_m(t, unit, here, there)
    busy_s = go_s + on_s - direct_s + length
    waited = max(0, start - t.node[request].asked_from) * t.node[request].wait_milli // 3600
    changed = t.node[request].prev_unit != -1 and t.node[request].prev_unit != unit
    return int(
        metres * t.unit[unit].km_milli // 1000
        + busy_s * t.unit[unit].h_milli // 3600
        + waited
        + (t.change_milli if changed else 0)
        - 2
    )

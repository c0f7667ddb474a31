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
from routing.search.compiled.jit import door, inlined
from routing.search.compiled.mend import mend
from routing.search.compiled.routes import put_route, read_route
from routing.search.compiled.scratch import (
    BEST_ADDED,
    BEST_POSITION,
    BEST_SPARE,
    BEST_UNIT,
    Scratch,
    put_in,
)
from routing.search.compiled.ways import way_m, way_s

BLINK = 0.02
"""How often a unit is overlooked, so that another choice may win (Christiaens & Vanden Berghe 2020)."""
MOST_WALKED = 8
"""How many positions are walked at most on one route for one request."""


@door
def list_spots(t: Tables, s: Routes, k: Scratch, unit: int, request: int) -> int:
    """List the positions of a route by what they cost at least, in `k.spot`; return the least of all."""
    least = FOREVER
    latest = min(t.node[request].latest, t.node[request].finish - t.job[t.unit[unit].cls, request].length)
    for at in range(s.row[unit].count):
        k.spot[at].bound = FOREVER
        if s.stop[unit, at].free <= latest:
            k.spot[at].bound = _bound(t, s, unit, (at, request, latest))
        least = min(least, k.spot[at].bound)
    return least


@door
def find_best(t: Tables, s: Routes, c: Calendar, k: Scratch, request: int) -> int:
    """Find the cheapest place for a request over all units, left in `k.best`; 0 when none is worth its price.

    A route that has not changed is not looked at again: what is known of it stands (another unit may have
    taken a plug since: the walk of the chosen place says so). Of the others bounds are known first, and walks
    are made while a bound is below the best.
    """
    k.best[BEST_ADDED], k.best[BEST_UNIT] = t.node[request].price, NOBODY
    count = _list_candidates(t, s, k, request)
    while True:
        i = _least(k, count)
        if i < 0 or k.candidate[i].bound >= k.best[BEST_ADDED]:
            break
        k.candidate[i].bound = FOREVER
        unit = k.candidate[i].unit
        _look_closely(t, s, c, k, (unit, request))
        if k.known[request, unit].exact:
            _note_best(k, request, unit)
    return int(k.best[BEST_UNIT] >= 0)


@inlined
def _note_best(k: Scratch, request: int, unit: int) -> None:
    if k.known[request, unit].added < k.best[BEST_ADDED]:
        k.best[BEST_ADDED], k.best[BEST_UNIT] = k.known[request, unit].added, unit
        k.best[BEST_POSITION] = k.known[request, unit].at


@inlined
def _list_candidates(t: Tables, s: Routes, k: Scratch, request: int) -> int:
    """Note the best of what is known exactly; list the units of which a bound is known."""
    count = 0
    for unit in range(t.n_units):
        locked = t.node[request].lock_unit != NOBODY and t.node[request].lock_unit != unit
        shut = locked or k.closed[unit] != 0 or not t.job[t.unit[unit].cls, request].fits
        if shut or s.row[unit].count + 3 >= s.stop.shape[1]:
            continue
        if k.blinking[0] != 0 and roll(k.dice) < BLINK:
            continue
        if k.known[request, unit].version != s.row[unit].version:
            k.known[request, unit].version, k.known[request, unit].exact = s.row[unit].version, 0
            k.known[request, unit].added = list_spots(t, s, k, unit, request)
        if k.known[request, unit].exact:
            _note_best(k, request, unit)
        elif k.known[request, unit].added < k.best[BEST_ADDED]:
            k.candidate[count].bound, k.candidate[count].unit = k.known[request, unit].added, unit
            count += 1
    return count


@inlined
def _least(k: Scratch, count: int) -> int:
    best, least = -1, FOREVER
    for i in range(count):
        if k.candidate[i].bound < least:
            best, least = i, k.candidate[i].bound
    return best


@inlined
def _look_closely(t: Tables, s: Routes, c: Calendar, k: Scratch, who: tuple[int, int]) -> None:
    """Walk the positions of a route, the most promising first, until the cost is known, or too much."""
    unit, request = who
    list_spots(t, s, k, unit, request)
    best, best_at = FOREVER, NOBODY
    exact = 1
    # Of a wish is told that nobody can come: every position that might do is walked first.
    most = MOST_WALKED if k.blinking[0] != 0 else s.row[unit].count
    for _ in range(most):
        at = least_spot(s, k, unit)
        if at < 0 or k.spot[at].bound >= best:
            break
        if k.spot[at].bound >= k.best[BEST_ADDED]:
            best, exact = k.spot[at].bound, 0
            break
        k.best[BEST_SPARE] = min(best, k.best[BEST_ADDED]) - k.spot[at].bound
        k.spot[at].bound = FOREVER
        if try_position(t, s, c, k, (unit, at, request)) == OK:
            added = k.path.out[OUT_MILLI] - s.row[unit].milli
            if added < best:
                best, best_at = added, at
                k.known[request, unit].spare = k.best[BEST_SPARE]
    k.known[request, unit].added, k.known[request, unit].at = best, best_at
    k.known[request, unit].exact = exact


@inlined
def least_spot(s: Routes, k: Scratch, unit: int) -> int:
    """Return the most promising position of those listed; -1 when none is left."""
    best, least = -1, FOREVER
    for at in range(s.row[unit].count):
        if k.spot[at].bound < least:
            best, least = at, k.spot[at].bound
    return best


@inlined
def try_position(t: Tables, s: Routes, c: Calendar, k: Scratch, spot: tuple[int, int, int]) -> int:
    """Walk a route with a request put in, a recharge beside it if need be; the path is left in `k.path`."""
    unit, position, request = spot
    read_route(s, unit, k.path)
    put_in(k.path, position, request)
    return mend(t, c, unit, k)


@door
def insert_best(t: Tables, s: Routes, c: Calendar, k: Scratch, request: int) -> int:
    """Put a request where `find_best` has found room; the walk is done again.

    0: there is none any more, since another unit has taken the plug; the route is to be looked at again.
    """
    unit, position = k.best[BEST_UNIT], k.best[BEST_POSITION]
    k.best[BEST_SPARE] = k.known[request, unit].spare
    status = try_position(t, s, c, k, (unit, position, request))
    if status != OK or k.path.out[OUT_MILLI] - s.row[unit].milli >= t.node[request].price:
        k.known[request, unit].version = NOBODY
        return 0
    put_route(t, s, c, unit, k.path)
    return 1


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

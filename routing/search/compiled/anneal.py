"""Ruin, put back, accept: the loop of the search, compiled."""

from math import log

from routing.search.compiled.arrays import (
    BREAK,
    HOME,
    NO_WAY,
    NOBODY,
    OK,
    OUT_MILLI,
    RECHARGE,
    SERVE,
    Calendar,
    Floats,
    Ints,
    Routes,
    Tables,
)
from routing.search.compiled.dice import roll
from routing.search.compiled.insertion import find_best, insert_best
from routing.search.compiled.jit import door, inlined, jit
from routing.search.compiled.pool import Pool, keep_all, keep_touched
from routing.search.compiled.routes import (
    clear_route,
    copy_route,
    put_route,
    read_route,
    restore_route,
    total_milli,
)
from routing.search.compiled.ruin import ruin, save
from routing.search.compiled.scratch import BEST_SEED, BEST_UNIT, Scratch, put_in
from routing.search.compiled.walk import walk
from routing.search.compiled.ways import way_s

type Run = tuple[Routes, Routes, Routes, Calendar, Scratch, Pool]

MOST_TRIES = 4
"""How often a place is looked for when the one that was found has gone."""
MOST_OTHERS = 6
"""How many requests that nobody serves are tried again in a step, besides those just taken off."""


@jit
def anneal(t: Tables, run: Run, order: Ints, plan: Floats) -> int:
    """Insert what is open in an order, then try changes; return the cost of the best.

    One door for both: what lies behind it is compiled once.

    Parameters
    ----------
    run
        The current routes, the best, room for saved ones, the plugs of the current, scratch, pool.
    order
        Requests to insert first, each where it costs least; empty: none, and no recharge is looked at.
    plan
        How many changes to try, the temperature at first and at last.
    """
    s, best, saved, c, k, pool = run
    if order.size > 0:
        _fill(t, s, saved, c, k, order)
        mark_all(k.dirty)
        _adopt(s, best, k)
        keep_all(t, s, k, pool)
    steps = int(plan[0])
    current = total_milli(s)
    least = total_milli(best)
    cooling = (plan[2] / plan[1]) ** (1.0 / max(1, steps))
    temperature = plan[1]
    for _ in range(steps):
        ruin(t, s, c, saved, k)
        recreate(t, s, c, saved, k)
        polish_touched(t, s, c, k)
        milli = total_milli(s)
        if milli < current - temperature * log(max(roll(k.dice), 1e-12)):
            keep_touched(t, s, k, pool)
            current = milli
            if milli < least:
                least = milli
                _adopt(s, best, k)
            clear(k.touched)
        else:
            _undo(t, s, saved, c, k)
        temperature *= cooling
    return least


@inlined
def _fill(t: Tables, s: Routes, saved: Routes, c: Calendar, k: Scratch, order: Ints) -> None:
    k.blinking[0] = 0
    for i in range(order.size):
        if s.unit_of[order[i]] == NOBODY:
            _put_in_best(t, s, saved, c, k, order[i])
    k.blinking[0] = 1
    mark_all(k.touched)
    polish_touched(t, s, c, k)
    clear(k.touched)


@door
def _put_in_best(t: Tables, s: Routes, saved: Routes, c: Calendar, k: Scratch, request: int) -> None:
    """Put a request where it costs least, if that is less than leaving it."""
    for _ in range(MOST_TRIES):
        if find_best(t, s, c, k, request) == 0:
            return
        save(s, saved, k, k.best[BEST_UNIT])
        if insert_best(t, s, c, k, request) != 0:
            return


@door
def recreate(t: Tables, s: Routes, c: Calendar, saved: Routes, k: Scratch) -> None:
    """Put requests back one after the other, each where it costs least, if that is less than leaving it."""
    _add_others(t, s, k)
    count = k.removed[-1]
    _set_keys(t, k, count)
    _sort(k, count)
    for i in range(count):
        _put_in_best(t, s, saved, c, k, k.removed[i])


@inlined
def _add_others(t: Tables, s: Routes, k: Scratch) -> None:
    """Add the nearest requests that nobody serves to those taken off: it is there that room was made."""
    taken = count = k.removed[-1]
    for i in range(taken):
        k.mark[k.removed[i]] = 1
    seed = k.best[BEST_SEED]
    for i in range(t.near.shape[1] + 1):
        request = seed if i == 0 else t.near[seed, i - 1]
        if s.unit_of[request] == NOBODY and not k.mark[request] and t.node[request].price > 0:
            k.removed[count] = request
            count += 1
            if count >= taken + MOST_OTHERS:
                break
    for i in range(taken):
        k.mark[k.removed[i]] = 0
    k.removed[-1] = count


@inlined
def _set_keys(t: Tables, k: Scratch, count: int) -> None:
    """Choose an order: by chance, the dearest first, the earliest latest start first, the longest first."""
    way = roll(k.dice)
    for i in range(count):
        request = k.removed[i]
        if way < 0.4:
            k.key[i] = 1_000_000 * roll(k.dice)
        elif way < 0.6:
            k.key[i] = -t.node[request].price
        elif way < 0.8:
            k.key[i] = t.node[request].latest
        elif way < 0.9:
            k.key[i] = t.node[request].earliest
        else:
            k.key[i] = -t.job[0, request].length


@inlined
def _sort(k: Scratch, count: int) -> None:
    """Sort what is to be put back by its key; few enough to insert one by one."""
    for i in range(1, count):
        key, request = k.key[i], k.removed[i]
        j = i
        while j > 0 and k.key[j - 1] > key:
            k.key[j], k.removed[j] = k.key[j - 1], k.removed[j - 1]
            j -= 1
        k.key[j], k.removed[j] = key, request


@door
def polish(t: Tables, s: Routes, c: Calendar, k: Scratch, unit: int) -> None:
    """Add recharges to a route where they lower its cost; after its last stop of a day, or where it waits."""
    position = 0
    while position < s.row[unit].count and s.row[unit].count + 3 < s.stop.shape[1]:
        node = s.stop[unit, position].node
        kind = t.node[node].kind
        gap_s = s.stop[unit, position].start - s.stop[unit, position].free
        full = t.unit[unit].target if kind == HOME else t.unit[unit].usable * 9 // 10
        lacks = s.stop[unit, position].pack < full
        if lacks and (kind == HOME or (kind in (SERVE, BREAK) and gap_s > 900)):
            _try_recharge(t, s, c, k, (unit, position))
            while t.node[s.stop[unit, position].node].kind == RECHARGE:
                position += 1
        position += 1


@door
def polish_touched(t: Tables, s: Routes, c: Calendar, k: Scratch) -> None:
    """Let touched units recharge where that lowers their cost: at the end of a day, and in waits."""
    for unit in range(t.n_units):
        if k.touched[unit] and not k.closed[unit]:
            polish(t, s, c, k, unit)


@inlined
def _try_recharge(t: Tables, s: Routes, c: Calendar, k: Scratch, spot: tuple[int, int]) -> None:
    """Walk the route with a recharge at the two nearest plugs; keep the cheapest if cheaper than without."""
    unit, position = spot
    if position > 0 and t.node[s.stop[unit, position - 1].node].kind == RECHARGE:
        return
    best = tried = NOBODY
    least = s.row[unit].milli
    for _ in range(2):
        plug = _nearest_plug(t, s, spot, tried)
        if plug < 0:
            break
        tried = plug
        read_route(s, unit, k.path)
        put_in(k.path, position, t.n_requests + plug)
        if walk(t, c, unit, k.path) == OK and k.path.out[OUT_MILLI] < least:
            best, least = plug, k.path.out[OUT_MILLI]
    if best >= 0:
        read_route(s, unit, k.path)
        put_in(k.path, position, t.n_requests + best)
        if walk(t, c, unit, k.path) == OK:
            put_route(t, s, c, unit, k.path)


@inlined
def _nearest_plug(t: Tables, s: Routes, spot: tuple[int, int], but: int) -> int:
    unit, position = spot
    here = s.stop[unit, position].at
    node = s.stop[unit, position].node
    there = t.node[node].place if t.node[node].place >= 0 else here
    best, least = -1, NO_WAY
    for plug in range(t.n_plugs):
        if plug == but or not t.socket[t.unit[unit].cls, plug].ok:
            continue
        if (
            but >= 0
            and t.node[t.n_requests + plug].power == t.node[t.n_requests + but].power
            and t.node[t.n_requests + plug].place == t.node[t.n_requests + but].place
        ):
            continue
        place = t.node[t.n_requests + plug].place
        detour = (
            way_s(t, unit, here, place)
            + way_s(t, unit, place, there)
            - t.node[t.n_requests + plug].power // 1000
        )
        if detour < least:
            best, least = plug, detour
    return best


@inlined
def _adopt(s: Routes, best: Routes, k: Scratch) -> None:
    """Make the current routes the best."""
    for unit in range(s.row.size):
        if k.dirty[unit]:
            copy_route(s, best, unit)
            k.dirty[unit] = 0
    best.open_milli[0] = s.open_milli[0]


@door
def _undo(t: Tables, s: Routes, saved: Routes, c: Calendar, k: Scratch) -> None:
    """Bring back what was touched in this step."""
    for unit in range(t.n_units):
        if k.touched[unit]:
            clear_route(t, s, c, unit)
    for unit in range(t.n_units):
        if k.touched[unit]:
            restore_route(t, saved, s, c, unit)
            k.touched[unit] = 0


@inlined
def clear(flags: Ints) -> None:
    """Set all to zero."""
    for i in range(flags.size):
        flags[i] = 0


@inlined
def mark_all(flags: Ints) -> None:
    """Set all to one."""
    for i in range(flags.size):
        flags[i] = 1

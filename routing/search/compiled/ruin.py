"""Taking a part of a plan away, compiled: strings of neighbouring stops (SISR).

Christiaens and Vanden Berghe, Slack Induction by String Removals for Vehicle Routing Problems, 2020.
"""

from routing.search.compiled.arrays import (
    BREAK,
    NOBODY,
    OK,
    OUT_COUNT,
    RECHARGE,
    SERVE,
    Calendar,
    Routes,
    Tables,
)
from routing.search.compiled.dice import roll, roll_below
from routing.search.compiled.jit import door, inlined
from routing.search.compiled.mend import mend_deeply
from routing.search.compiled.routes import copy_route, put_route
from routing.search.compiled.scratch import BEST_SEED, Scratch, put_in
from routing.search.compiled.walk import walk

LONGEST_STRING = 4
MEAN_REMOVED = 4
STRIPPED = 0.25
"""How often all recharges of a route are thrown away and found anew."""
WHOLE = 0.03
"""How often whole routes go."""
SPLIT = 0.3
"""How often a string leaves something in its middle."""


@door
def ruin(t: Tables, s: Routes, c: Calendar, saved: Routes, k: Scratch) -> None:
    """Take strings of requests near a random one off their routes; note them in `k.removed`."""
    k.removed[-1] = 0
    seed = roll_below(k.dice, t.n_requests)
    k.best[BEST_SEED] = seed
    longest = LONGEST_STRING
    if roll(k.dice) < WHOLE:
        longest = s.stop.shape[1]
    strings = 1 + roll_below(k.dice, max(1, 2 * MEAN_REMOVED // (1 + min(longest, LONGEST_STRING) // 2)))
    taken = 0
    for i in range(t.near.shape[1] + 1):
        request = seed if i == 0 else t.near[seed, i - 1]
        unit = s.unit_of[request]
        if unit == NOBODY or k.touched[unit] or k.closed[unit] or not t.node[request].movable:
            continue
        taken += _take_string(t, s, c, saved, k, (unit, request, longest))
        if taken >= strings:
            return


@inlined
def _take_string(
    t: Tables, s: Routes, c: Calendar, saved: Routes, k: Scratch, spot: tuple[int, int, int]
) -> int:
    """Take a string around a request off its route; return 1, or 0 when the route cannot do without."""
    unit = spot[0]
    _mark_string(t, s, k, spot)
    save(s, saved, k, unit)
    strip = roll(k.dice) < STRIPPED
    _read_without(t, s, unit, k, int(strip))
    if roll(k.dice) < 0.1:
        _move_break(t, k)
    status = mend_deeply(t, c, unit, k) if strip else walk(t, c, unit, k.path)
    if status != OK:
        _read_without(t, s, unit, k, 0)
        status = walk(t, c, unit, k.path)
    for i in range(s.row[unit].count):
        node = s.stop[unit, i].node
        if t.node[node].kind == SERVE and k.mark[node]:
            k.mark[node] = 0
            if status == OK:
                k.removed[k.removed[-1]] = node
                k.removed[-1] += 1
    if status != OK:
        return 0
    put_route(t, s, c, unit, k.path)
    return 1


@inlined
def save(s: Routes, saved: Routes, k: Scratch, unit: int) -> None:
    """Keep a route before it is changed for the first time in this step."""
    if not k.touched[unit]:
        copy_route(s, saved, unit)
        k.touched[unit] = 1
        k.dirty[unit] = 1


@inlined
def _mark_string(t: Tables, s: Routes, k: Scratch, spot: tuple[int, int, int]) -> None:
    unit, request, longest = spot
    here = served = 0
    for i in range(s.row[unit].count):
        if t.node[s.stop[unit, i].node].kind == SERVE:
            if s.stop[unit, i].node == request:
                here = served
            served += 1
    length = 1 + roll_below(k.dice, min(longest, served))
    first = max(0, here - roll_below(k.dice, length))
    first = min(first, served - length)
    kept_from = kept_to = -1
    if length > 2 and roll(k.dice) < SPLIT:
        kept_from = first + 1 + roll_below(k.dice, length - 2)
        kept_to = kept_from + 1
    index = 0
    for i in range(s.row[unit].count):
        node = s.stop[unit, i].node
        if t.node[node].kind != SERVE:
            continue
        inside = first <= index < first + length and not kept_from <= index < kept_to
        if inside and t.node[node].movable:
            k.mark[node] = 1
        index += 1


@inlined
def _read_without(t: Tables, s: Routes, unit: int, k: Scratch, strip: int) -> None:
    count = 0
    for i in range(s.row[unit].count):
        node = s.stop[unit, i].node
        kind = t.node[node].kind
        if (kind == SERVE and k.mark[node]) or (kind == RECHARGE and strip):
            continue
        k.path.stop[count].node, k.path.stop[count].not_before = node, s.stop[unit, i].not_before
        count += 1
    k.path.out[OUT_COUNT] = count


@inlined
def _move_break(t: Tables, k: Scratch) -> None:
    """Put one break elsewhere on its day."""
    w = k.path
    at = roll_below(k.dice, w.out[OUT_COUNT])
    if t.node[w.stop[at].node].kind != BREAK:
        return
    node, count = w.stop[at].node, w.out[OUT_COUNT]
    for i in range(at, count - 1):
        w.stop[i].node, w.stop[i].not_before = w.stop[i + 1].node, w.stop[i + 1].not_before
    w.out[OUT_COUNT] = count - 1
    first = last = 0
    for i in range(count - 1):
        if t.node[w.stop[i].node].day == t.node[node].day and t.node[w.stop[i].node].kind != BREAK:
            last = i
            break
        if t.node[w.stop[i].node].day >= 0 and t.node[w.stop[i].node].day < t.node[node].day:
            first = i + 1
    put_in(w, first + roll_below(k.dice, last - first + 1), node)

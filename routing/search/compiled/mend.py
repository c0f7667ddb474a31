"""A recharge where energy lacks, compiled: which plug, before which stop."""

from routing.search.compiled.arrays import (
    BREAK,
    ENERGY,
    FOREVER,
    HOME,
    NO_WAY,
    OK,
    OUT_AMOUNT,
    OUT_COUNT,
    OUT_INDEX,
    OUT_MILLI,
    RECHARGE,
    SERVE,
    Calendar,
    Path,
    Tables,
)
from routing.search.compiled.charge import charge_s
from routing.search.compiled.jit import door, inlined
from routing.search.compiled.plugs import find_gap
from routing.search.compiled.scratch import BEST_SPARE, OPTIONS, Scratch, copy_path, is_full, put_in
from routing.search.compiled.walk import walk
from routing.search.compiled.ways import way_m, way_s


@door
def list_recharges(t: Tables, c: Calendar, unit: int, k: Scratch) -> int:
    """List the most promising recharges where a walk has just failed for energy; return how many."""
    w = k.path
    lacking, first = w.out[OUT_AMOUNT], w.out[OUT_INDEX]
    if t.node[w.stop[first].node].kind == RECHARGE:
        # What is needed is more than a pack holds: it leaves full, and the walk has not come any further.
        plug = w.stop[first].node - t.n_requests
        before = max(0, w.stop[first].pack - w.stop[first].drawn)
        full_s = charge_s(t, unit, plug, before, t.unit[unit].usable)
        w.stop[first + 1].free = w.stop[first].free + w.stop[first].seconds + full_s
        w.stop[first + 1].pack = t.unit[unit].usable
        first += 1
    last = _sketch(t, unit, w, first)
    count = 0
    for at in range(first, last + 1):
        following = w.stop[at].node
        if t.node[following].kind == RECHARGE or (at > 0 and t.node[w.stop[at - 1].node].kind == RECHARGE):
            continue
        there = t.node[following].place if t.node[following].place >= 0 else w.stop[at].at
        for plug in range(t.n_plugs):
            if t.socket[t.unit[unit].cls, plug].ok:
                gap = (w.stop[at].at, there, w.stop[at].free, lacking)
                count = _consider(t, c, (unit, at, plug), gap, k, count)
    return count


@door
def mend(t: Tables, c: Calendar, unit: int, k: Scratch) -> int:
    """Walk `k.path`; where energy lacks, put in the recharge that makes it feasible at the least cost.

    Returns
    -------
    int
        OK with the mended, walked path in `k.path`, or the first rule that breaks.
    """
    status = walk(t, c, unit, k.path)
    if status != ENERGY or is_full(k.path):
        return status
    count = list_recharges(t, c, unit, k)
    best, best_milli = -1, FOREVER
    for i in range(count):
        copy_path(k.path, k.trial)
        put_in(k.trial, k.option[i].at, t.n_requests + k.option[i].plug)
        if walk(t, c, unit, k.trial) == OK and k.trial.out[OUT_MILLI] < best_milli:
            best, best_milli = i, k.trial.out[OUT_MILLI]
    if best < 0:
        return status
    put_in(k.path, k.option[best].at, t.n_requests + k.option[best].plug)
    return walk(t, c, unit, k.path)


@door
def mend_deeply(t: Tables, c: Calendar, unit: int, k: Scratch) -> int:
    """Like `mend`, with up to four recharges, each where it leaves least to be wished."""
    k.best[BEST_SPARE] = FOREVER
    for _ in range(4):
        status = mend(t, c, unit, k)
        if status != ENERGY or is_full(k.path):
            return status
        count = list_recharges(t, c, unit, k)
        best, least = -1, FOREVER
        for i in range(count):
            copy_path(k.path, k.trial)
            put_in(k.trial, k.option[i].at, t.n_requests + k.option[i].plug)
            if walk(t, c, unit, k.trial) != ENERGY:
                continue
            lacks = k.trial.out[OUT_AMOUNT] - 1_000_000 * k.trial.out[OUT_INDEX]
            if lacks < least:
                best, least = i, lacks
        if best < 0:
            return status
        put_in(k.path, k.option[best].at, t.n_requests + k.option[best].plug)
    return walk(t, c, unit, k.path)


@inlined
def _sketch(t: Tables, unit: int, w: Path, first: int) -> int:
    """Note when the unit would be free without looking at energy; return where the pack would be too low."""
    free, cls = w.stop[first].free, t.unit[unit].cls
    pack = w.stop[first].pack
    for i in range(first, w.out[OUT_COUNT]):
        node = w.stop[i].node
        kind = t.node[node].kind
        w.stop[i].free = free
        free += w.stop[i].seconds
        pack -= w.stop[i].drawn
        floor = t.unit[unit].reserve
        if kind == SERVE:
            free = max(free, t.node[node].earliest) + t.job[cls, node].length
            pack -= t.job[cls, node].draw
            floor += t.refuge[t.day[t.unit[unit].first_day].refuge, node]
        elif kind == BREAK:
            free = max(free, t.node[node].earliest) + t.node[node].length
        elif kind == HOME:
            free = max(free, t.day[t.node[node].day].end)
        if pack < floor or kind == RECHARGE:
            return i
    return int(w.out[OUT_COUNT] - 1)


@inlined
def _consider(
    t: Tables, c: Calendar, what: tuple[int, int, int], gap: tuple[int, int, int, int], k: Scratch, count: int
) -> int:
    """Rank a recharge by what its way costs and some of its time; closely only if it can be kept."""
    unit, at, plug = what
    here, there, free_s, lacking = gap
    place = t.node[t.n_requests + plug].place
    go_s, on_s = way_s(t, unit, here, place), way_s(t, unit, place, there)
    if go_s >= NO_WAY or on_s >= NO_WAY:
        return count
    detour_s = go_s + on_s - way_s(t, unit, here, there)
    detour_m = way_m(t, unit, here, place) + way_m(t, unit, place, there) - way_m(t, unit, here, there)
    way_milli = detour_m * t.unit[unit].km_milli // 1000 + detour_s * t.unit[unit].h_milli // 3600
    if way_milli - 2 >= k.best[BEST_SPARE] or (count == OPTIONS and way_milli >= k.option[count - 1].rank):
        return count
    length_s = lacking * 3600 // max(1, t.node[t.n_requests + plug].power)
    start_s, _ = find_gap(t, c, (unit, plug), (free_s + go_s, length_s))
    spent_s = start_s - free_s - go_s + length_s
    return _note(k, count, (way_milli + spent_s * t.unit[unit].h_milli // 3600 // 2, at, plug))


@inlined
def _note(k: Scratch, count: int, option: tuple[int, int, int]) -> int:
    """Keep the best few, in order; return how many there are."""
    rank, at, plug = option
    if rank >= FOREVER or (count == OPTIONS and rank >= k.option[count - 1].rank):
        return count
    i = count if count < OPTIONS else count - 1
    while i > 0 and k.option[i - 1].rank > rank:
        k.option[i].rank, k.option[i].at = k.option[i - 1].rank, k.option[i - 1].at
        k.option[i].plug = k.option[i - 1].plug
        i -= 1
    k.option[i].rank, k.option[i].at, k.option[i].plug = rank, at, plug
    return min(count + 1, OPTIONS)

"""A recharge just before or just after the wish, compiled: at which plugs, and the walk with it."""

from routing.search.compiled.arrays import NO_WAY, Calendar, Routes, Tables
from routing.search.compiled.jit import door, inlined
from routing.search.compiled.routes import read_route
from routing.search.compiled.scratch import Scratch, put_in
from routing.search.compiled.walk import walk
from routing.search.compiled.ways import way_s
from routing.search.compiled.wish import WISH

NEAREST_PLUGS = 3
"""How many plugs are tried beside it."""


@door
def list_nearest_plugs(t: Tables, k: Scratch, unit: int, here: int) -> int:
    """List the plugs with the least detour on the way to the wish, of equals the strongest; in `k.option`."""
    count = 0
    for plug in range(t.n_plugs):
        node = t.n_requests + plug
        there_s = way_s(t, unit, here, t.node[node].place)
        back_s = way_s(t, unit, t.node[node].place, t.node[WISH].place)
        if not t.socket[t.unit[unit].cls, plug].ok or there_s >= NO_WAY or back_s >= NO_WAY:
            continue
        rank, power = there_s + back_s, t.node[node].power
        i = count if count < NEAREST_PLUGS else NEAREST_PLUGS
        while i > 0 and (
            k.option[i - 1].rank > rank
            or (k.option[i - 1].rank == rank and t.node[t.n_requests + k.option[i - 1].plug].power < power)
        ):
            k.option[i].rank, k.option[i].plug = k.option[i - 1].rank, k.option[i - 1].plug
            i -= 1
        k.option[i].rank, k.option[i].plug = rank, plug
        count = min(count + 1, NEAREST_PLUGS)
    return count


@inlined
def walk_beside(t: Tables, s: Routes, c: Calendar, k: Scratch, what: tuple[int, int, int]) -> int:
    """Walk a route with the wish and a recharge beside it (twice the plug; one more: after the wish)."""
    unit, at, beside = what
    read_route(s, unit, k.path)
    put_in(k.path, at, WISH)
    put_in(k.path, at + beside % 2, t.n_requests + beside // 2)
    return walk(t, c, unit, k.path)

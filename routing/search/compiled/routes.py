"""Routes as they stand, compiled: putting one in, taking requests off, saving and restoring."""

from routing.search.compiled.arrays import (
    BREAK,
    HOME,
    NOBODY,
    OUT_COUNT,
    OUT_MILLI,
    OUT_PROMISE,
    OUT_USES,
    SERVE,
    Calendar,
    Path,
    Routes,
    Tables,
)
from routing.search.compiled.jit import door, inlined, jit
from routing.search.compiled.plugs import add_use, remove_uses
from routing.search.compiled.ways import way_s


@inlined
def read_route(s: Routes, unit: int, w: Path) -> None:
    """Copy the nodes of a route into scratch."""
    for i in range(s.row[unit].count):
        w.stop[i].node = s.stop[unit, i].node
        w.stop[i].not_before = s.stop[unit, i].not_before
    w.out[OUT_COUNT] = s.row[unit].count


@inlined
def drop_uses(s: Routes, c: Calendar, unit: int) -> None:
    """Give a unit's turns at plugs free."""
    for i in range(s.row[unit].uses):
        remove_uses(c, unit, s.use[unit, i].plug)


@jit
def reserve(s: Routes, c: Calendar, unit: int, use: tuple[int, int, int]) -> None:
    """Note a turn at a plug (plug, from, to) for a unit whose route is still to be walked."""
    plug, begin, end = use
    i = s.row[unit].uses
    s.use[unit, i].plug, s.use[unit, i].begin, s.use[unit, i].end = plug, begin, end
    s.row[unit].uses = i + 1
    add_use(c, unit, plug, (begin, end))


@door
def put_route(t: Tables, s: Routes, c: Calendar, unit: int, w: Path) -> None:
    """Make the path that has just been walked the unit's route."""
    drop_uses(s, c, unit)
    for i in range(s.row[unit].count):
        node = s.stop[unit, i].node
        if t.node[node].kind == SERVE and s.unit_of[node] == unit:
            s.unit_of[node] = NOBODY
            s.open_milli[0] += t.node[node].price
    count = w.out[OUT_COUNT]
    for i in range(count):
        node = w.stop[i].node
        s.stop[unit, i].node, s.stop[unit, i].not_before = node, w.stop[i].not_before
        s.stop[unit, i].free, s.stop[unit, i].pack, s.stop[unit, i].at = (
            w.stop[i].free,
            w.stop[i].pack,
            w.stop[i].at,
        )
        s.stop[unit, i].start, s.stop[unit, i].energy = w.stop[i].start, w.stop[i].energy
        if t.node[node].kind == SERVE:
            s.unit_of[node] = unit
            s.open_milli[0] -= t.node[node].price
    s.row[unit].count, s.row[unit].milli, s.row[unit].promise = count, w.out[OUT_MILLI], w.out[OUT_PROMISE]
    s.row[unit].uses = w.out[OUT_USES]
    s.stamp[0] += 1
    s.row[unit].version = s.stamp[0]
    for i in range(w.out[OUT_USES]):
        s.use[unit, i].plug = w.use[i].plug
        s.use[unit, i].begin, s.use[unit, i].end = w.use[i].begin, w.use[i].end
        add_use(c, unit, w.use[i].plug, (w.use[i].begin, w.use[i].end))
    _note_latest(t, s, unit)


@inlined
def _note_latest(t: Tables, s: Routes, unit: int) -> None:
    """Note until when each node may start; hopeful: times alone, recharges take none."""
    count = s.row[unit].count
    until = 0
    for i in range(count - 1, -1, -1):
        node = s.stop[unit, i].node
        kind = t.node[node].kind
        if kind == HOME:
            until = t.day[t.node[node].day].home_by
        elif kind == SERVE:
            length = t.job[t.unit[unit].cls, node].length
            until = min(t.node[node].latest, t.node[node].finish - length, until - length)
        elif kind == BREAK:
            until = min(t.node[node].latest, until - t.node[node].length)
        s.stop[unit, i].until = until
        there = t.node[node].place if t.node[node].place >= 0 else s.stop[unit, i].at
        until -= way_s(t, unit, s.stop[unit, i].at, there)


@door
def copy_route(source: Routes, target: Routes, unit: int) -> None:
    """Copy one unit's route, not who serves whom."""
    count = source.row[unit].count
    for i in range(count):
        target.stop[unit, i] = source.stop[unit, i]
    target.row[unit] = source.row[unit]
    for i in range(source.row[unit].uses):
        target.use[unit, i] = source.use[unit, i]


@door
def restore_route(t: Tables, saved: Routes, s: Routes, c: Calendar, unit: int) -> None:
    """Bring a saved route back with its turns at plugs; all that are to be restored were cleared before."""
    copy_route(saved, s, unit)
    for i in range(s.row[unit].uses):
        add_use(c, unit, s.use[unit, i].plug, (s.use[unit, i].begin, s.use[unit, i].end))
    for i in range(s.row[unit].count):
        node = s.stop[unit, i].node
        if t.node[node].kind == SERVE:
            s.unit_of[node] = unit
            s.open_milli[0] -= t.node[node].price


@door
def clear_route(t: Tables, s: Routes, c: Calendar, unit: int) -> None:
    """Take a route away: its turns at plugs and its requests; the row itself is left to be overwritten."""
    drop_uses(s, c, unit)
    for i in range(s.row[unit].count):
        node = s.stop[unit, i].node
        if t.node[node].kind == SERVE and s.unit_of[node] == unit:
            s.unit_of[node] = NOBODY
            s.open_milli[0] += t.node[node].price
    s.row[unit].count = 0
    s.row[unit].uses = 0


@door
def total_milli(s: Routes) -> int:
    """Return the cost of everything, what is not served included."""
    milli = s.open_milli[0]
    for unit in range(s.row.size):
        milli += s.row[unit].milli
    return int(milli)

"""Routes that were good once, compiled: what the choice across units is made from."""

from dataclasses import dataclass

from routing.search.compiled.arrays import Ints, Records, Routes, Tables
from routing.search.compiled.bundle import Bundle
from routing.search.compiled.jit import door, inlined
from routing.search.compiled.scratch import Scratch


@dataclass(frozen=True, eq=False)
class Pool(Bundle):
    """Routes by entry; the oldest is overwritten. `seen` keeps the same one from coming twice."""

    filled: Ints  # [2] entries ever put in, entries there are
    entry: Records
    kept: Records  # [entry, position]
    use: Records  # [entry, use]
    seen: Ints  # hash table of fingerprints


@door
def keep_touched(t: Tables, s: Routes, k: Scratch, pool: Pool) -> None:
    """Put the touched routes into the pool."""
    for unit in range(t.n_units):
        if k.touched[unit] and _is_new(s, unit, pool):
            _put(s, unit, pool)


@inlined
def _is_new(s: Routes, unit: int, pool: Pool) -> bool:
    trace = 1469598103 + unit
    for i in range(s.row[unit].count):
        trace = (trace * 1099511 + s.stop[unit, i].node) & 0xFFFFFFFFFFF
    trace = (trace * 1099511 + s.row[unit].milli) & 0xFFFFFFFFFFF
    slot = trace % pool.seen.size
    if pool.seen[slot] == trace:
        return False
    pool.seen[slot] = trace
    return True


@inlined
def _put(s: Routes, unit: int, pool: Pool) -> None:
    at = pool.filled[0] % pool.entry.size
    pool.filled[0] += 1
    pool.filled[1] = min(pool.filled[0], pool.entry.size)
    row = s.row[unit]
    pool.entry[at].unit, pool.entry[at].milli = unit, row.milli
    pool.entry[at].count, pool.entry[at].uses = row.count, row.uses
    for i in range(row.count):
        stop = s.stop[unit, i]
        pool.kept[at, i].node, pool.kept[at, i].start = stop.node, stop.start
        pool.kept[at, i].energy = stop.energy
    for i in range(row.uses):
        pool.use[at, i] = s.use[unit, i]


@door
def keep_all(t: Tables, s: Routes, k: Scratch, pool: Pool) -> None:
    """Put all routes into the pool."""
    for unit in range(t.n_units):
        if _is_new(s, unit, pool):
            _put(s, unit, pool)

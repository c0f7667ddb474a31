"""Good routes seen on the way, one for each set of customers: what set partitioning chooses from."""

from typing import NamedTuple

import numpy as np

from routing.evrptw.compiled import inner
from routing.evrptw.ground import Array, Ground
from routing.evrptw.labels import EPS
from routing.evrptw.state import CHANGED, COST, State

SLOTS = 1 << 15
FULL = SLOTS * 3 // 4
NODES = 48


class Pool(NamedTuple):
    """A table of routes, open addressing by the mark of their set of customers."""

    mark: Array
    cost: Array
    size: Array
    seq: Array
    kept: Array


def new_pool() -> Pool:
    """Return an empty pool."""
    return Pool(
        mark=np.zeros(SLOTS, np.uint64),
        cost=np.zeros(SLOTS),
        size=np.zeros(SLOTS, np.int32),
        seq=np.zeros((SLOTS, NODES), np.int16),
        kept=np.zeros(1, np.int64),
    )


@inner
def remember(g: Ground, s: State, pool: Pool) -> None:
    """Keep the routes that the last change made."""
    for k in range(s.tally[CHANGED]):
        row = s.changed[k]
        if 0 < s.now.size[row] <= NODES and pool.kept[0] < FULL:
            _store(g, s, pool, row)


@inner
def _store(g: Ground, s: State, pool: Pool, row: int) -> None:
    seq, size = s.now.seq[row], s.now.size[row]
    mark = np.uint64(0)
    for p in range(1, size + 1):
        if seq[p] <= g.customers:
            mark ^= g.marks[seq[p]]
    slot = np.int64(mark & np.uint64(SLOTS - 1))
    while pool.size[slot] > 0 and pool.mark[slot] != mark:
        slot = (slot + 1) & (SLOTS - 1)
    if pool.size[slot] > 0 and pool.cost[slot] <= s.now.sums[row, COST] + EPS:
        return
    if pool.size[slot] == 0:
        pool.kept[0] += 1
    pool.mark[slot] = mark
    pool.cost[slot] = s.now.sums[row, COST]
    pool.size[slot] = size
    for p in range(size):
        pool.seq[slot, p] = seq[p + 1]

"""Choose the recharges of a row again while its customers keep their order: labels along the route.

A label is (cost, time, least, most). One is worth nothing beside another that costs no more and whose
frontier of energy over time is nowhere lower. What is left to drive without a detour bounds the cost from
below.
"""

from typing import Any

import numpy as np

from routing.evrptw.compiled import compiled, inner
from routing.evrptw.ground import BRIDGES, NONE, Ground
from routing.evrptw.labels import EPS, alive, drive, enter
from routing.evrptw.recreate import cross, lay_bridge
from routing.evrptw.state import COST as COST_OF_ROW
from routing.evrptw.state import STAGE, State, refresh

COST, TIME, LEAST, MOST, AHEAD, LATEST = range(6)
PARENT, BRIDGE = range(2)


@compiled
def improve_recharges(g: Ground, s: State, row: int) -> bool:
    """Give a row its cheapest recharges; return whether that changed it."""
    calls = _lay_out(g, s, row)
    if calls == s.now.size[row]:
        return False
    upper = s.now.sums[row, COST_OF_ROW] - EPS
    count: Any = np.int64(1)
    s.stage[0, 0, COST], s.stage[0, 0, TIME] = 0.0, g.ready[0]
    s.stage[0, 0, LEAST], s.stage[0, 0, MOST] = g.full, g.full
    for stage in range(1, calls + 2):
        grown: Any = np.int64(0)
        for nth in range(count):
            grown = _grow(g, s, stage, nth, grown, upper)
        if grown == 0:
            return False
        count = grown
    _write(g, s, row, calls, _cheapest(s, calls + 1, count))
    return True


@inner
def _lay_out(g: Ground, s: State, row: int) -> int:
    """Write the customers into `work`; note the distance ahead and the latest time at each."""
    calls = 0
    s.work[0] = 0
    for p in range(1, s.now.size[row] + 1):
        if s.now.seq[row, p] <= g.customers:
            calls += 1
            s.work[calls] = s.now.seq[row, p]
    s.work[calls + 1] = 0
    s.stage[calls + 1, 0, AHEAD], s.stage[calls + 1, 0, LATEST] = 0.0, g.due[0]
    for k in range(calls, -1, -1):
        i, j = s.work[k], s.work[k + 1]
        s.stage[k, 0, AHEAD] = s.stage[k + 1, 0, AHEAD] + g.dist[i, j]
        gone = g.service[i] + g.dist[i, j] * g.pace
        s.stage[k, 0, LATEST] = min(g.due[i], s.stage[k + 1, 0, LATEST] - gone)
    return calls


@inner
def _grow(g: Ground, s: State, stage: int, nth: int, grown: int, upper: float) -> int:
    """Go on from a label, straight and by every bridge; return the number of labels at the next customer."""
    i, j = s.work[stage - 1], s.work[stage]
    label = s.stage[stage - 1, nth]
    head = (label[TIME], label[LEAST], label[MOST])
    there = enter(g, drive(g, head, i, j), j)
    if alive(g, there, j):
        grown = _add(s, stage, (nth, NONE), label[COST] + g.dist[i, j], there, grown)
    for k in range(BRIDGES):
        cost = label[COST] + g.spans[i, j, k]
        if cost + s.stage[stage, 0, AHEAD] >= upper:
            break
        ok, there = cross(g, head, i, j, k)
        if ok:
            there = enter(g, there, j)
            if alive(g, there, j):
                grown = _add(s, stage, (nth, k), cost, there, grown)
    return grown


@inner
def _add(s: State, stage: int, origin: tuple[int, int], cost: float, head: Any, grown: int) -> Any:
    """Add a label unless another is as good; return the number of labels."""
    time, least, most = head
    if time > s.stage[stage, 0, LATEST] + EPS:
        return grown
    kept: Any = np.int64(0)
    for k in range(grown):
        other = s.stage[stage, k]
        if _covers(other, cost, time, least, most):
            return grown
        if not _covered(other, cost, time, least, most):
            if kept != k:
                _shift(s, stage, k, kept)
            kept += 1
    if kept == STAGE:
        return kept
    label = s.stage[stage, kept]
    label[COST], label[TIME], label[LEAST], label[MOST] = cost, time, least, most
    s.origin[stage, kept, PARENT], s.origin[stage, kept, BRIDGE] = origin
    return kept + 1


@inner
def _shift(s: State, stage: int, k: int, to: int) -> None:
    for column in range(AHEAD):
        s.stage[stage, to, column] = s.stage[stage, k, column]
    for column in range(2):
        s.origin[stage, to, column] = s.origin[stage, k, column]


@inner
def _covers(other: Any, cost: float, time: float, least: float, most: float) -> bool:
    if other[COST] > cost or other[TIME] > time or other[MOST] < most:
        return False
    return bool(other[TIME] - other[LEAST] <= time - least)


@inner
def _covered(other: Any, cost: float, time: float, least: float, most: float) -> bool:
    if other[COST] < cost or other[TIME] < time or other[MOST] > most:
        return False
    return bool(other[TIME] - other[LEAST] >= time - least)


@inner
def _cheapest(s: State, stage: int, count: int) -> Any:
    best: Any = np.int64(0)
    for k in range(1, count):
        if s.stage[stage, k, COST] < s.stage[stage, best, COST]:
            best = k
    return best


@inner
def _write(g: Ground, s: State, row: int, calls: int, nth: int) -> None:
    """Write the row from the label it ends with."""
    for stage in range(calls + 1, 0, -1):  # which label is on the way: kept in the first one's place
        parent, bridge = s.origin[stage, nth, PARENT], s.origin[stage, nth, BRIDGE]
        s.origin[stage, 0, BRIDGE] = bridge
        nth = parent
    seq = s.now.seq[row]
    to: Any = np.int64(1)
    for stage in range(1, calls + 2):
        to = lay_bridge(g, seq, to, (s.work[stage - 1], s.work[stage], s.origin[stage, 0, BRIDGE]))
        seq[to] = s.work[stage]
        to += 1
    s.now.size[row] = to - 2
    refresh(g, s.now, row)

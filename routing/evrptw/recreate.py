"""Put loose customers back: each where it costs least, with recharges before and after where needed."""

from typing import Any, NamedTuple

import numpy as np

from routing.evrptw.chance import below, fraction
from routing.evrptw.compiled import compiled, inner
from routing.evrptw.ground import BRIDGES, NONE, Ground
from routing.evrptw.labels import (
    AHEAD,
    EPS,
    HUGE,
    LATEST,
    LEAST,
    MOST,
    TIME,
    alive,
    drive,
    enter,
    joins,
)
from routing.evrptw.state import ABSENT, LOAD, LOOSE, MOVES, PATIENT, ROWS, State, refresh, touch

BLINK = 0.01
ORDERS = 17


class Spot(NamedTuple):
    """A place for a customer: between positions p and q of a row (what lies between is left out)."""

    cost: float
    row: int
    p: int
    q: int
    before: int  # which bridge leads to the customer; NONE for the straight way
    after: int


@inner
def nowhere() -> Spot:
    """Return the spot that every other beats."""
    return Spot(HUGE, -1, 0, 0, NONE, NONE)


@compiled
def recreate(g: Ground, s: State) -> bool:
    """Insert all loose customers; who has no place is absent.

    With `tally[PATIENT]` the rest goes on when one has none; otherwise False is returned at once.
    """
    order_loose(g, s)
    for k in range(s.tally[LOOSE]):
        customer = s.loose[k]
        spot = find_spot(g, s, customer, BLINK)
        if spot.row >= 0:
            insert(g, s, customer, spot)
        elif s.tally[PATIENT]:
            s.absent[s.tally[ABSENT]] = customer
            s.tally[ABSENT] += 1
        else:
            return False
    return True


@inner
def order_loose(g: Ground, s: State) -> None:
    """Sort the loose customers by one of the orders of Christiaens and Vanden Berghe, drawn by weight."""
    orders: Any = np.int64(ORDERS)
    kind = below(s.random, orders)
    for k in range(s.tally[LOOSE]):
        s.rank[k] = _rank(g, s, s.loose[k], kind)
    for k in range(1, s.tally[LOOSE]):
        rank, customer = s.rank[k], s.loose[k]
        at = k
        while at > 0 and s.rank[at - 1] > rank:
            s.rank[at], s.loose[at] = s.rank[at - 1], s.loose[at - 1]
            at -= 1
        s.rank[at], s.loose[at] = rank, customer


@inner
def _rank(g: Ground, s: State, customer: int, kind: int) -> float:
    if kind < 4:
        return fraction(s.random)
    if kind < 8:
        return -float(g.demand[customer])
    if kind < 10:
        return -float(g.dist[0, customer])
    if kind < 11:
        return float(g.dist[0, customer])
    if kind < 13:
        return float(g.due[customer] - g.ready[customer])
    if kind < 15:
        return float(g.ready[customer])
    return -float(g.due[customer])


@compiled
def find_spot(g: Ground, s: State, customer: int, blink: float) -> Spot:
    """Find the cheapest place; each is overlooked with the probability `blink`."""
    best = nowhere()
    empty_seen = False
    for row in range(s.tally[ROWS]):
        if s.now.size[row] == 0:
            if empty_seen:
                continue
            empty_seen = True
        if s.now.sums[row, LOAD] + g.demand[customer] <= g.capacity + EPS:
            best = _find_in_row(g, s, customer, row, blink, best)
    return best


@inner
def _find_in_row(g: Ground, s: State, customer: int, row: int, blink: float, best: Spot) -> Spot:
    seq, label = s.now.seq[row], s.now.label[row]
    size = s.now.size[row]
    if size + 4 > len(seq) - 2:
        return best
    for p in range(size + 1):
        i = seq[p]
        if label[p, TIME] + g.service[i] + g.dist[i, customer] * g.pace > g.due[customer] + EPS:
            break
        detour = g.dist[i, customer] - label[p, AHEAD]
        if detour + g.dist[customer, seq[p + 1]] < best.cost and not (
            blink > 0.0 and fraction(s.random) < blink
        ):
            best = try_gap(g, s, customer, row, (p, p + 1), best)
        wide = seq[p + 1] > g.customers and p < size
        if wide and detour - label[p + 1, AHEAD] + g.dist[customer, seq[p + 2]] < best.cost:
            best = try_gap(g, s, customer, row, (p, p + 2), best)
    return best


@inner
def try_gap(g: Ground, s: State, customer: int, row: int, gap: tuple[int, int], best: Spot) -> Spot:
    """Return the better of `best` and the customer in this gap, with as few recharges as needed."""
    p, q = gap
    label = s.now.label[row]
    i, j = s.now.seq[row, p], s.now.seq[row, q]
    s.tally[MOVES] += 1
    start = max(label[p, TIME] + g.service[i] + g.dist[i, customer] * g.pace, g.ready[customer])
    if start + g.service[customer] + g.dist[customer, j] * g.pace > label[q, LATEST] + EPS:
        return best
    base = g.dist[i, customer] + g.dist[customer, j] - label[p, AHEAD]
    if q == p + 2:
        base -= label[p + 1, AHEAD]
    head = (label[p, TIME], label[p, LEAST], label[p, MOST])
    there = enter(g, drive(g, head, i, customer), customer)
    if alive(g, there, customer):
        if joins(drive(g, there, customer, j), label[q]):
            return Spot(base, row, p, q, NONE, NONE)
        best = _try_after(g, there, label[q], Spot(base, row, p, q, NONE, NONE), (customer, j), best)
    if g.stations:
        best = _try_before(g, head, label[q], Spot(base, row, p, q, NONE, NONE), (i, customer, j), best)
    return best


@inner
def _try_after(g: Ground, there: Any, tail: Any, plain: Spot, way: tuple[int, int], best: Spot) -> Spot:
    """Try a recharge between the customer and what follows."""
    customer, j = way
    straight = plain.cost - g.dist[customer, j]
    for k in range(BRIDGES):
        cost = straight + g.spans[customer, j, k]
        if cost >= best.cost:
            break
        ok, head = cross(g, there, customer, j, k)
        if ok and joins(head, tail):
            return Spot(cost, plain.row, plain.p, plain.q, plain.before, k)
    return best


@inner
def _try_before(g: Ground, head: Any, tail: Any, plain: Spot, way: tuple[int, int, int], best: Spot) -> Spot:
    """Try a recharge before the customer, and then one after it, too."""
    i, customer, j = way
    straight = plain.cost - g.dist[i, customer]
    for k in range(BRIDGES):
        cost = straight + g.spans[i, customer, k]
        if cost >= best.cost:
            break
        ok, there = cross(g, head, i, customer, k)
        if not ok:
            continue
        there = enter(g, there, customer)
        if not alive(g, there, customer):
            continue
        spot = Spot(cost, plain.row, plain.p, plain.q, k, NONE)
        if joins(drive(g, there, customer, j), tail):
            return spot
        best = _try_after(g, there, tail, spot, (customer, j), best)
    return best


@inner
def cross(g: Ground, head: Any, i: int, j: int, k: int) -> Any:
    """Drive from i to j with the recharges of bridge k; return whether that can be, and the arrival at j."""
    first: Any = np.int64(g.bridges[i, j, k, 0])
    second: Any = np.int64(g.bridges[i, j, k, 1])
    head = enter(g, drive(g, head, i, first), first)
    if second != NONE and alive(g, head, first):
        head = enter(g, drive(g, head, first, second), second)
        first = second
    return alive(g, head, first), drive(g, head, first, j)


@compiled
def insert(g: Ground, s: State, customer: int, spot: Spot) -> None:
    """Put a customer, and the recharges it needs, in its place."""
    row, p, q = spot.row, spot.p, spot.q
    touch(s, row)
    seq, work = s.now.seq[row], s.work
    end = s.now.size[row] + 1
    kept = 0
    for k in range(q, end + 1):
        work[kept] = seq[k]
        kept += 1
    to = lay_bridge(g, seq, p + 1, (seq[p], customer, spot.before))
    seq[to] = customer
    to = lay_bridge(g, seq, to + 1, (customer, work[0], spot.after))
    for k in range(kept):
        seq[to + k] = work[k]
    s.now.size[row] = to + kept - 2
    s.now.sums[row, LOAD] += g.demand[customer]
    s.row[customer] = row
    refresh(g, s.now, row)


@inner
def lay_bridge(g: Ground, seq: Any, to: int, way: tuple[int, int, int]) -> int:
    """Write the stations of a bridge from position `to` on; return the position after them."""
    i, j, k = way
    if k != NONE:
        seq[to] = g.bridges[i, j, k, 0]
        to += 1
        if g.bridges[i, j, k, 1] != NONE:
            seq[to] = g.bridges[i, j, k, 1]
            to += 1
    return to

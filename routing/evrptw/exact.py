"""Small instances, solved with proof: every set of customers gets its cheapest route, then the sets are put
together.

Routes grow customer by customer; of two with the same customers and the same last one, one is dropped that
costs no less and whose frontier of energy over time is nowhere higher. Between two customers stations may
be visited without limit: a chain is known by its first and last station, the way between them being the
shortest with hops a battery can make.
"""

from typing import Any, NamedTuple

import numpy as np

from routing.evrptw.compiled import compiled, inner
from routing.evrptw.ground import NONE, Array, Ground
from routing.evrptw.labels import EPS, alive, drive, enter

LARGEST_EXACT = 15
MOST_LABELS = 6_000_000
SPARE = 200_000  # more than one set can add
VEHICLE = 1e7  # worth more than any distance saved
COST, TIME, LEAST, MOST = range(4)
PARENT, CHAIN, LAST, NEXT = range(4)


type Leg = tuple[float, float, float]  # to the first station, in all, from the last


class Chains(NamedTuple):
    """The chains of stations worth a thought between two nodes, and how to drive them."""

    ends: Array  # [from, to, nth, first|last]
    size: Array  # [from, to]: how many
    hops: Array  # [from, to]: the shortest distance between stations (matrix as `dist`)
    via: Array  # [from, to]: the next node on that way


class Table(NamedTuple):
    """Labels of all sets of customers."""

    head: Array  # [set, last]: the first label, -1 for none
    value: Array  # [label, cost|time|least|most]
    link: Array  # [label, parent|chain|last|next]
    used: Array  # how many labels were made, and the first that is free again
    best: Array  # [set]: the cost of its cheapest route
    final: Array  # [set, label|chain]: how that route ends


def solve_exactly(g: Ground, fleet: int | None, vehicles_first: bool) -> tuple[tuple[int, ...], ...] | None:
    """Return the best routes of a small instance; None when it is too wide for the table or the fleet."""
    n = g.customers
    chains = _build_chains(g)
    table = Table(
        head=np.full((1 << n, n), NONE, np.int64),
        value=np.zeros((MOST_LABELS, 4)),
        link=np.zeros((MOST_LABELS, 4), np.int64),
        used=np.array([0, NONE]),
        best=np.full(1 << n, np.inf),
        final=np.zeros((1 << n, 2), np.int64),
    )
    if not grow_all(g, chains, table):
        return None
    taken = np.zeros(1 << n, np.int64)
    total = np.full(1 << n, np.inf)
    partition(table.best, VEHICLE if vehicles_first else 0.0, total, taken)
    routes = []
    left = (1 << n) - 1
    while left and np.isfinite(total[left]):
        routes.append(_route(g, chains, table, int(taken[left])))
        left ^= int(taken[left])
    return None if left or (fleet is not None and len(routes) > fleet) else tuple(routes)


def _build_chains(g: Ground) -> Chains:
    count, first = len(g.ready), g.customers + 1
    stations = range(first, count)
    hops, via = _shortest_hops(g, first)
    width = max(1, g.stations**2)
    ends = np.full((first, first, width, 2), NONE, np.int64)
    counts = np.zeros((first, first), np.int64)
    for i in range(first):
        for j in range(first):
            pairs = [(s, t) for s in stations for t in stations if np.isfinite(hops[s, t])]
            legs: list[Leg] = [
                (g.dist[i, s], g.dist[i, s] + hops[s, t] + g.dist[t, j], g.dist[t, j]) for s, t in pairs
            ]
            kept = [k for k, leg in enumerate(legs) if not _is_beaten(leg, legs[:k], legs[k + 1 :])]
            counts[i, j] = len(kept)
            for nth, k in enumerate(kept):
                ends[i, j, nth] = pairs[k]
    return Chains(ends, counts, hops, via)


def _is_beaten(leg: Leg, earlier: list[Leg], later: list[Leg]) -> bool:
    """Return whether another chain is no longer in any way (of two equal ones the earlier stays)."""
    if any(all(x <= y for x, y in zip(other, leg, strict=True)) for other in earlier):
        return True
    return any(other != leg and all(x <= y for x, y in zip(other, leg, strict=True)) for other in later)


def _shortest_hops(g: Ground, first: int) -> tuple[Array, Array]:
    """Return the shortest ways between stations whose hops a battery can make (Floyd and Warshall)."""
    count = len(g.ready)
    hops = np.full((count, count), np.inf)
    via = np.full((count, count), NONE, np.int64)
    for s in range(first, count):
        for t in range(first, count):
            if g.dist[s, t] * g.thirst <= g.full + EPS:
                hops[s, t], via[s, t] = g.dist[s, t], t
    for u in range(first, count):
        for s in range(first, count):
            for t in range(first, count):
                if hops[s, u] + hops[u, t] < hops[s, t] - EPS:
                    hops[s, t], via[s, t] = hops[s, u] + hops[u, t], via[s, u]
    return hops, via


@compiled
def grow_all(g: Ground, chains: Chains, table: Table) -> bool:
    """Fill the table; return False when it is too small."""
    start: Any = (0.0, (g.ready[0], g.full, g.full))
    nowhere: Any = (np.int64(0), np.int64(0), np.int64(NONE))
    for c in range(1, g.customers + 1):
        _extend(g, chains, table, nowhere, c, start)
    for members in range(1, 1 << g.customers):
        if _load(g, members) <= g.capacity + EPS:
            for last in range(g.customers):
                _grow(g, chains, table, members, last)
        if table.used[0] > MOST_LABELS - SPARE:
            return False
    return True


@inner
def _load(g: Ground, members: int) -> float:
    load = 0.0
    for c in range(g.customers):
        if members >> c & 1:
            load += g.demand[c + 1]
    return load


@inner
def _grow(g: Ground, chains: Chains, table: Table, members: int, last: int) -> None:
    """Go on from every label of a set and its last customer: home, and to everybody who is not in it."""
    label = table.head[members, last]
    home: Any = np.int64(0)
    while label != NONE:
        value = table.value[label]
        travelled: Any = (value[COST], (value[TIME], value[LEAST], value[MOST]))
        origin: Any = (np.int64(members), np.int64(last + 1), label)
        _extend(g, chains, table, origin, home, travelled)
        for c in range(g.customers):
            if not members >> c & 1:
                _extend(g, chains, table, origin, c + 1, travelled)
        label = table.link[label, NEXT]


@inner
def _extend(g: Ground, chains: Chains, table: Table, origin: Any, j: int, travelled: Any) -> None:
    """Go on from a label to node j, straight and by every chain."""
    members, i, label = origin
    cost, head = travelled
    straight: Any = (members, label, np.int64(NONE))
    there = enter(g, drive(g, head, i, j), j)
    if alive(g, there, j):
        _keep(table, straight, j, cost + g.dist[i, j], there)
    for nth in range(chains.size[i, j]):
        first, last = chains.ends[i, j, nth, 0], chains.ends[i, j, nth, 1]
        there = enter(g, drive(g, head, i, first), first)
        if first != last and alive(g, there, first):
            there = enter(g, _hop(g, there, chains.hops[first, last]), last)
        if alive(g, there, last):
            there = enter(g, drive(g, there, last, j), j)
            if alive(g, there, j):
                length = g.dist[i, first] + chains.hops[first, last] + g.dist[last, j]
                _keep(table, (members, label, nth), j, cost + length, there)


@inner
def _hop(g: Ground, head: tuple[float, float, float], distance: float) -> tuple[float, float, float]:
    """Drive from station to station, recharging in between as needed."""
    time, least, most = head
    time += distance * g.pace
    least -= distance * g.thirst
    if least < 0.0:
        time -= least
        least = 0.0
    return time, least, most


@inner
def _keep(
    table: Table, origin: tuple[int, int, int], j: int, cost: float, head: tuple[float, float, float]
) -> None:
    """Note a label (or, at the depot, a route) unless another is as good."""
    members, parent, chain = origin
    if j == 0:
        if cost < table.best[members]:
            table.best[members] = cost
            table.final[members, 0], table.final[members, 1] = parent, chain
        return
    time, least, most = head
    whom = members | (1 << (j - 1))
    before: Any = np.int64(NONE)
    other = table.head[whom, j - 1]
    while other != NONE:
        value = table.value[other]
        following = table.link[other, NEXT]
        slack = value[TIME] - value[LEAST] - (time - least)
        if value[COST] <= cost and value[TIME] <= time and value[MOST] >= most and slack <= 0.0:
            return
        if value[COST] >= cost and value[TIME] >= time and value[MOST] <= most and slack >= 0.0:
            if before == NONE:
                table.head[whom, j - 1] = following
            else:
                table.link[before, NEXT] = following
            table.link[other, NEXT], table.used[1] = table.used[1], other
        else:
            before = other
        other = following
    label = _take_free(table)
    value = table.value[label]
    value[COST], value[TIME], value[LEAST], value[MOST] = cost, time, least, most
    table.link[label, PARENT], table.link[label, CHAIN] = parent, chain
    table.link[label, LAST], table.link[label, NEXT] = j, table.head[whom, j - 1]
    table.head[whom, j - 1] = label


@inner
def _take_free(table: Table) -> Any:
    """Return a label that nobody uses: one dropped before it was grown from, or a new one."""
    label = table.used[1]
    if label == NONE:
        label = table.used[0]
        table.used[0] = min(label + 1, MOST_LABELS - 1)
    else:
        table.used[1] = table.link[label, NEXT]
    return label


@compiled
def partition(best: Array, fixed: float, total: Array, taken: Array) -> None:
    """Put every set together from sets with one route each, at the least cost."""
    total[0] = 0.0
    for members in range(1, len(best)):
        lowest = members & -members
        rest = members ^ lowest
        part = rest
        while True:
            whom = part | lowest
            cost = best[whom] + fixed + total[members ^ whom]
            if cost < total[members]:
                total[members], taken[members] = cost, whom
            if part == 0:
                break
            part = (part - 1) & rest


def _route(g: Ground, chains: Chains, table: Table, members: int) -> tuple[int, ...]:
    """Return the cheapest route of a set, read from its end."""
    label, chain = (int(x) for x in table.final[members])
    route: list[int] = []
    node = 0
    while True:
        before = int(table.link[label, LAST]) if label != NONE else 0
        route = [*_stations(chains, before, node, chain), *([node] if node else []), *route]
        if label == NONE:
            return tuple(route)
        node = before
        label, chain = int(table.link[label, PARENT]), int(table.link[label, CHAIN])


def _stations(chains: Chains, i: int, j: int, nth: int) -> list[int]:
    if nth == NONE:
        return []
    first, last = (int(s) for s in chains.ends[i, j, nth])
    stops = [first]
    while stops[-1] != last:
        stops.append(int(chains.via[stops[-1], last]))
    return stops

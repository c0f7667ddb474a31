"""An instance as arrays for the compiled search.

Energy is measured in the time it takes to recharge it, so that a frontier of time against energy has slope
one.
"""

from typing import Any, NamedTuple

import numpy as np

from routing.evrptw.compiled import compiled, inner
from routing.evrptw.instance import Instance

SINGLES, CHAINS = 6, 2
BRIDGES = SINGLES + CHAINS
NONE = -1

type Array = np.ndarray[Any, Any]


class Ground(NamedTuple):
    """What does not change while searching; node 0 is the depot, then customers, then stations."""

    customers: int
    stations: int
    capacity: float
    full: float  # a full battery, in time to recharge it
    pace: float  # time per distance
    thirst: float  # energy per distance
    dist: Array  # [node, node]
    ready: Array
    due: Array
    service: Array
    demand: Array
    bridges: Array  # [from, to, nth, 0|1]: the stations of the nth shortest way with a recharge; NONE ends
    spans: Array  # [from, to, nth]: the length of that way
    close: Array  # [customer, nth]: customers from near to far, itself first
    marks: Array  # a random word per node; a set of customers is the exclusive or of theirs


def build_ground(instance: Instance) -> Ground:
    """Lay an instance out in arrays."""
    nodes = instance.nodes
    count, customers = len(nodes), len(instance.customers)
    scale = 10.0 if instance.truncated else 1.0  # truncated distances become whole numbers: exact sums
    dist = np.array([[instance.measure(a, b) * scale for b in nodes] for a in nodes])
    dist = np.round(dist) if instance.truncated else dist
    price = instance.recharge_time if instance.electric else 1.0
    full = instance.battery * price if instance.electric else 1e12
    thirst = instance.consumption * price if instance.electric else 0.0
    bridges = np.full((count, count, BRIDGES, 2), NONE, np.int16)
    spans = np.full((count, count, BRIDGES), np.inf)
    if len(instance.stations):
        find_bridges(dist, customers, full / thirst, bridges, spans)
    return Ground(
        customers=customers,
        stations=len(instance.stations),
        capacity=float(instance.capacity),
        full=float(full),
        pace=1.0 / instance.speed,
        thirst=float(thirst),
        dist=dist,
        ready=np.array([node.ready * scale for node in nodes]),
        due=np.array([node.due * scale for node in nodes]),
        service=np.array([0.0, *(node.service * scale for node in nodes[1:])]),
        demand=np.array([node.demand if node in instance.customers else 0.0 for node in nodes]),
        bridges=bridges,
        spans=spans,
        close=_neighbours(dist, customers),
        marks=np.random.default_rng(count).integers(1, 2**63, count, dtype=np.uint64),
    )


def _neighbours(dist: Array, customers: int) -> Array:
    order = np.argsort(dist[: customers + 1, 1 : customers + 1], axis=1, kind="stable") + 1
    rows = [[c, *(o for o in order[c] if o != c)] if c else list(order[c]) for c in range(customers + 1)]
    return np.array(rows, np.int64)


@compiled
def find_bridges(dist: Array, customers: int, reach: float, bridges: Array, spans: Array) -> None:
    """Find for each pair of nodes the stations worth a thought between them.

    A station is worth one unless another is nearer to both ends; of chains of two stations the shortest are
    kept that are nearer to an end than every single station.
    """
    count = dist.shape[0]
    for a in range(count):
        for b in range(count):
            for s in range(customers + 1, count):
                if s != a and s != b and not _beaten(dist, customers, a, b, s, s):
                    _keep(dist, reach, (a, b, s, s), (0, SINGLES), bridges, spans)
            for s in range(customers + 1, count):
                for t in range(customers + 1, count):
                    if s != t and s != a and t != b and not _beaten(dist, customers, a, b, s, t):
                        _keep(dist, reach, (a, b, s, t), (SINGLES, BRIDGES), bridges, spans)
            _close_up(bridges[a, b], spans[a, b])


@inner
def _beaten(dist: Array, customers: int, a: int, b: int, s: int, t: int) -> bool:
    """Return whether a single station is as near to both ends as a way by s (first) and t (last) is."""
    for u in range(customers + 1, dist.shape[0]):
        if u in (a, b):
            continue
        if dist[a, u] <= dist[a, s] and dist[u, b] <= dist[t, b]:
            closer = dist[a, u] < dist[a, s] or dist[u, b] < dist[t, b]
            if s != t or closer or u < s:
                return True
    return False


@inner
def _keep(dist: Array, reach: float, way: Any, slots: Any, bridges: Array, spans: Array) -> None:
    """Put a way in its place among the shortest of its kind, if it can be driven."""
    a, b, s, t = way
    first, end = slots
    span = dist[a, s] + dist[s, t] + dist[t, b]
    if max(dist[a, s], dist[s, t], dist[t, b]) > reach or span >= spans[a, b, end - 1]:
        return
    k = end - 1
    while k > first and spans[a, b, k - 1] > span:
        spans[a, b, k] = spans[a, b, k - 1]
        bridges[a, b, k, 0], bridges[a, b, k, 1] = bridges[a, b, k - 1, 0], bridges[a, b, k - 1, 1]
        k -= 1
    spans[a, b, k] = span
    bridges[a, b, k, 0] = s
    bridges[a, b, k, 1] = t if t != s else NONE


@inner
def _close_up(bridges: Array, spans: Array) -> None:
    """Sort the ways of one pair by length, singles and chains together."""
    for k in range(1, BRIDGES):
        span, s, t = spans[k], bridges[k, 0], bridges[k, 1]
        at = k
        while at > 0 and spans[at - 1] > span:
            spans[at] = spans[at - 1]
            bridges[at, 0], bridges[at, 1] = bridges[at - 1, 0], bridges[at - 1, 1]
            at -= 1
        spans[at] = span
        bridges[at, 0] = s
        bridges[at, 1] = t

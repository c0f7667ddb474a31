"""Energy and time in O(1) a stop: how a route's beginning and its end are summed up, and whether they fit
together.

A beginning is (time, least, most): the earliest service, the energy left then if every recharge was as
small as it could be, and the most energy possible. Being later by x means having recharged x more at the
last station (energy is measured in time), so energy(t) = min(most, least + t - time): how much to recharge
is decided late.

An end is (need, latest, bound): a vehicle that arrives at time t with energy e can go on iff e >= need, t
<= latest and t - e <= bound. All three are exact for one recharge rate (compare Desaulniers et al. 2016).
"""

from typing import Any

from routing.evrptw.compiled import compiled, inner
from routing.evrptw.ground import Array, Ground

TIME, LEAST, MOST, NEED, LATEST, BOUND, AHEAD = range(7)
WIDTH = 8
EPS = 1e-7
HUGE = 1e15


@compiled
def drive(g: Ground, head: Any, i: int, j: int) -> Any:
    """Return the beginning on arrival at j; a negative `most` means that no recharge is enough."""
    time, least, most = head
    spent = g.dist[i, j] * g.thirst
    time += g.service[i] + g.dist[i, j] * g.pace
    least -= spent
    most -= spent
    if least < 0.0:
        time -= least
        least = 0.0
    return time, least, most


@compiled
def enter(g: Ground, head: Any, j: int) -> Any:
    """Return the beginning once service at j may start (waiting fills the battery), its end being minded."""
    time, least, most = head
    if j > g.customers and most >= -EPS:
        most = g.full
    if time < g.ready[j]:
        least = min(most, least + g.ready[j] - time)
        time = g.ready[j]
    return time, least, min(most, least + g.due[j] - time)


@inner
def alive(g: Ground, head: Any, j: int) -> bool:
    """Return whether a beginning that entered j is possible."""
    return bool(head[2] >= -EPS and head[0] <= g.due[j] + EPS)


@compiled
def joins(head: Any, tail: Array) -> bool:
    """Return whether a beginning, on arrival at a node, can go on with the end that starts there."""
    time, least, most = head
    if most < max(tail[NEED], 0.0) - EPS or time - least > tail[BOUND] + EPS:
        return False
    return bool(time + max(0.0, tail[NEED] - least) <= tail[LATEST] + EPS)


@inner
def look_back(g: Ground, tail: Any, i: int, j: int) -> Any:
    """Return the end that starts on arrival at i and goes on to j with the end `tail`."""
    need, latest, bound = tail
    gone = g.service[i] + g.dist[i, j] * g.pace
    spent = g.dist[i, j] * g.thirst
    need += spent
    latest = min(latest - gone, g.due[i])
    bound -= gone + spent
    if i > g.customers:
        bound = min(bound, latest - need) if need <= g.full + EPS else -HUGE
        need = 0.0
    return max(need, g.ready[i] - bound), latest, bound

"""Choose anew among the routes of all pools: what no search that changes a few routes at a time can see."""

from collections.abc import Iterator, Sequence

import numpy as np

from routing.evrptw.budget import Progress
from routing.evrptw.ground import Ground
from routing.evrptw.pool import Pool
from routing.evrptw.worker import Routes
from routing.solver.columns import ChoiceLimit, Column, choose_columns

LONG = 25  # customers a route on average: beyond, few routes of a pool fit together
MOST, PER_SECOND = 25_000, 4_000  # columns to price, in all and for each second left
BRIEF = 0.5  # seconds, too few to choose
SHARE, LONGEST = 0.04, 5.0  # of the time left over all, and seconds
WORK = 1.0


def recombine(
    g: Ground, pools: Sequence[Pool], known: Routes, progress: Progress, most_routes: int = 0
) -> Routes | None:
    """Return better routes than those known, from the pools, or None; as many as known unless told."""
    left = progress.left()
    if g.customers > LONG * len(known) or left < BRIEF:
        return None
    most = min(MOST, int(min(left, 100.0) * PER_SECOND))
    routes = {_whom(g, route): route for route in known}
    for route in _routes_in(pools):
        whom = _whom(g, route)
        if len(routes) < most and (whom not in routes or _length(g, route) < _length(g, routes[whom])):
            routes[whom] = route
    columns = [Column(_length(g, route), whom) for whom, route in routes.items()]
    counted = progress.budget.iterations is not None
    seconds = 1e6 if counted else min(LONGEST, SHARE * (progress.budget.seconds or 0.0), left / 4)
    choice = choose_columns(
        columns,
        range(1, g.customers + 1),
        most_routes or len(known),
        sum(_length(g, route) for route in known),
        ChoiceLimit(seconds, WORK if counted else None),
    )
    if choice is None:
        return None
    listed = list(routes.values())
    return tuple(listed[number] for number in choice.columns)


def _routes_in(pools: Sequence[Pool]) -> Iterator[tuple[int, ...]]:
    for pool in pools:
        for slot in np.flatnonzero(pool.size):
            yield tuple(int(node) for node in pool.seq[slot, : pool.size[slot]])


def _whom(g: Ground, route: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(node for node in route if node <= g.customers))


def _length(g: Ground, route: tuple[int, ...]) -> float:
    stops = (0, *route, 0)
    return float(g.dist[stops[:-1], stops[1:]].sum())

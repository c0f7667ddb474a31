"""Room for the arrays of a search: made once, as large as the problem asks."""

from typing import Any

import numpy as np

from routing.model.problem import Problem
from routing.search.compiled.arrays import (
    CANDIDATE,
    ENTRY,
    KEPT,
    KNOWN,
    NOBODY,
    OPTION,
    OUT_SIZE,
    ROW,
    SPOT,
    STOP,
    TURN,
    USE,
    Calendar,
    Ints,
    Path,
    Routes,
    Tables,
)
from routing.search.compiled.pool import Pool
from routing.search.compiled.scratch import BEST_SIZE, OPTIONS, Scratch

LONGEST_ROUTE = 96
MOST_USES = 64
POOL_SIZE = 8_192
SEEN_SIZE = 1 << 17


def room(*shape: int, of: Any = np.int64) -> Ints:
    """Return numbers or records, all zero."""
    return np.zeros(shape, dtype=of)


def route_length(t: Tables) -> int:
    """Return how many nodes a route may have: all requests with a recharge each, within reason."""
    days = int(t.unit["n_days"].max(initial=1))
    return days + t.n_breaks_of_one + 6 + min(2 * t.n_requests, LONGEST_ROUTE)


def make_path(t: Tables) -> Path:
    """Return scratch for one route."""
    length = route_length(t) + 1
    return Path(room(length, of=STOP), room(length, of=USE), room(OUT_SIZE))


def make_routes(t: Tables) -> Routes:
    """Return room for the routes of all units, nobody served yet."""
    length = route_length(t)
    return Routes(
        row=room(t.n_units, of=ROW),
        stop=room(t.n_units, length, of=STOP),
        use=room(t.n_units, length, of=USE),
        unit_of=np.full(t.n_requests, NOBODY, dtype=np.int64),
        open_milli=np.array([t.node["price"][: t.n_requests].sum()], dtype=np.int64),
        stamp=room(1),
    )


def make_calendar(problem: Problem) -> Calendar:
    """Return the plugs with the uses that stand already."""
    n = len(problem.plugs)
    width = MOST_USES + max((len(plug.busy) for plug in problem.plugs), default=0)
    calendar = Calendar(room(n), room(n, width, of=TURN))
    for i, plug in enumerate(problem.plugs):
        for j, (begin_s, end_s) in enumerate(plug.busy):
            calendar.turn[i, j] = (begin_s, end_s, NOBODY)
        calendar.count[i] = len(plug.busy)
    return calendar


def make_scratch(t: Tables, seed: int, wishes: int | None = None) -> Scratch:
    """Return scratch for one search with dice of its own; it may be for the first few requests alone."""
    return Scratch(
        path=make_path(t),
        trial=make_path(t),
        candidate=room(t.n_units, of=CANDIDATE),
        spot=room(route_length(t), of=SPOT),
        known=_nothing_known(t.n_requests if wishes is None else wishes, t.n_units),
        option=room(OPTIONS, of=OPTION),
        best=room(BEST_SIZE),
        touched=room(t.n_units),
        dirty=room(t.n_units),
        closed=room(t.n_units),
        removed=room(2 * t.n_requests + 32),
        key=room(2 * t.n_requests + 32),
        mark=room(t.n_requests),
        dice=np.array([_mixed(seed)], dtype=np.int64),
        blinking=np.ones(1, dtype=np.int64),
    )


def _nothing_known(requests: int, units: int) -> Ints:
    known = room(requests, units, of=KNOWN)
    known["version"] = NOBODY
    return known


def _mixed(seed: int) -> int:
    """Return a state for the dice that differs in many bits for neighbouring seeds (splitmix)."""
    x = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % 2**64
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    return ((x ^ (x >> 27)) % 2**60) | 1


def make_pool(t: Tables, size: int = POOL_SIZE) -> Pool:
    """Return an empty pool."""
    length = route_length(t)
    return Pool(
        filled=room(2),
        entry=room(size, of=ENTRY),
        kept=room(size, length, of=KEPT),
        use=room(size, length, of=USE),
        seen=room(SEEN_SIZE),
    )

"""Turns at plugs, compiled: the next gap, and the power of the grid behind them."""

from routing.search.compiled.arrays import FOREVER, Calendar, Tables
from routing.search.compiled.jit import inlined, jit


@inlined
def find_gap(t: Tables, c: Calendar, who: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
    """Return the first start with room and the end of that gap.

    Parameters
    ----------
    who
        The unit (its own uses do not count) and the plug.
    span
        From when on, and for how long.
    """
    unit, plug = who
    ready_s, length_s = span
    start_s = ready_s
    while True:
        start_s, gap_end_s = _find_turn(c, unit, plug, (start_s, length_s))
        if t.node[t.n_requests + plug].grid < 0:
            return start_s, gap_end_s
        later_s, grid_end_s = _find_power(t, c, who, (start_s, length_s))
        if later_s == start_s:
            return start_s, min(gap_end_s, grid_end_s)
        start_s = later_s


@inlined
def _find_turn(c: Calendar, unit: int, plug: int, span: tuple[int, int]) -> tuple[int, int]:
    start_s, length_s = span
    for i in range(c.count[plug]):
        if c.turn[plug, i].who == unit:
            continue
        if start_s + max(length_s, 1) <= c.turn[plug, i].begin:
            return start_s, c.turn[plug, i].begin
        start_s = max(start_s, c.turn[plug, i].end)
    return start_s, FOREVER


@jit
def _find_power(t: Tables, c: Calendar, who: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
    """Return the first start from which the grid bears the plug all the time, and until when it does."""
    plug = who[1]
    start_s, length_s = span
    at_s = start_s
    end_s = start_s + max(length_s, 1)
    while True:
        left, change_s = _power_left(t, c, who, at_s)
        if left < t.node[t.n_requests + plug].power:
            if at_s >= end_s:
                return start_s, at_s
            if change_s >= FOREVER:
                return FOREVER, FOREVER
            start_s = change_s
            end_s = start_s + max(length_s, 1)
        elif change_s >= FOREVER:
            return start_s, FOREVER
        at_s = change_s


@inlined
def _power_left(t: Tables, c: Calendar, who: tuple[int, int], at_s: int) -> tuple[int, int]:
    """Return the power a grid has left at an instant, and when that may change next."""
    unit, plug = who
    grid = t.node[t.n_requests + plug].grid
    first, last = t.node[t.n_requests + plug].grid_at, t.node[t.n_requests + plug].grid_end
    left = t.grid[first].power
    change_s = FOREVER
    for i in range(first, last):
        if t.grid[i].begin <= at_s:
            left = t.grid[i].power
        else:
            change_s = min(change_s, t.grid[i].begin)
    for other in range(t.n_plugs):
        if t.node[t.n_requests + other].grid == grid:
            in_use, next_s = _uses_at(c, unit, other, at_s)
            left -= in_use * t.node[t.n_requests + other].power
            change_s = min(change_s, next_s)
    return left, change_s


@inlined
def _uses_at(c: Calendar, unit: int, plug: int, at_s: int) -> tuple[int, int]:
    """Return how many others use a plug at an instant, and when that changes next."""
    in_use = 0
    change_s = FOREVER
    for i in range(c.count[plug]):
        if c.turn[plug, i].who == unit or c.turn[plug, i].end <= at_s:
            continue
        if c.turn[plug, i].begin <= at_s:
            in_use += 1
            change_s = min(change_s, c.turn[plug, i].end)
        else:
            change_s = min(change_s, c.turn[plug, i].begin)
    return in_use, change_s


@inlined
def add_use(c: Calendar, unit: int, plug: int, use: tuple[int, int]) -> None:
    """Note a use; the caller has seen that there is room (`has_room`)."""
    i = c.count[plug]
    while i > 0 and (c.turn[plug, i - 1].begin, c.turn[plug, i - 1].end) > use:
        c.turn[plug, i].begin, c.turn[plug, i].end = c.turn[plug, i - 1].begin, c.turn[plug, i - 1].end
        c.turn[plug, i].who = c.turn[plug, i - 1].who
        i -= 1
    c.turn[plug, i].begin, c.turn[plug, i].end, c.turn[plug, i].who = use[0], use[1], unit
    c.count[plug] += 1


@inlined
def remove_uses(c: Calendar, unit: int, plug: int) -> None:
    """Forget all uses of a plug by a unit."""
    kept = 0
    for i in range(c.count[plug]):
        if c.turn[plug, i].who == unit:
            continue
        c.turn[plug, kept].begin, c.turn[plug, kept].end = c.turn[plug, i].begin, c.turn[plug, i].end
        c.turn[plug, kept].who = c.turn[plug, i].who
        kept += 1
    c.count[plug] = kept


@inlined
def has_room(c: Calendar, plug: int) -> bool:
    """Say whether one more use can be noted."""
    return bool(c.count[plug] + 1 < c.turn.shape[1])

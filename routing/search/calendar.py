"""When plugs are taken, and where the next gap is."""

from bisect import insort
from collections.abc import Iterable
from itertools import pairwise

from routing.model.problem import Grid, Problem
from routing.model.units import Seconds, Watts

type Use = tuple[str, Seconds, Seconds]
"""A plug, from, to."""

FOREVER: Seconds = 1 << 40


class Calendar:
    """The use of plugs that one tour has to respect.

    A plug is also taken while the others leave its grid too little power for it.
    """

    __slots__ = ("_taken",)

    def __init__(self, problem: Problem, uses: Iterable[Use]) -> None:
        self._taken: dict[str, list[tuple[Seconds, Seconds]]] = {p.id: list(p.busy) for p in problem.plugs}
        for plug, from_s, to_s in uses:
            insort(self._taken[plug], (from_s, to_s))
        for grid in problem.grids:
            self._share(grid, problem)

    def _share(self, grid: Grid, problem: Problem) -> None:
        """Add to the plugs of a grid when it has no power left for them."""
        plugs = [plug for plug in problem.plugs if plug.grid == grid.id]
        drawing = [plug for plug in plugs if not plug.is_out(problem.now_s, problem.horizon_s)]
        left = _list_left(grid, [(*use, plug.power_w) for plug in drawing for use in self._taken[plug.id]])
        for plug in plugs:
            short = [(from_s, to_s) for from_s, to_s, power_w in left if power_w < plug.power_w]
            self._taken[plug.id] = sorted(self._taken[plug.id] + short)

    def list_gaps(self, plug: str, ready_s: Seconds) -> list[tuple[Seconds, Seconds]]:
        """List the gaps at a plug from `ready_s` on; the last has no end."""
        gaps: list[tuple[Seconds, Seconds]] = []
        start_s = ready_s
        for from_s, to_s in self._taken[plug]:
            if from_s > start_s:
                gaps.append((start_s, from_s))
            start_s = max(start_s, to_s)
        return [*gaps, (start_s, FOREVER)]

    def find_gap(self, plug: str, ready_s: Seconds, length_s: Seconds) -> tuple[Seconds, Seconds]:
        """Return the first start from `ready_s` on with room for a length, and the end of that gap."""
        start_s = ready_s
        for from_s, to_s in self._taken[plug]:
            if start_s + max(length_s, 1) <= from_s:
                return start_s, from_s
            start_s = max(start_s, to_s)
        return start_s, FOREVER


def _list_left(
    grid: Grid, draws: list[tuple[Seconds, Seconds, Watts]]
) -> list[tuple[Seconds, Seconds, Watts]]:
    """List from when to when how much a grid has left beside these draws."""
    changes = {-FOREVER, FOREVER} | {step[0] for step in grid.steps}
    changes |= {edge_s for from_s, to_s, _ in draws for edge_s in (from_s, to_s)}
    edges = sorted(changes)
    drawn: dict[Seconds, Watts] = dict.fromkeys(edges, 0)
    for from_s, to_s, power_w in draws:
        drawn[from_s] += power_w
        drawn[to_s] -= power_w
    left: list[tuple[Seconds, Seconds, Watts]] = []
    drawn_w = 0
    for from_s, to_s in pairwise(edges):
        drawn_w += drawn[from_s]
        left.append((from_s, to_s, grid.power_at(from_s) - drawn_w))
    return left

"""From an instance to judged routes: the door of this room."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from routing.evrptw.budget import Budget, Progress
from routing.evrptw.checker import total_distance, violations
from routing.evrptw.exact import LARGEST_EXACT, solve_exactly
from routing.evrptw.ground import build_ground
from routing.evrptw.instance import Instance
from routing.evrptw.reach import check_reach
from routing.evrptw.search import search
from routing.model.errors import NoPlan


@dataclass(frozen=True, slots=True)
class Solution:
    """Routes that the judge found nothing against.

    Attributes
    ----------
    instance : str
        Its name.
    routes : tuple of tuple of str
        For each vehicle the ids it visits, without the depot at both ends.
    distance : float
        The length of all routes.
    seconds : float
        How long it took.
    proven : bool
        Whether no better routes exist.
    """

    instance: str
    routes: tuple[tuple[str, ...], ...]
    distance: float
    seconds: float
    proven: bool

    @property
    def vehicles(self) -> int:
        """Return the number of routes."""
        return len(self.routes)


def solve(
    instance: Instance,
    budget: Budget,
    *,
    begun: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Solution:
    """Find the fewest vehicles and, with them, the least distance (with truncated distances: the least
    distance).

    Parameters
    ----------
    instance : Instance
        What is to be served.
    budget : Budget
        How long, with what seed, in how many threads.
    begun : float, optional
        When the budget began to run, on the clock; now by default.
    clock : callable, optional
        Tells the seconds.

    Returns
    -------
    Solution
        Judged feasible.

    Raises
    ------
    InvalidProblem
        When a customer cannot be served by any vehicle.
    NoPlan
        When no routes were found within the fleet.
    """
    check_reach(instance)
    progress = Progress(budget, clock() if begun is None else begun, clock)
    ground = build_ground(instance)
    proven = len(instance.customers) <= LARGEST_EXACT
    found = solve_exactly(ground, instance.fleet, instance.vehicles_first) if proven else None
    if found is None:
        proven = False
        found = search(ground, progress, instance.fleet, instance.vehicles_first)
    names = [node.id for node in instance.nodes]
    routes = tuple(sorted(tuple(names[node] for node in route) for route in found))
    wrong = violations(instance, routes)
    if wrong:
        raise NoPlan(f"the judge refuses what was found: {wrong[0]}")
    return Solution(instance.name, routes, total_distance(instance, routes), progress.spent(), proven)

"""The whole search: fewer vehicles, then less distance, in threads that share what they find."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from routing.evrptw.budget import Progress
from routing.evrptw.ground import Ground
from routing.evrptw.recombine import recombine
from routing.evrptw.state import SPARE_ROWS
from routing.evrptw.worker import ROUNDS, Routes, Worker
from routing.model.errors import NoPlan

FLEET_SHARE = (0.45, 0.25)  # of the time: how long the first thread goes on emptying routes, and the others
MEETINGS = (0.5, 0.7, 0.85, 0.95)  # when a thread takes up the best of all
BUILD_TRIES = 20


@dataclass(slots=True)
class Shared:
    """The best routes of all threads, and their searches."""

    workers: Sequence[Worker]
    vehicles_first: bool = True
    routes: Routes = ()
    distance: float = float("inf")
    lock: Lock = field(default_factory=Lock)

    def offer(self, routes: Routes, distance: float) -> None:
        """Keep these routes if they are better: fewer, or as many and shorter."""
        with self.lock:
            fewer = len(routes) - len(self.routes) if self.vehicles_first else 0
            if not self.routes or (fewer, distance) < (0, self.distance):
                self.routes, self.distance = routes, distance


def search(ground: Ground, progress: Progress, most: int | None, vehicles_first: bool) -> Routes:
    """Search until the budget is used; return the best routes by number of node."""
    budget = progress.budget
    workers = [Worker(ground, budget.seed + 1_000_003 * n) for n in range(budget.threads)]
    shared = Shared(workers, vehicles_first)
    with ThreadPoolExecutor(budget.threads) as threads:
        jobs = [
            threads.submit(_run, shared, n, progress, (most, vehicles_first)) for n in range(budget.threads)
        ]
        for job in jobs:
            job.result()
    return shared.routes


def _run(shared: Shared, number: int, progress: Progress, aim: tuple[int | None, bool]) -> None:
    most, vehicles_first = aim
    worker = shared.workers[number]
    if not vehicles_first:
        worker.spare_rows(most or worker.ground.customers)
    _build(worker, most)
    _offer(shared, worker)
    if vehicles_first:
        _shrink(shared, worker, progress, FLEET_SHARE[min(number, 1)])
    _shorten(shared, worker, progress, vehicles_first, first=number == 0)


def _offer(shared: Shared, worker: Worker) -> None:
    shared.offer(worker.best(), worker.distance)


def _build(worker: Worker, most: int | None) -> None:
    """Serve everybody; with a limited fleet perhaps only after some search."""
    if worker.build(most or worker.ground.customers):
        return
    if any(worker.empty() for _ in range(BUILD_TRIES)):
        return
    raise NoPlan("no routes were found that serve every customer")


def _shrink(shared: Shared, worker: Worker, progress: Progress, until: float) -> None:
    """Empty one route after another."""
    g = worker.ground
    fewest = max(1, ceil(g.demand.sum() / g.capacity - 1e-9)) if g.capacity else 1
    while len(shared.routes) > fewest and progress.share(worker.rounds) < until:
        if worker.served() or worker.vehicles >= len(shared.routes):
            worker.load(shared.routes)
            worker.drop_route()
        if worker.empty(_rounds_left(progress, worker)):
            _offer(shared, worker)
    worker.load(shared.routes)


def _shorten(shared: Shared, worker: Worker, progress: Progress, fleet: bool, first: bool) -> None:
    start = share = progress.share(worker.rounds)
    meetings = [start + (1 - start) * m for m in MEETINGS] if start < 1 else []
    step = 0.0
    while share < 1:
        worker.shorten(
            _spread(start, share), _spread(start, min(1.0, share + step)), _rounds_left(progress, worker)
        )
        _offer(shared, worker)
        if meetings and share >= meetings[0]:
            meetings.pop(0)
            if first:
                _recombine(shared, worker, progress)
            worker.take_up(shared.routes, shared.distance)
        elif fleet and len(shared.routes) < worker.vehicles:
            worker.load(shared.routes)
        before, share = share, progress.share(worker.rounds)
        step = share - before


def _spread(start: float, share: float) -> float:
    return (share - start) / (1 - start)


def _rounds_left(progress: Progress, worker: Worker) -> int:
    """Return how many rounds to do before the next look at the budget."""
    if progress.budget.iterations is None:
        return worker.pace(progress.spent())
    return max(1, min(ROUNDS, progress.budget.iterations - worker.rounds))


def _recombine(shared: Shared, worker: Worker, progress: Progress) -> None:
    """Choose anew among all routes seen by anybody."""
    spare = int(worker.state.tally[SPARE_ROWS])
    better = recombine(worker.ground, [w.pool for w in shared.workers], shared.routes, progress, spare)
    if better:
        worker.load(better)
        _offer(shared, worker)

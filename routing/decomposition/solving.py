"""Large problems: planned district by district, then again and again part by part.

Taillard and Voss, *POPMUSIC: Partial Optimization Metaheuristic Under Special Intensification Conditions*,
2002: the cost of a step follows from the size of the part, not of the whole.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from time import monotonic
from typing import Final

from routing.decomposition.districts import divide
from routing.decomposition.ground import positions_m
from routing.decomposition.neighbourhood import Neighbourhoods, nearest_open
from routing.decomposition.part import cut, part_of
from routing.decomposition.running import Running
from routing.model.errors import NoPlan
from routing.model.plan import Plan
from routing.model.problem import Problem, Request, Unit

FIRST_SHARE: Final = 0.5
"""So much of the time is for the first plan of every district."""
PART_S: Final = 0.8
"""How long a part is planned again."""
AGAIN_S: Final = 0.1
"""When a turn at a plug was lost: enough to find another."""

type Solve = Callable[[Problem, Plan | None, float, int], Plan]
"""Plans a part, from a plan, in so many seconds, with a seed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, on how many threads, and with which dice."""

    seconds: float
    threads: int = 1
    seed: int = 0


class Decomposition:
    """A large problem and its plan, in parts."""

    def __init__(self, problem: Problem, limits: Limits, solve: Solve) -> None:
        self.problem, self.limits, self.solve = problem, limits, solve
        self.begun = monotonic()
        self.at = positions_m(problem)
        self.running = Running(problem)
        self.dice = Random(limits.seed)  # noqa: S311 - reproducible search, no secrets
        # What parts share of a grid is reckoned when they are cut: with grids one follows the other.
        self.threads = 1 if problem.grids else max(1, limits.threads)

    def left_s(self) -> float:
        """Return how much time is left."""
        return self.limits.seconds - (monotonic() - self.begun)

    def plan_districts(self) -> None:
        """Make the first plan."""
        # Whatever becomes of a part: every unit takes its breaks and goes home.
        self.running.give_up([unit.id for unit in self.problem.units if unit.shifts])
        districts = divide(self.problem)
        each_s = max(0.05, self.left_s() * FIRST_SHARE * self.threads / max(1, len(districts)))
        work = [(district.units, district.requests, each_s) for district in districts]
        self._plan_all(work)

    def answer(self, plan: Plan) -> None:
        """Take over a running plan; plan again where it does not hold, and around who is new."""
        broken, asked = self.running.keep(plan)
        near = self._neighbourhoods()
        done: set[str] = set()
        for unit in sorted(broken):
            if unit not in done:
                units = near.around(near.centre_of(unit))
                done |= {one.id for one in units}
                if not self._plan_part(units, self._open_near(near.centre_of(unit)), self._answer_s()):
                    self.running.give_up(broken & {one.id for one in units})
        offered: set[str] = set()
        for name in sorted(asked):
            if name in offered or name not in self.running.missed:
                continue
            point = self.at[self.running.facts.requests[name].place]
            requests = self._open_near(point)
            offered |= {request.id for request in requests}
            self._plan_part(near.around(point), requests, self._answer_s())

    def _answer_s(self) -> float:
        """Say how long the next part of an answer may take: the less the more have been there."""
        return max(AGAIN_S, min(PART_S, self.left_s() / 4))

    def improve(self, reserve_s: float) -> None:
        """Plan neighbourhoods again until the time is over: around who is not served first, then all."""
        near = self._neighbourhoods()
        while near.units and self.left_s() - reserve_s > PART_S:
            used: set[str] = set()
            work: list[tuple[Sequence[Unit], Sequence[Request], float]] = []
            taken: set[str] = set()
            for _ in range(self.threads):
                point = self._choose_point(near)
                units = near.around(point, besides=used)
                if not units:
                    break
                requests = [r for r in self._open_near(point) if r.id not in taken]
                used |= {unit.id for unit in units}
                taken |= {request.id for request in requests}
                work.append((units, requests, PART_S))
            self._plan_all(work)
            for name in used:
                near.moved(name, self.running.routes.get(name, ()))

    def _choose_point(self, near: Neighbourhoods) -> tuple[float, float]:
        """Half of the time where somebody waits in vain, else where anybody works."""
        open_now = self.running.list_open()
        if open_now and self.dice.random() < 0.5:
            return self.at[self.dice.choice(open_now).place]
        return near.centre_of(self.dice.choice(near.units).id)

    def _neighbourhoods(self) -> Neighbourhoods:
        units = [unit for unit in self.problem.units if unit.shifts]
        return Neighbourhoods(units, self.running.routes, self.at)

    def _open_near(self, point: tuple[float, float]) -> list[Request]:
        return nearest_open(self.running.list_open(), point, self.at)

    def _plan_all(self, work: Iterable[tuple[Sequence[Unit], Sequence[Request], float]]) -> None:
        if self.threads == 1:
            for part in work:
                self._plan_part(*part)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(lambda part: self._plan_part(*part), work))

    def _plan_part(self, units: Sequence[Unit], requests: Sequence[Request], seconds: float) -> bool:
        """Plan some units again, with what they serve and what is offered; without success all stays.

        Parts are planned side by side. Who lost a turn at a plug to another looks again, the last time alone.
        """
        mine = self.running.served_by([unit.id for unit in units])
        asked = list({request.id: request for request in (*mine, *requests)}.values())
        before = self._as_plan(units) if mine else None
        found = self._try_part(units, asked, before, seconds)
        if found is None or found[1]:
            return found is not None
        again = self._try_part(units, asked, found[0], AGAIN_S)
        if again is None or again[1]:
            return again is not None
        with self.running.lock:
            last = self._try_part(units, asked, again[0], AGAIN_S)
            return last is not None and last[1]

    def _try_part(
        self, units: Sequence[Unit], asked: Sequence[Request], before: Plan | None, seconds: float
    ) -> tuple[Plan, bool] | None:
        """Return the plan of a part and whether it was taken over; None when there is none."""
        part = cut(self.problem, self.at, units, asked, self.running.surroundings())
        try:
            found = self.solve(
                part, None if before is None else part_of(before, part), seconds, self.limits.seed
            )
        except NoPlan:
            return None
        return found, self.running.take_over(part, found)

    def _as_plan(self, units: Sequence[Unit]) -> Plan:
        routes = tuple(route for unit in units for route in self.running.routes.get(unit.id, ()))
        return Plan(start_utc=self.problem.start_utc, routes=routes)

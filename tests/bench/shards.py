"""Areas are shards: how many plans a second one, two and four workers make of two areas, the web idle."""

import time
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean
from typing import Any

from tests.bench.api import spread, wait_for_plan
from tests.bench.fleet.house import BenchHouse, start_house
from tests.bench.fleet.watching import Watching
from tests.bench.journal import About, Journal, Line, make_table, say
from tests.bench.sets import find_hash

METRICS = (
    "plans_per_s", "ratio_to_one", "plan_p50_s", "plan_p95_s", "least_share", "quote_ms_other_web",
    "cpu_worker", "cpu_worker2", "cpu_solver", "cpu_solver2", "cpu_web", "cpu_postgres",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """How many workers are tried on how many areas, for how long each."""

    workers: tuple[int, ...] = (1, 2, 4)
    areas: int = 2
    webs: int = 2
    seconds: float = 60.0
    # One plan at a time of each area, so short a solve that making and publishing it counts as well.
    solver_s: float = 1.0
    seed: int = 1


def quick(scope: Scope) -> Scope:
    """The same sizes for a shorter time."""
    return replace(scope, seconds=25.0)


def measure(scope: Scope) -> list[Line]:
    """Ask for plans of all areas without end, and count those that are made."""
    journal, one = Journal("shards"), 0.0
    for workers in scope.workers:
        more = (("SOLVER_SECONDS", str(scope.solver_s)),)
        with start_house(scope.webs, workers, more) as house:
            house.run("std", str(scope.areas), str(scope.seed))
            wait_for_plan(house)
            say(f"{workers} workers on {scope.areas} areas for {scope.seconds:.0f} s")
            figures = ask_for_plans(house, scope.seconds)
        one = one or figures["plans_per_s"]
        figures["ratio_to_one"] = figures["plans_per_s"] / max(one, 1e-9)
        values = {name: (value, "s" if name.endswith("_s") else "") for name, value in figures.items()}
        about = About(scope.seconds, scope.seed, find_hash(), int(figures["plans"]))
        journal.note(f"{scope.areas}a-{workers}p-{scope.webs}w", "voltrun", values, about)
    return journal.lines


def ask_for_plans(house: BenchHouse, seconds: float) -> dict[str, float]:
    """Keep every area wanting a plan; returns how many answers there were."""
    watching, begun = Watching(house), time.time()
    told: dict[str, Any] = house.run("press", str(seconds))
    watching.look()
    done: dict[str, list[float]] = told["done"]
    spans = [later - earlier for at in done.values() for earlier, later in pairwise(at)]
    counts = [len(at) for at in done.values()]
    ended = time.time()
    return {
        "plans": float(sum(counts)),
        "plans_per_s": sum(counts) / told["seconds"],
        # Of an even share: near one, no area waits for another.
        "least_share": min(counts) / max(mean(counts), 1e-9),
        "plan_p50_s": spread(spans, 50),
        "plan_p95_s": spread(spans),
        **{f"cpu_{part}": share for part, share in watching.find_shares(begun, ended).items()},
    }


def tell(lines: list[Line]) -> str:
    return make_table(lines, METRICS)

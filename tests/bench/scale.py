"""A metropolis of 1,000 units and 10,000 requests: the first judged plan, an event answered, memory.

Its travel is sparse: from each place the ways to its nearest and to the depots; that is timed apart.
"""

from dataclasses import dataclass, replace
from resource import RUSAGE_SELF, getrusage
from time import monotonic

from routing.evaluation import violations
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.reoptimise import Budget, reoptimise
from routing.simulation.benchmarks.scale import build_metropolis
from tests.bench.journal import About, Journal, Line, make_table, say
from tests.bench.replan import EVENTS, Running, count_changed

METRICS = ("ready_s", "plan_s", "first_plan_s", "answer_s", "served", "broken", "units_changed", "memory_mb")
BENCHMARK = "metropolis"


@dataclass(frozen=True, slots=True)
class Scope:
    """How large, and how long the plan of the day and the answer to an event may take."""

    seeds: tuple[int, ...] = (1,)
    share: float = 1.0
    plan_s: float = 60.0
    answer_s: float = 10.0
    threads: int = 2


def quick(scope: Scope) -> Scope:
    """Take less time, not less size."""
    return replace(scope, plan_s=30.0)


def measure(scope: Scope) -> list[Line]:
    """Plan each day, then answer each event on it."""
    journal = Journal("scale")
    for seed in scope.seeds:
        begun = monotonic()
        problem = build_metropolis(seed, scope.share)
        ready_s = monotonic() - begun
        coming = problem.requests[-1]
        asked = problem.with_requests(problem.requests[:-1])
        say(f"scale {seed}: {len(problem.units)} units, {len(problem.requests)} requests")
        plan, values = _solve(asked, None, Budget(seconds=scope.plan_s, seed=seed, threads=scope.threads))
        values["plan_s"] = values.pop("answer_s")
        values |= {"ready_s": (ready_s, "s"), "memory_mb": (getrusage(RUSAGE_SELF).ru_maxrss / 1024, "MB")}
        journal.note("day", "voltrun", values, About(values["plan_s"][0], seed, BENCHMARK))
        _answer_all(Running(asked, plan, coming), replace(scope, seeds=(seed,)), journal)
    return journal.lines


def _answer_all(running: Running, scope: Scope, journal: Journal) -> None:
    for name, happen in EVENTS.items():
        event = happen(running)
        budget = Budget(seconds=scope.answer_s, seed=scope.seeds[0], threads=scope.threads, others=2)
        after, values = _solve(event.problem, running.plan, budget)
        changed = count_changed(running.plan, after, event.about)
        values |= {
            "units_changed": (changed, ""),
            "memory_mb": (getrusage(RUSAGE_SELF).ru_maxrss / 1024, "MB"),
        }
        journal.note(name, "voltrun", values, About(values["answer_s"][0], scope.seeds[0], BENCHMARK))


def _solve(problem: Problem, plan: Plan | None, budget: Budget) -> tuple[Plan, dict[str, tuple[float, str]]]:
    begun = monotonic()
    told: list[float] = []
    found = reoptimise(problem, plan, budget, lambda _: told.append(monotonic() - begun))
    took_s = monotonic() - begun
    served = sum(stop.kind == "serve" for _, stop in found.iterate_stops())
    return found, {
        "first_plan_s": (told[0], "s"),
        "answer_s": (took_s, "s"),
        "served": (served, ""),
        "broken": (len(violations(problem, found)), ""),
    }


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)

"""Our own engine on the terms of a bench."""

from dataclasses import fields

from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.reoptimise import Budget, reoptimise
from tests.bench.peers.common import Terms

CHOICES = {field.name for field in fields(Budget)}


def make_budget(terms: Terms, *, ortools: bool = True) -> Budget:
    """Return a budget; threads and the choice without OR-Tools where the engine has them."""
    wanted = {"threads": terms.threads, "ortools": ortools}
    return Budget(seconds=terms.seconds, seed=terms.seed, **{k: v for k, v in wanted.items() if k in CHOICES})


def can_do_without_ortools() -> bool:
    return "ortools" in CHOICES


def solve(problem: Problem, terms: Terms, *, ortools: bool = True, start: Plan | None = None) -> Plan:
    return reoptimise(problem, start, make_budget(terms, ortools=ortools))

"""A whole small problem, solved by CP-SAT with proof.

One circuit for every shift of every unit, times and contents of packs along it, plugs that are shared,
breaks, and all goals of `evaluation.cost` with their rounding, so that the optimum's cost is the judge's cost
of its plan.

What is proven is the best of what decisions can say (`evaluation.decisions`: a break is taken where the unit
stands), with at most `Effort.recharges` recharges of a unit at like plugs in one shift. Charging at constant
power is exact; a bent curve is cut into pieces of at most `charging_line.PIECE_SHARE` of the pack, never too
fast.
"""

from dataclasses import dataclass, replace
from time import monotonic

from ortools.sat.python import cp_model

from routing.evaluation import cost, schedule, violations
from routing.evaluation.decisions import Decisions
from routing.evaluation.facts import Facts
from routing.model.errors import InvalidProblem, NoPlan, TravelUnavailable
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.units import Milli
from routing.solver.exact_cuts import add_cuts, bound_by_sets
from routing.solver.exact_decode import add_hint, read_decisions
from routing.solver.exact_goals import minimise_goals
from routing.solver.exact_model import ExactModel

MOST_REQUESTS = 12


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look for a proof, and how far recharges are thought of.

    Attributes
    ----------
    seconds
        By the clock.
    workers
        Threads.
    recharges
        At most so many recharges of one unit at plugs that are alike, in one shift.
    """

    seconds: float = 60.0
    workers: int = 1
    seed: int = 0
    recharges: int = 2


@dataclass(frozen=True, slots=True)
class Proven:
    """The best plan found, and what no plan can be below.

    Attributes
    ----------
    bound_milli
        No plan costs less (but for the cutting of bent curves).
    optimal
        Whether the plan has been proven to be the best.
    """

    plan: Plan
    bound_milli: Milli
    optimal: bool
    seconds: float


def solve_exactly(problem: Problem, effort: Effort, start: Plan | None = None) -> Proven:
    """Find the cheapest plan and prove it.

    Parameters
    ----------
    problem
        With its travel times inline and at most `MOST_REQUESTS` requests.
    effort
        When to give the proof up.
    start
        A plan that is known: only a cheaper one is looked for, and if there is none this is the best.

    Raises
    ------
    InvalidProblem
        For more requests than can be proven.
    NoPlan
        When there was not even time for a first plan.
    """
    begun = monotonic()
    _require_small(problem)
    facts = Facts(problem)
    model = ExactModel(facts, effort.recharges)
    add_cuts(model)
    total = minimise_goals(model)
    bound_by_sets(model, total)
    known = start if start is not None and not violations(problem, start, facts) else None
    if known is not None:
        add_hint(model, known)
        model.cp.add(total < cost(problem, known, facts).total_milli)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed % 2**31
    solver.parameters.max_time_in_seconds = effort.seconds
    status = solver.solve(model.cp)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        plan = _without_idle_recharges(facts, read_decisions(model, solver))
        bound_milli = min(round(solver.best_objective_bound), plan.cost.total_milli)
        return Proven(plan, bound_milli, status == cp_model.OPTIMAL, monotonic() - begun)
    if known is None:
        raise NoPlan(f"no plan was found in {effort.seconds} s ({solver.status_name(status)})")
    optimal, milli = status == cp_model.INFEASIBLE, cost(problem, known, facts).total_milli
    bound_milli = milli if optimal else min(milli, max(0, round(solver.best_objective_bound)))
    return Proven(known, bound_milli, optimal, monotonic() - begun)


def _without_idle_recharges(facts: Facts, decisions: Decisions) -> Plan:
    """Return the plan without recharges that change nothing (the model has no reason to leave them out)."""
    plan = schedule(facts.problem, decisions, facts)
    for index, route in enumerate(decisions.routes):
        for step in route.steps:
            if step.kind == "recharge":
                rest = tuple(other for other in decisions.routes[index].steps if other is not step)
                routes = list(decisions.routes)
                routes[index] = replace(route, steps=rest)
                fewer = replace(decisions, routes=tuple(routes))
                trial = schedule(facts.problem, fewer, facts)
                no_worse = trial.cost.total_milli <= plan.cost.total_milli
                if no_worse and not violations(facts.problem, trial, facts):
                    plan, decisions = trial, fewer
    return plan


def _require_small(problem: Problem) -> None:
    count = len(problem.requests)
    if count > MOST_REQUESTS:
        raise InvalidProblem("requests", f"at most {MOST_REQUESTS} can be proven, are {count}")
    if not problem.travel.profiles and problem.units:
        raise TravelUnavailable("the problem has no travel times inline")
    for name, profile in problem.travel.profiles.items():
        if profile.slices:
            raise InvalidProblem(f"travel.profiles.{name}.slices", "with times of day nothing can be proven")

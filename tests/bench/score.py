"""Plans as the judge sees them: what came, what holds of it, and what comes of it with a second pass."""

from dataclasses import dataclass, replace

from routing.evaluation import cost, violations
from routing.evaluation.facts import Facts
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.reoptimise import rebase
from routing.solver.repair import repair

type Figures = dict[str, tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A peer's plan three ways.

    Attributes
    ----------
    raw
        As it came, `broken` rules counted.
    repaired
        What does not hold is left out.
    second
        Who was left out is inserted again where it goes.
    """

    raw: Plan
    broken: int
    repaired: Plan
    second: Plan


def score(problem: Problem, raw: Plan) -> Scored:
    """Judge a plan, repair it, and give it a second pass."""
    repaired = repair(problem, raw)
    found = violations(problem, repaired)
    assert not found, f"the repair left: {found[0]}"
    second = rebase(problem, repaired)
    if second.cost.total_milli > repaired.cost.total_milli:
        second = repaired
    return Scored(raw, len(violations(problem, raw)), repaired, second)


def count_served(plan: Plan) -> int:
    return sum(stop.kind == "serve" for _, stop in plan.iterate_stops())


def count_vehicles(plan: Plan) -> int:
    """Return how many units serve anybody."""
    return len({route.unit for route, stop in plan.iterate_stops() if stop.kind == "serve"})


def distance_km(problem: Problem, plan: Plan) -> float:
    facts = Facts(problem)
    at = {unit.id: unit.state.place for unit in problem.units}
    metres = 0
    for route, stop in plan.iterate_stops():
        leg = facts.leg(facts.units[route.unit], at[route.unit], stop.place)
        metres += leg.metres if leg else 0
        at[route.unit] = stop.place
    return metres / 1000


def figures(problem: Problem, plan: Plan) -> Figures:
    """Return the figures of quality: cost in the currency's units."""
    return {
        "cost": (plan.cost.total_milli / 1000, "eur"),
        "served": (count_served(plan), ""),
        "vehicles": (count_vehicles(plan), ""),
        "distance": (distance_km(problem, plan), "km"),
        "feasible": (float(not violations(problem, plan)), ""),
    }


def figures_of_stages(scored: Scored) -> Figures:
    """Return what a peer's plan was before its second pass."""
    return {
        "raw_cost": (scored.raw.cost.total_milli / 1000, "eur"),
        "raw_served": (count_served(scored.raw), ""),
        "raw_violations": (scored.broken, ""),
        "repaired_cost": (scored.repaired.cost.total_milli / 1000, "eur"),
        "repaired_served": (count_served(scored.repaired), ""),
    }


def cheaper_pct(problem: Problem, ours: Plan, theirs: Plan) -> float | None:
    """Return by how much the requests that both serve are cheaper in one plan than in the other.

    Both plans are cut down to those requests (the rest of each route stays as it is), so that what is
    compared is the same service: driving, serving, waiting and packs.
    """
    both = _served(ours) & _served(theirs)
    if not both:
        return None
    less = problem.with_requests(request for request in problem.requests if request.id in both)
    mine, other = (repair(less, plan) for plan in (ours, theirs))
    if mine.unserved or other.unserved:
        return None
    return 100 * (1 - mine.cost.total_milli / other.cost.total_milli) if other.cost.total_milli else None


def only_served(problem: Problem, plan: Plan) -> Problem:
    """Return the problem that asks for nobody but those whom a plan serves."""
    served = _served(plan)
    return problem.with_requests(request for request in problem.requests if request.id in served)


def price_of(less: Problem, plan: Plan) -> int:
    """Return what a plan costs when nobody asks whom it does not serve."""
    return cost(less, replace(plan, unserved=())).total_milli


def _served(plan: Plan) -> set[str]:
    return {stop.request for _, stop in plan.iterate_stops() if stop.request}

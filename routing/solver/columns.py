"""Set partitioning: choose out of many routes the cheapest that serve everybody once (CP-SAT).

Beyond a few thousand columns the choice only gets slower. A linear relaxation (GLOP) prices the customers
first: no column whose reduced cost exceeds the gap between the known solution and the relaxation can be
part of a better one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

SCALE = 10_000
MOST_COLUMNS = 4_000


@dataclass(frozen=True, slots=True)
class Column:
    """A route as the choice sees it: what it costs and whom it serves."""

    cost: float
    customers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns chosen, by their number, and whether no better choice exists among the columns given."""

    columns: tuple[int, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class ChoiceLimit:
    """How long to choose: by the clock, or (repeatable) by CP-SAT's own measure of work."""

    seconds: float
    work: float | None = None


def choose_columns(
    columns: Sequence[Column], customers: Sequence[int], vehicles: int, known: float, limit: ChoiceLimit
) -> Choice | None:
    """Choose at most so many columns that serve every customer exactly once.

    Parameters
    ----------
    columns : sequence of Column
        The routes to choose from.
    customers : sequence of int
        Whom to serve.
    vehicles : int
        The most columns that may be chosen.
    known : float
        The cost of a known solution; only a cheaper one is of interest.
    limit : ChoiceLimit
        When to stop.

    Returns
    -------
    Choice or None
        None when nothing cheaper was found.
    """
    kept = _worth_choosing(columns, customers, vehicles, known, limit.seconds)
    model = cp_model.CpModel()
    chosen = {number: model.new_bool_var(f"column_{number}") for number in kept}
    serving: dict[int, list[cp_model.IntVar]] = {customer: [] for customer in customers}
    for number, variable in chosen.items():
        for customer in columns[number].customers:
            serving[customer].append(variable)
    for variables in serving.values():
        model.add_exactly_one(variables)
    model.add(sum(chosen.values()) <= vehicles)
    cost = sum(round(columns[number].cost * SCALE) * variable for number, variable in chosen.items())
    model.add(cost <= round(known * SCALE) - 1)
    model.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = max(0.01, limit.seconds)
    if limit.work is not None:
        solver.parameters.max_deterministic_time = limit.work
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    taken = tuple(number for number, variable in chosen.items() if solver.boolean_value(variable))
    return Choice(taken, status == cp_model.OPTIMAL and len(kept) == len(columns))


def _worth_choosing(
    columns: Sequence[Column], customers: Sequence[int], vehicles: int, known: float, seconds: float
) -> list[int]:
    """Return the numbers of the columns that can be part of a better solution, the most promising if many."""
    relaxed = pywraplp.Solver.CreateSolver("GLOP")
    relaxed.SetTimeLimit(max(1, int(1000 * min(seconds, 1e6))))
    variables = [relaxed.NumVar(0, relaxed.infinity(), "") for _ in columns]
    rows = {customer: relaxed.Constraint(1, 1) for customer in customers}
    fleet = relaxed.Constraint(0, vehicles)
    for variable, column in zip(variables, columns, strict=True):
        relaxed.Objective().SetCoefficient(variable, column.cost)
        fleet.SetCoefficient(variable, 1)
        for customer in column.customers:
            rows[customer].SetCoefficient(variable, 1)
    if relaxed.Solve() != pywraplp.Solver.OPTIMAL:
        return list(range(len(columns)))[:MOST_COLUMNS]
    gap = known - relaxed.Objective().Value()
    prices = {customer: row.dual_value() for customer, row in rows.items()}
    dear = fleet.dual_value()
    reduced = [c.cost - sum(prices[customer] for customer in c.customers) - dear for c in columns]
    within = [number for number, price in enumerate(reduced) if price <= gap + 1e-6]
    return sorted(sorted(within, key=lambda number: reduced[number])[:MOST_COLUMNS])

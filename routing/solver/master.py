"""The choice across units: one route for each, out of all that were seen.

A search that moves one route at a time cannot see that two good routes of different runs go well together.
CP-SAT can: every request at most once, every plug one unit at a time, the least cost.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from routing.model.units import Milli, Seconds

MOST_COLUMNS = 3_000
DETERMINISTIC_LIMIT = 2.0
"""Work the solver may do when no clock may decide, in its own units (about seconds)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A route (of one unit, all its shifts) that can be chosen.

    Attributes
    ----------
    unit
        Whose route it is; exactly one of each unit is chosen.
    milli
        What it costs.
    requests
        Whom it serves.
    uses
        Plug, from, to.
    """

    unit: str
    milli: Milli
    requests: frozenset[str]
    uses: tuple[tuple[str, Seconds, Seconds], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the choice may take: a time by the clock, or None for a fixed amount of work."""

    seconds: float | None
    seed: int


def choose_columns(
    columns: Sequence[Column], prices: Mapping[str, Milli], incumbent: Sequence[int], limits: Limits
) -> list[int] | None:
    """Choose one column a unit at the least cost, unserved requests at their price included.

    Parameters
    ----------
    columns
        What can be chosen.
    prices
        Of not serving each request.
    incumbent
        Indexes of a choice that is feasible: the choice starts from there.
    limits
        When to stop.

    Returns
    -------
    list of int or None
        Indexes of the chosen columns; None when nothing was found in time.
    """
    kept = _keep_promising(columns, prices, set(incumbent))
    model = cp_model.CpModel()
    taken = {index: model.new_bool_var(f"c{index}") for index in kept}
    _choose_one_a_unit(model, columns, taken)
    _serve_at_most_once(model, columns, taken)
    _share_plugs(model, columns, taken)
    model.minimize(sum(_worth(columns[index], prices) * var for index, var in taken.items()))
    for index, var in taken.items():
        model.add_hint(var, index in incumbent)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = limits.seed % 2**31
    if limits.seconds is None:
        solver.parameters.max_deterministic_time = DETERMINISTIC_LIMIT
    else:
        solver.parameters.max_time_in_seconds = limits.seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [index for index, var in taken.items() if solver.boolean_value(var)]


def _worth(column: Column, prices: Mapping[str, Milli]) -> Milli:
    """Return what choosing a column adds to the cost of serving nobody."""
    return column.milli - sum(prices[request] for request in column.requests)


def _keep_promising(columns: Sequence[Column], prices: Mapping[str, Milli], must: set[int]) -> list[int]:
    """Keep the best columns of each unit, as many as the model bears."""
    by_unit: dict[str, list[int]] = defaultdict(list)
    for index, column in enumerate(columns):
        by_unit[column.unit].append(index)
    share = max(10, MOST_COLUMNS // max(1, len(by_unit)))
    kept = set(must)
    for indexes in by_unit.values():
        kept.update(sorted(indexes, key=lambda index: (_worth(columns[index], prices), index))[:share])
    return sorted(kept)


def _choose_one_a_unit(
    model: cp_model.CpModel, columns: Sequence[Column], taken: Mapping[int, cp_model.IntVar]
) -> None:
    by_unit: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for index, var in taken.items():
        by_unit[columns[index].unit].append(var)
    for variables in by_unit.values():
        model.add_exactly_one(variables)


def _serve_at_most_once(
    model: cp_model.CpModel, columns: Sequence[Column], taken: Mapping[int, cp_model.IntVar]
) -> None:
    by_request: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for index, var in taken.items():
        for request in sorted(columns[index].requests):
            by_request[request].append(var)
    for variables in by_request.values():
        if len(variables) > 1:
            model.add_at_most_one(variables)


def _share_plugs(
    model: cp_model.CpModel, columns: Sequence[Column], taken: Mapping[int, cp_model.IntVar]
) -> None:
    by_plug: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
    for index, var in taken.items():
        for plug, from_s, to_s in columns[index].uses:
            name = f"{plug}-{index}-{from_s}"
            interval = model.new_optional_fixed_size_interval_var(from_s, to_s - from_s, var, name)
            by_plug[plug].append(interval)
    for intervals in by_plug.values():
        model.add_no_overlap(intervals)

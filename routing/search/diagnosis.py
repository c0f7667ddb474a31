"""Why a request is not served: unit by unit the first rule that stands in the way, and by how much."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from routing.evaluation.facts import Facts
from routing.evaluation.fitness import list_misfits
from routing.model.problem import Request, Unit
from routing.model.rules import Measure, NotServed, Rule, code_for

CLOSEST_FIRST: tuple[NotServed, ...] = (
    "not_worth_it", "fleet_saturated", "window_infeasible", "duty_limit", "energy_insufficient",
    "access_closed", "no_unit_on_shift", "lock_conflict", "power_too_low", "connector_mismatch",
    "height_or_weight", "skill_missing", "outside_area",
)  # fmt: skip
"""Of the reasons of all units, the one of the unit that came closest is told."""


@dataclass(frozen=True, slots=True)
class UnitMiss:
    """Why one unit cannot serve a request."""

    unit: str
    code: NotServed
    rule: Rule
    amount: int
    measure: Measure

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.unit}: {self.rule} by {self.amount} {self.measure}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why nobody serves a request: the reason that came closest, and every unit's own."""

    code: NotServed
    detail: str
    per_unit: tuple[UnitMiss, ...]


class Miss(NamedTuple):
    """The rule whose break came closest, and by how much it breaks."""

    rule: Rule
    amount: int
    measure: Measure


class Looks(Protocol):
    """Somebody who can look for a place for the request in the tours of units that know work."""

    def alone(self, unit: Unit) -> Miss | None:
        """Find what would break even if the unit had nothing else to do; None when it could."""

    def busy(self, unit: Unit) -> Miss:
        """Find what breaks in the unit's own day."""


def diagnose(facts: Facts, request: Request, looks: Looks | None) -> Diagnosis:
    """Say why a request is not served, asking every unit; nobody need look where nobody has a shift."""
    return sum_up(tuple(diagnose_unit(facts, unit, request, looks) for unit in facts.problem.units))


def sum_up(misses: tuple[UnitMiss, ...]) -> Diagnosis:
    """Tell of the reasons of all units the one that came closest."""
    if not misses:
        return Diagnosis("no_unit_on_shift", "there are no units", ())
    worst = min(misses, key=_rank)
    return Diagnosis(worst.code, str(worst), misses)


def _rank(miss: UnitMiss) -> tuple[int, int, str]:
    return CLOSEST_FIRST.index(miss.code), miss.amount, miss.unit


def diagnose_unit(facts: Facts, unit: Unit, request: Request, looks: Looks | None) -> UnitMiss:
    """Say why one unit does not serve a request: at any time, alone, or beside its other work."""
    never = miss_ever(facts, unit, request)
    if never is not None:
        return never
    assert looks is not None, "a unit without a shift is never looked at"
    alone = looks.alone(unit)
    if alone is not None:
        return UnitMiss(unit.id, code_for(alone.rule), *alone)
    return UnitMiss(unit.id, "fleet_saturated", *looks.busy(unit))


def miss_ever(facts: Facts, unit: Unit, request: Request) -> UnitMiss | None:
    """Say what keeps a unit from a request whatever it does and wherever it is; None: nothing."""
    misfits = list_misfits(facts, unit, request)
    if misfits:
        first = misfits[0]
        return UnitMiss(unit.id, code_for(first.rule), first.rule, first.amount, first.measure)
    apart_s = _apart_s(unit, request)
    if apart_s > 0:
        return UnitMiss(unit.id, "no_unit_on_shift", "shift", apart_s, "s")
    return None


def _apart_s(unit: Unit, request: Request) -> int:
    """Return how far the request's window lies outside all shifts; 0 when it meets one."""
    gaps = [max(s.start_s - request.latest_s, request.earliest_s - s.end_s) for s in unit.shifts]
    return max(0, min(gaps, default=1))

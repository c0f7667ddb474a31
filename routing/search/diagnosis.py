"""Why a request is not served: unit by unit the first rule that stands in the way, and by how much."""

from dataclasses import dataclass

from routing.evaluation.fitness import list_misfits
from routing.model.plan import Unserved
from routing.model.problem import Request, Unit
from routing.model.rules import Measure, NotServed, Rule, code_for
from routing.search.fill import choose
from routing.search.fleet import Fleet
from routing.search.ground import Ground
from routing.search.insertion import Finder, insert
from routing.search.tour import Failure, Item
from routing.search.walk import walk

CLOSEST_FIRST: tuple[NotServed, ...] = (
    "not_worth_it", "fleet_saturated", "window_infeasible", "duty_limit", "energy_insufficient",
    "access_closed", "no_unit_on_shift", "lock_conflict", "power_too_low", "connector_mismatch",
    "height_or_weight", "skill_missing", "outside_area",
)  # fmt: skip
"""Of the reasons of all units, the one of the unit that came closest is told."""

FEW = 20
"""Up to so many open requests are looked at closely when a plan is made."""


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


def diagnose(fleet: Fleet, request: Request) -> Diagnosis:
    """Say why a request is not served, looking at every unit."""
    misses = tuple(diagnose_unit(fleet, unit, request) for unit in fleet.facts.problem.units)
    return _sum_up(misses)


def list_unserved(fleet: Fleet, told_before: tuple[Unserved, ...] = ()) -> tuple[Unserved, ...]:
    """List what a fleet does not serve with the reasons, in the order of the problem.

    A reason that was told before is told again without looking.
    """
    known = {missed.request: missed for missed in told_before}
    closely = len(fleet.open) <= FEW
    listed: list[Unserved] = []
    for request in fleet.facts.problem.requests:
        if request.id not in fleet.open:
            continue
        if request.id in known:
            listed.append(known[request.id])
        else:
            told = diagnose(fleet, request) if closely else _glance(fleet, request)
            worth = not closely or told.code != "fleet_saturated" or choose(fleet, request) is None
            code: NotServed = told.code if worth else "not_worth_it"
            listed.append(Unserved(request=request.id, code=code, detail=told.detail))
    return tuple(listed)


def _glance(fleet: Fleet, request: Request) -> Diagnosis:
    """Say why a request is not served, content with the first unit that could do it alone."""
    misses: list[UnitMiss] = []
    for unit in fleet.facts.problem.units:
        miss = diagnose_unit(fleet, unit, request, closely=False)
        if miss.code == "fleet_saturated":
            return Diagnosis(miss.code, f"{unit.id}: busy", (miss,))
        misses.append(miss)
    return _sum_up(tuple(misses))


def _sum_up(misses: tuple[UnitMiss, ...]) -> Diagnosis:
    if not misses:
        return Diagnosis("no_unit_on_shift", "there are no units", ())
    worst = min(misses, key=_rank)
    return Diagnosis(worst.code, str(worst), misses)


def _rank(miss: UnitMiss) -> tuple[int, int, str]:
    return CLOSEST_FIRST.index(miss.code), miss.amount, miss.unit


def diagnose_unit(fleet: Fleet, unit: Unit, request: Request, *, closely: bool = True) -> UnitMiss:
    """Say why one unit does not serve a request: at any time, alone, or beside its other work."""
    misfits = list_misfits(fleet.facts, unit, request)
    if misfits:
        first = misfits[0]
        return UnitMiss(unit.id, code_for(first.rule), first.rule, first.amount, first.measure)
    ground = fleet.grounds.get(unit.id)
    apart_s = _apart_s(unit, request)
    if ground is None or apart_s > 0:
        return UnitMiss(unit.id, "no_unit_on_shift", "shift", max(apart_s, 1), "s")
    alone = _miss_alone(fleet, ground, request)
    if alone is not None:
        return UnitMiss(unit.id, code_for(alone.rule), alone.rule, alone.amount, alone.measure)
    finder = Finder(fleet, unit.id)
    if closely:
        finder.note_misses(request)
    busy = finder.nearest_miss or Failure("window", finder.late_by_s or 1, "s", 0, 0)
    return UnitMiss(unit.id, "fleet_saturated", busy.rule, busy.amount, busy.measure)


def _apart_s(unit: Unit, request: Request) -> int:
    """Return how far the request's window lies outside all shifts; 0 when it meets one."""
    gaps = [max(s.start_s - request.latest_s, request.earliest_s - s.end_s) for s in unit.shifts]
    return max(0, min(gaps, default=1))


def _miss_alone(fleet: Fleet, ground: Ground, request: Request) -> Failure | None:
    """Find what would break even if the unit had nothing else to do; None when it could."""
    calendar = fleet.calendar_for(ground.unit.id)
    idle = ground.idle_days()
    serve = Item("serve", request.id)
    rows: list[tuple[Item, ...]] = [(serve,)]
    rows += [(Item("recharge", plug), serve) for plug in list(ground.plugs)[:3]]
    closest: Failure | None = None
    for added in rows:
        for day, row in enumerate(idle):
            for index in range(len(row) + 1):
                outcome = walk(ground, insert(idle, day, index, added), calendar)
                if not isinstance(outcome, Failure):
                    return None
                if closest is None or _closer(outcome, closest):
                    closest = outcome
    return closest


def _closer(miss: Failure, other: Failure) -> bool:
    """Say whether a miss came closer: of the same rule by less; else the first that was found stands."""
    return miss.rule == other.rule and miss.amount < other.amount

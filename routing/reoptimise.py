"""Improving a plan in the time there is; never worse than it was, never without the judge's consent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions
from routing.evaluation.facts import Facts
from routing.improve import Terms, run_compiled
from routing.model.errors import InvalidProblem, NoPlan, TravelUnavailable
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem
from routing.search.build import fleet_from, plan_from
from routing.search.diagnosis import list_unserved
from routing.search.fill import fill, most_urgent_first
from routing.search.fleet import Fleet
from routing.search.perturb import Improver
from routing.search.top_up import top_up
from routing.search.tour import Days, Tour
from routing.solver.master import Column, Limits, choose_columns

MASTER_SHARE = 0.2
"""The part of the time that is kept for the choice across units."""

STREAM_S = 0.25
"""Not more often is an incumbent told."""

type Incumbent = Callable[[Plan], None]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to improve: seconds by the clock, or a number of iterations (then the clock has no say).

    With iterations and one thread the same problem, plan and seed give the same plan, byte for byte. Without
    `ortools` there is no choice across units. `compiled` searches without the interpreter, in as many threads
    as wanted; its first use on a machine compiles for a minute or two.
    """

    seconds: float | None = None
    iterations: int | None = None
    seed: int = 0
    threads: int = 1
    ortools: bool = True
    compiled: bool = False

    def __post_init__(self) -> None:
        """Raise `InvalidProblem` for a budget below nothing."""
        for name in ("seconds", "iterations"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < float("inf"):
                raise InvalidProblem(name, f"must be at least 0, is {value}")


def rebase(problem: Problem, plan: Plan | None) -> Plan:
    """Return the plan as it looks in a problem that has moved on.

    What no longer exists is dropped, times follow from the units' present states, open requests are inserted
    where it pays, what no longer fits is listed as unserved. Never raises for a problem with travel times.
    """
    try:
        return judged_plan(_rebased(problem, plan))
    except NoPlan:
        missed = (Unserved(request=r.id, code="fleet_saturated") for r in problem.requests)
        return schedule(problem, Decisions((), tuple(missed)))


def reoptimise(
    problem: Problem,
    plan: Plan | None,
    budget: Budget,
    on_incumbent: Incumbent | None = None,
    pool: Iterable[Plan] | None = None,
) -> Plan:
    """Improve a plan.

    Parameters
    ----------
    problem
        With its travel times inline.
    plan
        What runs now, or None; it is rebased first.
    budget
        When to stop, and the seed.
    on_incumbent
        Told of every better plan, judged, as it is found (a few a second at most).
    pool
        Other plans for the same ground whose routes may be combined with what is found.

    Returns
    -------
    Plan
        Judged, and not dearer than the rebased plan.

    Raises
    ------
    TravelUnavailable
        When the problem has no travel times.
    NoPlan
        When not even the rebased plan passes the judge.
    """
    if not problem.travel.profiles and problem.units:
        raise TravelUnavailable("the problem has no travel times inline")
    begun = monotonic()
    if budget.compiled:
        terms = Terms(budget.seconds, budget.iterations, budget.seed, budget.threads, budget.ortools)
        return run_compiled(problem, plan, terms, on_incumbent, pool or ())
    start = _rebased(problem, plan)
    run = _Run(start, budget, begun, on_incumbent)
    for other in pool or ():
        run.offer(_rebased(problem, other))
    run.improve()
    return run.finish()


def _rebased(problem: Problem, plan: Plan | None) -> Fleet:
    fleet = fleet_from(problem, plan)
    fill(fleet, most_urgent_first(fleet.open.values()))
    for unit in fleet.tours:
        fleet.tours[unit] = top_up(fleet, unit)
    return fleet


def judged_plan(fleet: Fleet, told_before: tuple[Unserved, ...] = ()) -> Plan:
    """Return the plan of a fleet; why somebody is not served is looked up once and told again.

    Raises
    ------
    NoPlan
        When the judge finds anything in it.
    """
    plan = plan_from(fleet, list_unserved(fleet, told_before))
    found = violations(fleet.facts.problem, plan, fleet.facts)
    if found:
        raise NoPlan(f"the judge refuses: {found[0]}" + (f" and {len(found) - 1} more" if found[1:] else ""))
    return plan


def _find_judged(fleet: Fleet, told_before: tuple[Unserved, ...]) -> Plan | None:
    """Find the plan of a fleet; None when the judge refuses it: then what was told before stands."""
    try:
        return judged_plan(fleet, told_before)
    except NoPlan:
        return None


class _Run:
    """One run of improvement, its clock and what it has told."""

    def __init__(self, start: Fleet, budget: Budget, begun: float, on_incumbent: Incumbent | None) -> None:
        self.budget, self.begun, self.on_incumbent = budget, begun, on_incumbent
        self.facts: Facts = start.facts
        self.start_plan = judged_plan(start)
        self.start_milli = start.milli()
        self.pool: dict[tuple[str, Days], Tour] = {}
        self.improver = Improver(start, budget.seed, self.pool)
        self.told = self.start_plan
        self.told_at = begun
        self._tell(self.start_plan)

    def offer(self, fleet: Fleet) -> None:
        self.improver.adopt(fleet)
        self.pool.update({(unit, tour.days): tour for unit, tour in fleet.tours.items()})

    def improve(self) -> None:
        """Search, then choose across units; with seconds, the choice has its share of them."""
        if not self.improver.best.tours or not self.facts.problem.requests:
            return
        step = 0
        while (progress := self._progress(step)) < 1.0:
            self.improver.step(progress)
            step += 1
            self._stream()
        if self.budget.ortools:
            self._choose_across_units()

    def _progress(self, step: int) -> float:
        if self.budget.iterations is not None:
            return step / self.budget.iterations if self.budget.iterations else 1.0
        seconds = (self.budget.seconds or 0.0) * (1.0 - MASTER_SHARE)
        return (monotonic() - self.begun) / seconds if seconds > 0 else 1.0

    def _stream(self) -> None:
        if self.on_incumbent is None or monotonic() - self.told_at < STREAM_S:
            return
        if self.improver.best_milli < self.told.cost.total_milli:
            plan = _find_judged(self.improver.best, self.start_plan.unserved)
            if plan is not None:
                self._tell(plan)

    def _tell(self, plan: Plan) -> None:
        self.told, self.told_at = plan, monotonic()
        if self.on_incumbent is not None:
            self.on_incumbent(plan)

    def _choose_across_units(self) -> None:
        limits = Limits(self._seconds_left(), self.budget.seed)
        if limits.seconds is not None and limits.seconds < 0.05:
            return
        best = self.improver.best
        self.pool.update({(unit, tour.days): tour for unit, tour in best.tours.items()})
        tours = list(self.pool.values())
        columns = [Column(t.unit, t.milli, frozenset(t.starts), t.uses) for t in tours]
        incumbent = [i for i, t in enumerate(tours) if best.tours[t.unit].days == t.days]
        prices = {r.id: best.open_milli([r]) for r in self.facts.problem.requests}
        chosen = choose_columns(columns, prices, incumbent, limits)
        if chosen is not None:
            self.improver.adopt(self._combine(best, [tours[index] for index in chosen]))

    def _seconds_left(self) -> float | None:
        if self.budget.iterations is not None:
            return None
        return max(0.0, (self.budget.seconds or 0.0) * 0.97 - (monotonic() - self.begun))

    def _combine(self, best: Fleet, tours: list[Tour]) -> Fleet:
        fleet = best.copy()
        fleet.tours.update({tour.unit: tour for tour in tours})
        served = fleet.list_served()
        fleet.open = {name: r for name, r in self.facts.requests.items() if name not in served}
        fill(fleet, most_urgent_first(fleet.open.values()))
        return fleet

    def _settle(self, fleet: Fleet) -> Fleet:
        """Return the fleet with every recharge as soon as it can be now that all the others stand."""
        return fleet_from(self.facts.problem, plan_from(fleet, ()))

    def finish(self) -> Plan:
        """Return the best plan the judge accepts: the best found, else the start."""
        if self.improver.best_milli >= self.start_milli:
            return self.start_plan
        self.improver.adopt(self._settle(self.improver.best), even=True)
        plan = _find_judged(self.improver.best, self.start_plan.unserved)
        if plan is None or plan.cost.total_milli >= self.start_plan.cost.total_milli:
            return self.start_plan
        if plan != self.told:
            self._tell(plan)
        return plan

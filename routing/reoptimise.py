"""Improving a plan in the time there is; never worse than it was, never without the judge's consent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from routing.decomposition.solving import Decomposition, Limits
from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions
from routing.improve import SEARCH_SHARE, Improvement
from routing.model.errors import InvalidProblem, NoPlan, TravelUnavailable
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem, Request
from routing.search.build import fleet_from, plan_from
from routing.search.clock import Clock
from routing.settling import insert_open, judged, settle

STREAM_S = 0.25
"""Not more often is an incumbent told."""

SETTLING = 6.0
"""How many times as long as a plain plan the last one takes: waits filled, reasons found, judged twice."""

LARGE = 2_000
"""Above so many requests a problem is planned in parts; below, the search sees all of it."""

JUDGING = 1.3
"""So much longer may the last judging take than the first."""

type Incumbent = Callable[[Plan], None]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to improve: seconds by the clock, or a number of iterations (then the clock has no say).

    With iterations and one thread the same problem, plan and seed give the same plan, byte for byte. Without
    `ortools` there is no choice across units. Threads search side by side; with more than one, what the
    clock allows differs from run to run.

    `others`: when an event is answered, at most so many units, besides those it is about, get other visits
    than the running plan gives them; None: as many as pay.
    """

    seconds: float | None = None
    iterations: int | None = None
    seed: int = 0
    threads: int = 1
    ortools: bool = True
    others: int | None = None

    def __post_init__(self) -> None:
        """Raise `InvalidProblem` for a budget below nothing."""
        for name in ("seconds", "iterations", "others"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < float("inf"):
                raise InvalidProblem(name, f"must be at least 0, is {value}")


def rebase(problem: Problem, plan: Plan | None, told_before: tuple[Unserved, ...] = ()) -> Plan:
    """Return the plan as it looks in a problem that has moved on.

    Looking for reasons takes as long as all the rest: who is in a hurry gives those that were told before.

    What no longer exists is dropped, times follow from the units' present states, open requests are inserted
    where it pays, what no longer fits is listed as unserved. Never raises for a problem with travel times.
    """
    try:
        fleet = fleet_from(problem, plan)
        insert_open(fleet)
        return judged(problem, settle(fleet, told_before), fleet)
    except NoPlan:
        return _keep(problem, plan) or schedule(problem, Decisions((), _saturated(problem.requests)))


def _keep(problem: Problem, plan: Plan | None) -> Plan | None:
    """Return what can be kept of a plan, nothing added: nobody loses a promise to a fault of ours."""
    try:
        fleet = fleet_from(problem, plan)
    except NoPlan:
        return None
    kept = plan_from(fleet, _saturated(fleet.open.values()))
    return None if violations(problem, kept, fleet.facts) else kept


def _saturated(requests: Iterable[Request]) -> tuple[Unserved, ...]:
    return tuple(Unserved(request=request.id, code="fleet_saturated") for request in requests)


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
        Other plans for the same ground whose routes may be combined with what is found; a problem that is
        planned in parts (above `LARGE` requests, with seconds) has no use for them.

    Returns
    -------
    Plan
        Judged, and not dearer than the rebased plan, unless the budget allows few changes.

    Raises
    ------
    TravelUnavailable
        When the problem has no travel times.
    NoPlan
        When not even the rebased plan passes the judge.
    """
    if not problem.travel.profiles and problem.units:
        raise TravelUnavailable("the problem has no travel times inline")
    if len(problem.requests) > LARGE and budget.seconds is not None:
        return _reoptimise_in_parts(problem, plan, budget, on_incumbent)
    return _reoptimise_whole(problem, plan, budget, on_incumbent, pool or ())


def _reoptimise_whole(
    problem: Problem,
    plan: Plan | None,
    budget: Budget,
    on_incumbent: Incumbent | None = None,
    pool: Iterable[Plan] = (),
) -> Plan:
    run = _Run(problem, plan, budget, on_incumbent)
    for other in pool:
        run.work.offer(other)
    run.improve()
    return run.finish()


def _reoptimise_in_parts(
    problem: Problem, plan: Plan | None, budget: Budget, on_incumbent: Incumbent | None
) -> Plan:
    """Improve a plan part by part; told of it whole."""

    def solve(part: Problem, before: Plan | None, seconds: float, seed: int) -> Plan:
        others = None if before is None else budget.others
        return _reoptimise_whole(
            part, before, Budget(seconds=seconds, seed=seed, ortools=False, others=others)
        )

    tell = on_incumbent or (lambda _: None)
    work = Decomposition(problem, Limits(budget.seconds or 0.0, budget.threads, budget.seed), solve)
    if plan is None:
        work.plan_districts()
    else:
        work.answer(plan)
    begun = monotonic()
    found = work.running.plan()
    tell(found)
    reserve_s = JUDGING * (monotonic() - begun)
    if budget.others is None and work.left_s() > reserve_s:
        work.improve(reserve_s)
        better = work.running.find_plan()
        if better is not None and better.cost.total_milli < found.cost.total_milli:
            found = better
            tell(found)
    return found


class _Run:
    """One run, its clock and what it has told."""

    def __init__(
        self, problem: Problem, plan: Plan | None, budget: Budget, on_incumbent: Incumbent | None
    ) -> None:
        self.budget, self.on_incumbent = budget, on_incumbent
        self.running = None if budget.others is None else plan
        self.clock = Clock(budget.seconds, budget.iterations, monotonic())
        fill = self.running is None
        self.work = Improvement(problem, plan, budget.seed, budget.threads, fill=fill)
        self.told_at = begun = monotonic()
        self.start_plan = self.work.plan()
        self.clock.reserve(min(SETTLING * (monotonic() - begun), 0.3 * (budget.seconds or 0.0)))
        self.start_milli = self.told_milli = self.start_plan.cost.total_milli
        if on_incumbent is not None:
            on_incumbent(self.start_plan)

    def improve(self) -> None:
        """Search, choose across units, polish the choice."""
        if not self.work.problem.requests or not self.work.field.index.units:
            return
        if self.running is not None:
            self.work.change_few(self.running, self.budget.others or 0, self.clock, self._stream)
            return
        self.work.search(self.clock, self._stream, SEARCH_SHARE)
        if self.budget.ortools:
            self.work.choose_across_units(self.clock)
        self.work.polish(self.clock, self._stream)

    def _stream(self) -> None:
        if self.on_incumbent is None or monotonic() - self.told_at < STREAM_S:
            return
        if self.work.best.milli() < self.told_milli:
            plan = self.work.find_plan()
            if plan is not None and plan.cost.total_milli < self.told_milli:
                self.told_milli = plan.cost.total_milli
                self.on_incumbent(plan)
        self.told_at = monotonic()

    def finish(self) -> Plan:
        """Return the best plan the judge accepts: the best found, else the start."""
        found = self.start_plan
        if self.work.best.milli() < self.start_milli:
            better = self.work.find_plan()
            if better is not None and better.cost.total_milli < self.start_milli:
                found = better
        plan = self.work.find_settled(found) or found
        if self.on_incumbent is not None:
            self.on_incumbent(plan)
        return plan

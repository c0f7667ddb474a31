"""One event on a running plan: how soon a judged plan stands, whom it moves, and how good it is.

The plan of a day is rolled forward to the late morning; everybody served has been told their unit and their
time. Then one thing happens. The same event is solved again with a long time, for comparison.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from routing.model.plan import Plan
from routing.model.problem import Problem, Request
from routing.reoptimise import reoptimise
from routing.roll import roll_forward
from tests.bench import ours, sets
from tests.bench.journal import About, Journal, Line, make_table, say
from tests.bench.peers.common import Terms

METRICS = ("event_to_plan_s", "first_plan_s", "units_changed", "over_long", "overrun_s", "served")
NOW_S = 3 * 3600
LATE_S = 20 * 60


@dataclass(frozen=True, slots=True)
class Scope:
    """How long the plan of the day, the answer to an event, and the comparison may take."""

    case: str = "std"
    seeds: tuple[int, ...] = (1, 2, 3)
    plan_s: float = 60.0
    answer_s: float = 2.0
    long_s: float = 600.0
    threads: int = 1
    others: int = 2


@dataclass(frozen=True, slots=True)
class Running:
    """A day under way: the problem and the plan as they are now, and a request that has not been made yet."""

    problem: Problem
    plan: Plan
    coming: Request


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: the problem after it, and the units it is about."""

    problem: Problem
    about: frozenset[str]


def start_day(problem: Problem, terms: Terms) -> Running:
    """Plan a day without its last request, tell everybody, and let the morning go by."""
    later = [r for r in problem.requests if r.earliest_s > NOW_S + 1800]
    coming = max(later, key=lambda r: (r.latest_s, r.id)) if later else problem.requests[-1]
    asked = problem.with_requests(r for r in problem.requests if r.id != coming.id)
    plan = ours.solve(asked, terms)
    running, plan = roll_forward(_told(asked, plan), plan, NOW_S)
    return Running(running, plan, coming)


def _told(problem: Problem, plan: Plan) -> Problem:
    """Return the problem with what drivers have been told: who comes, and when."""

    def tell(request: Request) -> Request:
        found = plan.find_stop(request.id)
        if found is None:
            return request
        return replace(request, promise_s=found[1].start_s, previous_unit=found[0].unit)

    return problem.with_requests(map(tell, problem.requests))


def new_request(running: Running) -> Event:
    requests = (*running.problem.requests, running.coming)
    return Event(running.problem.with_requests(requests), frozenset())


def cancellation(running: Running) -> Event:
    """Cancel the visit in the middle of those to come."""
    serves = [
        (route.unit, stop.request) for route, stop in running.plan.iterate_stops() if stop.kind == "serve"
    ]
    unit, gone = serves[len(serves) // 2]
    return Event(
        running.problem.with_requests(r for r in running.problem.requests if r.id != gone), frozenset([unit])
    )


def unit_down(running: Running) -> Event:
    """Let the unit with the most work break down: its shifts are over."""
    unit = _busiest(running.plan)
    units = tuple(replace(u, shifts=()) if u.id == unit else u for u in running.problem.units)
    return Event(replace(running.problem, units=units), frozenset([unit]))


def late(running: Running) -> Event:
    """Let the unit with the most work be free 20 minutes later than planned."""
    unit = _busiest(running.plan)

    def delay(at_s: int) -> int:
        return max(at_s, running.problem.now_s) + LATE_S

    units = tuple(
        replace(u, state=replace(u.state, at_s=delay(u.state.at_s))) if u.id == unit else u
        for u in running.problem.units
    )
    return Event(replace(running.problem, units=units), frozenset([unit]))


def _busiest(plan: Plan) -> str:
    counts: dict[str, int] = {}
    for route, stop in plan.iterate_stops():
        counts[route.unit] = counts.get(route.unit, 0) + (stop.kind == "serve")
    return max(counts, key=lambda unit: (counts[unit], unit))


EVENTS: dict[str, Callable[[Running], Event]] = {
    "new request": new_request,
    "cancellation": cancellation,
    "unit down": unit_down,
    "20 min late": late,
}


def count_changed(before: Plan, after: Plan, about: frozenset[str]) -> int:
    """Return how many units, but those the event is about, serve others than before."""
    old, new = _who_serves(before), _who_serves(after)
    units = {unit for unit in (*old, *new) if old.get(unit, ()) != new.get(unit, ())}
    return len(units - about)


def _who_serves(plan: Plan) -> dict[str, tuple[str | None, ...]]:
    served: dict[str, tuple[str | None, ...]] = {}
    for route, stop in plan.iterate_stops():
        if stop.kind == "serve":
            served[route.unit] = (*served.get(route.unit, ()), stop.request)
    return served


def answer(journal: Journal, scope: Scope, running: Running, name: str, seed: int, benchmark: str) -> None:
    """Let one event happen and measure the answer."""
    event = EVENTS[name](running)
    terms = Terms(scope.answer_s, seed, scope.threads)
    seen: list[float] = []
    begun = monotonic()
    budget = replace(ours.make_budget(terms), others=scope.others)
    plan = reoptimise(event.problem, running.plan, budget, lambda _: seen.append(monotonic() - begun))
    took = monotonic() - begun
    long = reoptimise(event.problem, running.plan, replace(budget, seconds=scope.long_s))
    best_milli = min(plan.cost.total_milli, long.cost.total_milli)
    over = 100 * (plan.cost.total_milli / best_milli - 1) if best_milli else 0.0
    changed = count_changed(running.plan, plan, event.about)
    figures = {
        "event_to_plan_s": (took, "s"),
        "first_plan_s": (seen[0] if seen else took, "s"),
        "units_changed": (changed, ""),
        "over_long": (over, "%"),
        "overrun_s": (max(0.0, took - scope.answer_s), "s"),
        "served": (sum(stop.kind == "serve" for _, stop in plan.iterate_stops()), ""),
    }
    journal.note(f"{scope.case}/{name}", "voltrun", figures, About(took, seed, benchmark))
    told = f"{took:.2f} s, {changed} other units changed, {over:.2f} % over {scope.long_s:g} s"
    say(f"{scope.case}/{seed} {name}: {told}")


def measure(scope: Scope) -> list[Line]:
    """Run the bench on a frozen set."""
    journal, benchmark = Journal("replan"), sets.find_hash()
    for seed in scope.seeds:
        terms = Terms(scope.plan_s, seed, scope.threads)
        say(f"{scope.case}/{seed}: planning the day, {scope.plan_s:g} s")
        running = start_day(sets.load_problem(scope.case, seed), terms)
        for name in EVENTS:
            answer(journal, scope, running, name, seed, benchmark)
    return journal.lines


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)


def quick(scope: Scope) -> Scope:
    """Return less time for the same sizes."""
    return replace(scope, seeds=scope.seeds[:1], plan_s=10.0, long_s=10.0)

"""A day without a server: people ask, the engine answers, and everything goes as planned."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from routing.model.place import Place, Profile
from routing.model.plan import Plan
from routing.model.problem import Problem, Request
from routing.model.units import Seconds
from routing.quote import Placement, QuoteResult, quote
from routing.reoptimise import Budget, rebase, reoptimise
from routing.roll import roll_forward
from routing.travel.provider import TravelProvider

type Choose = Callable[[QuoteResult], Placement | None]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody asks: when (s), the request, and where it is. A probe only asks and never takes."""

    at_s: Seconds
    request: Request
    place: Place
    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody was told: how long until the unit comes (s, None: nobody does), and if they took it."""

    call: Call
    wait_s: Seconds | None
    taken: bool


def seconds_from(problem: Problem, at: datetime) -> Seconds:
    """Return an instant as the problem counts it."""
    return int((at - datetime.fromisoformat(problem.start_utc)).total_seconds())


def live_through(
    problem: Problem,
    calls: Iterable[Call],
    travel: TravelProvider,
    *,
    choose: Choose,
    iterations: int = 0,
) -> list[Outcome]:
    """Let the calls come in the order of time; after each one that is taken the plan may be improved.

    Parameters
    ----------
    problem
        The fleet and its shifts; places and travel grow with the calls.
    iterations
        How much the plan is improved after each accepted call.
    """
    problem = with_travel(problem, problem.places, travel)
    plan = rebase(problem, None)
    told: list[Outcome] = []
    for call in sorted(calls, key=lambda c: c.at_s):
        problem, plan = roll_forward(problem, plan, call.at_s)
        asked = with_travel(problem, [*_used_places(problem), call.place], travel)
        result = quote(asked, plan, call.request)
        soonest = result.offers[0].arrive_s - call.at_s if result.offers else None
        placement = None if call.is_probe else choose(result)
        if placement is not None:
            problem, plan = _take(asked, placement, iterations)
        told.append(Outcome(call, soonest, placement is not None))
    return told


def _take(problem: Problem, placement: Placement, iterations: int) -> tuple[Problem, Plan]:
    request = replace(placement.request, promise_s=placement.arrive_s)
    problem = problem.with_requests((*problem.requests, request))
    if not iterations:
        return problem, placement.plan
    return problem, reoptimise(problem, placement.plan, Budget(iterations=iterations, seed=problem.seed))


def with_travel(problem: Problem, places: Sequence[Place], travel: TravelProvider) -> Problem:
    """Return the problem on these places, with travel between all of them."""
    unique = tuple({place.id: place for place in places}.values())
    profiles: dict[str, Profile] = {}
    for name in sorted({unit.profile for unit in problem.units}):
        table = travel.table(name, unique, unique)
        profiles[name] = Profile(durations_s=table.durations_s, distances_m=table.distances_m)
    return replace(problem, places=unique, travel=replace(problem.travel, profiles=profiles))


def _used_places(problem: Problem) -> list[Place]:
    """List the places that still matter; a served customer's is forgotten once its unit has left."""
    used = {unit.state.place for unit in problem.units}
    used |= {request.place for request in problem.requests} | {plug.place for plug in problem.plugs}
    for unit in problem.units:
        for shift in unit.shifts:
            used |= {place for place in (shift.start_place, shift.end_place) if place}
    return [place for place in problem.places if place.id in used]

"""Answers to one more wish: proven places in the running plan, or why there is none and what would help."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from routing.evaluation import violations
from routing.model.errors import NoPlan, TravelUnavailable
from routing.model.plan import Plan, Stop
from routing.model.problem import Problem, Request
from routing.model.units import HOUR_S, Milli, Seconds
from routing.search.build import fleet_from, plan_from
from routing.search.diagnosis import Diagnosis, diagnose
from routing.search.fill import Choice, choose, fill, most_urgent_first
from routing.search.fleet import Fleet
from routing.search.insertion import Key, Rank, by_cost
from routing.search.top_up import top_up

SLOTS_AHEAD = 4
SLOT_S: Seconds = HOUR_S
"""Slots are looked for in the hours after the earliest arrival."""

SMALLEST_SHARE = 0.25
"""Less than this share of the energy asked for is not offered."""

type Refusal = Diagnosis


@dataclass(frozen=True, slots=True)
class Placement:
    """A proven place for a request.

    Attributes
    ----------
    plan
        The whole plan with it, judged.
    request
        As it was placed: a slot begins later than was asked.
    unit, stop
        Who comes, and the visit.
    arrive_s, ready_s
        When the visit begins (this is what is promised) and ends.
    marginal_milli
        What it adds to the cost of the plan, what it does to later stops included.
    """

    plan: Plan
    request: Request
    unit: str
    stop: Stop
    arrive_s: Seconds
    ready_s: Seconds
    marginal_milli: Milli
    kind: Literal["asap", "slot"]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smaller or later wish that can be met: by how much, and the place it would get."""

    kind: Literal["later", "less_energy"]
    amount: int
    placement: Placement


@dataclass(frozen=True, slots=True)
class QuoteResult:
    """Offers; or a refusal with what would help."""

    offers: tuple[Placement, ...]
    refusal: Refusal | None = None
    relaxations: tuple[Relaxation, ...] = ()


def quote(problem: Problem, plan: Plan, request: Request, count: int = 3) -> QuoteResult:
    """Find up to `count` places: the earliest arrival, then cheap later ones at distinct times.

    No promise to another driver gets worse by any of them.

    Raises
    ------
    TravelUnavailable
        When the problem has no travel times, or none to the request's place.
    NoPlan
        When an offer does not pass the judge.
    """
    desk = _Desk(problem, plan, request)
    soonest = desk.place(request, _by_minute, "asap")
    if soonest is None:
        refusal = diagnose(desk.fleet_with(request), request)
        return QuoteResult((), refusal, tuple(_relax(desk, request)))
    later = _pick_slots(desk, request, soonest, count - 1) if count > 1 else []
    return QuoteResult((soonest, *later))


def place_request(problem: Problem, plan: Plan, request: Request) -> Placement | None:
    """Find the cheapest place for a request; no promise to another driver gets worse by it."""
    return _Desk(problem, plan, request).place(request, by_cost, "asap")


def _by_minute(start_s: Seconds, added_milli: Milli) -> Key:
    """Rank by the minute of arrival, then by cost."""
    return start_s // 60, added_milli


class _Desk:
    """The running plan, ready for one more request (and without it, should it be there already)."""

    def __init__(self, problem: Problem, plan: Plan, request: Request) -> None:
        if not problem.travel.profiles and problem.units:
            raise TravelUnavailable("the problem has no travel times inline")
        self.problem = problem.with_requests(r for r in problem.requests if r.id != request.id)
        self.fleet = fleet_from(self.problem, plan)
        had = {stop.request for _, stop in plan.iterate_stops()}
        lost = [request for request in self.fleet.open.values() if request.id in had]
        fill(self.fleet, most_urgent_first(lost))
        told = {missed.request: missed for missed in plan.unserved}
        self.unserved = tuple(told[name] for name in self.fleet.open if name in told)

    def fleet_with(self, request: Request) -> Fleet:
        """Return the fleet as it is when this request is asked, too."""
        problem = self.problem.with_requests((*self.problem.requests, request))
        return self.fleet.asked(self.fleet.facts.asked(problem))

    def place(self, request: Request, rank: Rank, kind: Literal["asap", "slot"]) -> Placement | None:
        """Find the best place for a request and prove it."""
        fleet = self.fleet_with(request)
        choice = choose(fleet, request, rank, spare_promises=True)
        return self._prove(fleet, request, choice, kind) if choice else None

    def _prove(
        self, fleet: Fleet, request: Request, choice: Choice, kind: Literal["asap", "slot"]
    ) -> Placement:
        before = fleet.tours[choice.unit].milli
        fleet.tours[choice.unit] = choice.spot.tour
        fleet.tours[choice.unit] = top_up(fleet, choice.unit)
        plan = plan_from(fleet, self.unserved)
        found = violations(fleet.facts.problem, plan, fleet.facts)
        if found:
            raise NoPlan(f"the judge refuses an offer: {found[0]}")
        placed = plan.find_stop(request.id)
        assert placed is not None, "it was inserted"
        route, stop = placed
        added = fleet.tours[choice.unit].milli - before
        return Placement(plan, request, route.unit, stop, stop.start_s, stop.end_s, added, kind)


def _pick_slots(desk: _Desk, request: Request, soonest: Placement, count: int) -> list[Placement]:
    """Pick the cheapest of the hours after the earliest arrival, in the order of time."""
    if request.start_s is not None:
        return []
    found: list[Placement] = []
    for hour in range(1, SLOTS_AHEAD + 1):
        earliest_s = soonest.arrive_s + hour * SLOT_S
        if earliest_s > request.latest_s:
            break
        wish = replace(request, earliest_s=earliest_s, wait_milli_per_h=0)
        placed = desk.place(wish, by_cost, "slot")
        distinct = placed and all(abs(placed.arrive_s - other.arrive_s) >= SLOT_S // 2 for other in found)
        if placed and distinct:
            found.append(placed)
    cheapest = sorted(found, key=lambda p: (p.marginal_milli, p.arrive_s))[:count]
    return sorted(cheapest, key=lambda p: p.arrive_s)


def _relax(desk: _Desk, request: Request) -> Iterator[Relaxation]:
    """Try the same wish later, and smaller."""
    if request.start_s is not None:
        return
    end_s = desk.problem.now_s + desk.problem.horizon_s
    later = replace(request, latest_s=max(request.latest_s, end_s), finish_by_s=None)
    placed = desk.place(later, _by_minute, "slot")
    if placed is not None:
        yield Relaxation("later", max(0, placed.arrive_s - request.latest_s), placed)
    smaller = _most_energy(desk, request)
    if smaller is not None:
        yield Relaxation("less_energy", request.energy_wh - smaller.request.energy_wh, smaller)


def _most_energy(desk: _Desk, request: Request) -> Placement | None:
    """Find the most energy that can be had in the window, by halving what is uncertain."""
    low, high = SMALLEST_SHARE, 1.0
    best = desk.place(_with_share(request, low), _by_minute, "slot")
    if best is None:
        return None
    for _ in range(4):
        middle = (low + high) / 2
        placed = desk.place(_with_share(request, middle), _by_minute, "slot")
        if placed is None:
            high = middle
        else:
            low, best = middle, placed
    return best


def _with_share(request: Request, share: float) -> Request:
    return replace(request, energy_wh=max(1, int(request.energy_wh * share)))

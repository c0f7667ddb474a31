"""Answers to one more wish: proven places in the running plan, or why there is none and what would help."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from routing.desk import Asked, Desk, Placement
from routing.evaluation.spur import Spur
from routing.model.plan import Plan
from routing.model.problem import Problem, Request
from routing.model.units import HOUR_S, Seconds
from routing.search.diagnosis import Diagnosis
from routing.search.slot import Found

__all__ = ["Placement", "QuoteResult", "Refusal", "Relaxation", "place_request", "quote", "quote_at"]

SLOTS_AHEAD = 4
SLOT_S: Seconds = HOUR_S
"""Slots are looked for in the hours after the earliest arrival."""

SMALLEST_SHARE = 0.25
"""Less than this share of the energy asked for is not offered."""

type Refusal = Diagnosis


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
    return quote_at(Desk(problem, plan, without=request.id, settle=True), request, count)


def quote_at(desk: Desk, request: Request, count: int = 3, spur: Spur | None = None) -> QuoteResult:
    """Answer a wish at a desk that stands: see `quote`; its place may lie at the end of a spur."""
    asked = desk.take(request, spur)
    soonest = asked.find_soonest()
    if soonest is None:
        return QuoteResult((), asked.diagnose(), tuple(_relax(asked, request)))
    later = _pick_slots(asked, request, soonest, count - 1) if count > 1 else []
    return QuoteResult((soonest, *later))


def place_request(problem: Problem, plan: Plan, request: Request) -> Placement | None:
    """Find the cheapest place for a request; no promise to another driver gets worse by it."""
    return Desk(problem, plan, without=request.id, settle=True).take(request).find_cheapest()


def _pick_slots(asked: Asked, request: Request, soonest: Placement, count: int) -> list[Placement]:
    """Pick the cheapest of the hours after the earliest arrival, in the order of time."""
    if request.start_s is not None:
        return []
    found: list[Placement] = []
    for hour in range(1, SLOTS_AHEAD + 1):
        earliest_s = soonest.arrive_s + hour * SLOT_S
        if earliest_s > request.latest_s:
            break
        placed = asked.find_between(earliest_s, request.latest_s)
        distinct = placed and all(abs(placed.arrive_s - other.arrive_s) >= SLOT_S // 2 for other in found)
        if placed and distinct:
            found.append(placed)
    cheapest = sorted(found, key=lambda p: (p.marginal_milli, p.arrive_s))[:count]
    return sorted(cheapest, key=lambda p: p.arrive_s)


def _relax(asked: Asked, request: Request) -> Iterator[Relaxation]:
    """Try the same wish later, and smaller."""
    if request.start_s is not None:
        return
    problem = asked.desk.problem
    end_s = problem.now_s + problem.horizon_s
    later = replace(request, latest_s=max(request.latest_s, end_s), finish_by_s=None)
    placed = asked.again(later).find_soonest("slot")
    if placed is not None:
        yield Relaxation("later", max(0, placed.arrive_s - request.latest_s), placed)
    smaller = _most_energy(asked, request)
    if smaller is not None:
        yield Relaxation("less_energy", request.energy_wh - smaller.request.energy_wh, smaller)


def _most_energy(asked: Asked, request: Request) -> Placement | None:
    """Find the most energy that can be had in the window, by halving what is uncertain; prove that alone."""
    low, high = SMALLEST_SHARE, 1.0
    best = _look_for(asked, request, low)
    for _ in range(4 if best else 0):
        middle = (low + high) / 2
        found = _look_for(asked, request, middle)
        if found is None:
            high = middle
        else:
            low, best = middle, found
    return best[0].prove(best[1], "slot") if best else None


def _look_for(asked: Asked, request: Request, share: float) -> tuple[Asked, Found] | None:
    smaller = asked.again(_with_share(request, share))
    found = smaller.look_soonest()
    return None if found is None else (smaller, found)


def _with_share(request: Request, share: float) -> Request:
    return replace(request, energy_wh=max(1, int(request.energy_wh * share)))

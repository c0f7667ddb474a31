"""Why a request is served by whom it is: every unit asked, with the first rule in its way."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import structlog

from dispatch.routing_bridge.sentences import build_sentence
from dispatch.routing_bridge.standing import roll_document
from dispatch.routing_bridge.timeline import Timeline
from routing.desk import Asked, Desk
from routing.model.errors import NoPlan
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.request import Request
from routing.model.unit import Unit
from routing.preview import preview_units
from routing.quote import quote_at
from routing.search.diagnosis import UnitMiss

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class UnitReason:
    """What one unit could do for a request; no code means that it could serve it."""

    unit_id: UUID
    serves: bool
    arrival: datetime | None
    extra_milli: int | None
    code: str | None = None
    detail: str = ""
    rule: str | None = None
    amount: int | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Smaller:
    """A wish that differs as little as possible and can be met: `later` by seconds, `less_energy` by Wh."""

    kind: str
    amount: int
    unit_id: UUID
    arrival: datetime
    ready: datetime
    energy_wh: int
    milli: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """What every unit could do; for a request that nobody serves also what would help."""

    units: list[UnitReason]
    relaxations: list[Smaller]


def explain_request(area_id: UUID, request_id: UUID, now: datetime) -> Reasons | None:
    """Ask every unit of the running plan about a request; None when the plan may not move it any more."""
    rolled = roll_document(area_id, now)
    if rolled is None:
        return None
    time, problem, plan = rolled
    asked = next((item for item in problem.requests if item.id == str(request_id)), None)
    try:
        return None if asked is None else _explain(problem, plan, asked, time)
    except NoPlan as error:
        log.error("desk_not_opened", detail=str(error))
        return None


def _explain(problem: Problem, plan: Plan, asked: Request, time: Timeline) -> Reasons:
    found = plan.find_stop(asked.id)
    if found is not None:
        return Reasons(_compare(problem, plan, asked, time, found[0].unit), [])
    desk = Desk(problem, plan, without=asked.id, settle=True)
    # Its own promise is past keeping: that must not stand in the way of what still can be done.
    wish = replace(asked, promise_s=None)
    taken = desk.take(wish)
    units = [_reason(taken, unit, time) for unit in problem.units]
    nobody = all(reason.code is not None for reason in units)
    return Reasons(units, _relax(desk, wish, time) if nobody else [])


def _relax(desk: Desk, wish: Request, time: Timeline) -> list[Smaller]:
    """Ask what would help; nothing, when the judge refuses it."""
    try:
        found = quote_at(desk, wish, count=1).relaxations
    except NoPlan:
        return []
    return [
        Smaller(
            kind=item.kind,
            amount=item.amount,
            unit_id=UUID(item.placement.unit),
            arrival=time.instant(item.placement.arrive_s),
            ready=time.instant(item.placement.ready_s),
            energy_wh=item.placement.stop.energy_wh,
            milli=item.placement.marginal_milli,
        )
        for item in found
    ]


def _compare(problem: Problem, plan: Plan, asked: Request, time: Timeline, serving: str) -> list[UnitReason]:
    """Say of each unit what putting the request there would cost, compared with who serves it now."""
    effects = preview_units(problem, plan, asked.id, [unit.id for unit in problem.units])
    free = replace(asked, unit=None, start_s=None, promise_s=None)
    taken = Desk(problem, plan, without=asked.id, settle=True).take(free)
    reasons: list[UnitReason] = []
    for unit, effect in zip(problem.units, effects, strict=True):
        if unit.id == serving:
            stop = plan.find_stop(asked.id)
            start = None if stop is None else time.instant(stop[1].start_s)
            reasons.append(UnitReason(UUID(unit.id), True, start, 0))
        elif effect.stop is not None:
            arrival = time.instant(effect.stop.start_s)
            reasons.append(UnitReason(UUID(unit.id), False, arrival, effect.cost.total_milli))
        else:
            reasons.append(_reason(taken, unit, time))
    return reasons


def _reason(taken: Asked, unit: Unit, time: Timeline) -> UnitReason:
    """Say where a unit would come, hurting no promise, or what is in its way."""
    answer = taken.ask(unit)
    if not isinstance(answer, UnitMiss):
        return UnitReason(UUID(unit.id), False, time.instant(answer.start_s), answer.added_milli)
    words, amount, measure = build_sentence(answer), answer.amount, answer.measure
    return UnitReason(UUID(unit.id), False, None, None, answer.code, words, answer.rule, amount, measure)

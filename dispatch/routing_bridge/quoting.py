"""Quotes: insertions into the running plan's document, proven; never from hundreds of rows."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import structlog

from dispatch.routing_bridge.demand import PRIORITY, WRAPUP_S, Car, Spot
from dispatch.routing_bridge.desks import take_desk
from dispatch.routing_bridge.documents import find_document
from dispatch.routing_bridge.problem_from_db import ASAP_WAIT_MILLI
from dispatch.routing_bridge.sentences import build_sentence
from dispatch.routing_bridge.spurs import build_spur
from dispatch.routing_bridge.timeline import Timeline
from routing.model.errors import NoPlan
from routing.model.request import Request
from routing.quote import Placement, QuoteResult, quote_at
from routing.search.diagnosis import UnitMiss

log = structlog.get_logger(__name__)
VALUE_MILLI = 60_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a driver asks for."""

    id: UUID
    car: Car
    soc: float
    energy_wh: int
    spot: Spot
    earliest: datetime
    latest: datetime
    urgency: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proven place in the plan."""

    unit_id: UUID
    kind: str
    arrival: datetime
    ready: datetime
    energy_wh: int
    marginal_milli: int
    relaxes: str = ""


@dataclass(frozen=True, slots=True)
class UnitRefusal:
    """Why one unit cannot: the words for people, and the facts they are made of."""

    unit_id: UUID
    code: str
    detail: str
    rule: str
    amount: int
    measure: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Proposals, or why there are none and what would work instead."""

    version: int
    proposals: tuple[Proposal, ...]
    code: str = ""
    detail: str = ""
    closest: UnitRefusal | None = None
    per_unit: tuple[UnitRefusal, ...] = ()
    alternatives: tuple[Proposal, ...] = ()


def quote_wish(area_id: UUID, wish: Wish, now: datetime) -> Answer | None:
    """Answer a wish from the running plan's document; None when there is no plan yet, or none that holds."""
    document = find_document(area_id)
    if document is None:
        return None
    try:
        with take_desk(area_id, document, now, newest=False) as held:
            time = held.time
            spur = build_spur(held.document, held.desk, wish.spot.place)
            found = quote_at(held.desk, _build_request(wish, time), spur=spur)
            return _answer(held.document.version, found, time)
    except NoPlan as error:
        log.error("quote_refused_by_judge", detail=str(error))
        return None


def _build_request(wish: Wish, time: Timeline) -> Request:
    return Request(
        id=str(wish.id),
        place=wish.spot.place.id,
        energy_wh=wish.energy_wh,
        vehicle=wish.car.build(wish.soc),
        earliest_s=time.seconds(wish.earliest),
        latest_s=time.seconds(wish.latest),
        priority=PRIORITY[wish.urgency],  # type: ignore[arg-type]  # the field's values are the literal's
        value_milli=VALUE_MILLI,
        wait_milli_per_h=ASAP_WAIT_MILLI,
        setup_s=wish.spot.setup_s,
        wrapup_s=WRAPUP_S,
        max_height_mm=wish.spot.max_height_mm,
        max_weight_kg=wish.spot.max_weight_kg,
        kinds=wish.spot.kinds or None,  # type: ignore[arg-type]
        access=wish.spot.access(time),
    )


def _answer(version: int, result: QuoteResult, time: Timeline) -> Answer:
    proposals = tuple(_proposal(placement, time) for placement in result.offers)
    if result.refusal is None:
        return Answer(version, proposals)
    per_unit = tuple(_unit_refusal(item) for item in result.refusal.per_unit)
    closest = _closest(result.refusal.code, per_unit)
    return Answer(
        version=version,
        proposals=proposals,
        code=result.refusal.code,
        detail=result.refusal.detail if closest is None else closest.detail,
        closest=closest,
        per_unit=per_unit,
        alternatives=tuple(
            replace(_proposal(item.placement, time), relaxes=item.kind) for item in result.relaxations
        ),
    )


def _unit_refusal(miss: UnitMiss) -> UnitRefusal:
    return UnitRefusal(UUID(miss.unit), miss.code, build_sentence(miss), miss.rule, miss.amount, miss.measure)


def _closest(code: str, per_unit: tuple[UnitRefusal, ...]) -> UnitRefusal | None:
    """Find the unit that came closest."""
    near = [miss for miss in per_unit if miss.code == code]
    return min(near, key=lambda miss: miss.amount, default=None)


def _proposal(placement: Placement, time: Timeline) -> Proposal:
    return Proposal(
        unit_id=UUID(placement.unit),
        kind=placement.kind,
        arrival=time.instant(placement.stop.start_s),
        ready=time.instant(placement.stop.end_s),
        energy_wh=placement.stop.energy_wh,
        marginal_milli=placement.marginal_milli,
    )

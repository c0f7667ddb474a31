"""Accepting: one more request in what stands, on the unit that was offered if it can still come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import structlog

from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.desks import find_unit
from dispatch.routing_bridge.documents import Document, find_revised
from dispatch.routing_bridge.plan_to_db import build_changes
from dispatch.routing_bridge.publishing import Draft, build_draft, build_part, is_judged, may_grow
from dispatch.routing_bridge.standing import Standing, stand, stand_alone
from routing.model.errors import NoPlan
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.request import Request
from routing.part import place_beside
from routing.quote import Placement, place_request

log = structlog.get_logger(__name__)

type _Find = Callable[[Problem, Plan, Request], Placement | None]


class Offered(NamedTuple):
    """The unit that was offered, and the version of the plan it was found in."""

    unit_id: UUID
    version: int


def draft_accepted(
    area_id: UUID, demand: Demand, latest: datetime, now: datetime, offered: Offered, *, may_ask: bool = True
) -> Draft | None:
    """Insert one more request into what stands; None when no unit can be there by `latest`.

    The unit that was offered is looked at alone, or, when the plan has changed since, the one that would come
    now; the whole, when that one cannot, or when rows have changed of which the running plan does not know:
    somebody may have been freed. Promises to others are never hurt for it.
    """
    revision, document, says_all = find_revised(area_id)
    if document is not None and may_grow(document, now):
        unit_id: UUID | None = offered.unit_id
        if document.version != offered.version:
            # Somebody may have got that place; under the lock the roads are not asked for it again.
            unit_id = find_unit(area_id, document, demand, latest, now, may_ask=may_ask)
        if unit_id is None and says_all:
            return None
        if unit_id is not None:
            alone = stand_alone(area_id, unit_id, now, document, demand, may_ask=may_ask)
            drafted = None if alone is None else _draft_part(revision, document, alone, demand, latest)
            if drafted is not None:
                return drafted
    standing = stand(area_id, now, demand, may_ask=may_ask)
    placement = _place(standing, demand, latest, place_request)
    if placement is None:
        return None
    changes = build_changes(standing.ground, placement.plan, demand)
    return build_draft(revision, standing, placement.plan, changes, UUID(placement.unit))


def _draft_part(
    revision: int, document: Document, alone: Standing, demand: Demand, latest: datetime
) -> Draft | None:
    """Draft one unit's part; None when it cannot come, or not without leaving somebody, or roads changed."""
    if alone.ground.area.plan_version != document.version:
        return None
    placement = _place(alone, demand, latest, place_beside)
    if placement is None:
        return None
    changes = build_changes(alone.ground, placement.plan, demand)
    return build_part(revision, alone, placement.plan, changes, document)


def _place(standing: Standing, demand: Demand, latest: datetime, find: _Find) -> Placement | None:
    request = next(item for item in standing.whole.requests if item.id == str(demand.id))
    limit = min(request.latest_s, standing.ground.timeline.seconds(latest))
    if limit < request.earliest_s:
        return None
    try:
        placement = find(standing.problem, standing.plan, replace(request, latest_s=limit))
    except NoPlan as error:
        log.error("accept_refused_by_judge", detail=str(error))
        return None
    return placement if placement and is_judged(standing.whole, placement.plan) else None

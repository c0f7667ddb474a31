"""Refreshing: what rows say of one unit now, in place of what a plan says of it.

Of fifty units an event changes one. To read it anew takes a twentieth of the time of reading all.
"""

from datetime import datetime
from uuid import UUID

import structlog

from dispatch.models import ServiceArea
from dispatch.routing_bridge.documents import find_revised
from dispatch.routing_bridge.plan_to_db import build_changes
from dispatch.routing_bridge.publishing import Draft, build_part, may_grow
from dispatch.routing_bridge.standing import Standing, stand_alone
from routing.model.errors import NoPlan
from routing.model.plan import Plan
from routing.part import settle_beside

log = structlog.get_logger(__name__)


def draft_unit(area: ServiceArea, unit_id: UUID, now: datetime) -> Draft | None:
    """Draft a part of the running plan from the rows of one unit; the caller holds the area's lock.

    None when there is no plan to put it into, or when it does not fit: the planner looks at the whole.

    Raises
    ------
    TravelMissing
        When the roads must be asked first, which nobody does under a lock.
    """
    document = find_revised(area.id).document
    if document is None or not may_grow(document, now):
        return None
    alone = stand_alone(area.id, unit_id, now, document, may_ask=False)
    plan = None if alone is None else settle_alone(alone)
    if alone is None or plan is None:
        return None
    # What others wrote before this lock was taken is known to the plan, or it is not.
    return build_part(area.revision - 1, alone, plan, build_changes(alone.ground, plan), document)


def settle_alone(alone: Standing) -> Plan | None:
    """Return one unit's plan with the times that follow now; None when it leaves somebody."""
    try:
        return settle_beside(alone.whole, alone.plan)
    except NoPlan as error:
        log.info("part_does_not_hold", detail=str(error))
        return None

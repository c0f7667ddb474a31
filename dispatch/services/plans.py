"""Publish: the second writer of a plan. What was solved is re-based without a lock and written under it.

Who frees a unit puts that unit's part into the running plan at once: who asks next is offered it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Unavailable
from dispatch.models import Plan, ServiceArea
from dispatch.routing_bridge.publishing import RENEWED, Draft, Published, write_draft
from dispatch.routing_bridge.refreshing import draft_unit
from dispatch.routing_bridge.replanning import draft_solved, follow
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.travel_book import TravelMissing
from dispatch.services.actors import PLANNER
from dispatch.services.areas import write_drafted
from dispatch.services.facts import list_facts
from dispatch.services.replans import Lease, renew_lease, want_replan
from dispatch.services.stages import follow_stops

_HOUSE = Caller.system()


def publish_replan(lease: Lease, candidate: Candidate, now: datetime, wall: datetime) -> Published | None:
    """Publish what a lease's holder solved; None when nothing changed or the lease was lost."""

    made: list[Draft] = []

    def draft(may_ask: bool) -> Draft | None:
        followed = follow(made[-1], now, may_ask=may_ask) if made else None
        drafted = followed or draft_solved(lease.area_id, candidate, now, may_ask=may_ask)
        made[:] = [] if drafted is None else [drafted]
        return drafted

    def write(area: ServiceArea, drafted: Draft) -> Published | None:
        # Another worker took over while this one slept: its plan is newer, this one is dropped.
        if not renew_lease(lease, wall):
            return None
        return _publish(area, drafted, lease, now, wall)

    try:
        return write_drafted(lease.area_id, draft, write)
    except Unavailable:
        # Others were always faster; it is wanted once more.
        want_replan(lease.area_id, "busy", wall)
        return None


def _publish(area: ServiceArea, draft: Draft, lease: Lease, now: datetime, wall: datetime) -> Published:
    published = write_draft(draft, "publish", lease.causes, (lease.wanted_at, wall))
    facts = list_facts(
        area.id,
        "plan.published",
        requests=follow_stops(published.requests, now, "replanned", published.why),
        units=sorted(published.units),
        plan=published.version,
        cause=",".join(lease.causes),
    )
    record(area.operator_id, PLANNER, now, facts)
    return published


def publish_unit(
    area: ServiceArea, unit_id: UUID, now: datetime, cause: str, *, goes_without: bool
) -> Published | None:
    """Publish what a unit does now that its rows have changed; the caller holds the area's lock.

    None when that is left to the planner. Raises `TravelMissing` unless it `goes_without`.
    """
    try:
        draft = draft_unit(area, unit_id, now)
    except TravelMissing:
        if goes_without:
            return None
        raise
    return None if draft is None else write_draft(draft, "cancel", [cause])


def renew_plan(area_id: UUID, now: datetime, wall: datetime) -> bool:
    """Want a plan when the running one has grown old: units that nobody heard of are late, too."""
    latest = Plan.objects.of(_HOUSE).filter(area=area_id).order_by("-version")
    published = latest.values_list("published_at", flat=True).first()
    old = published is not None and now - published > RENEWED + timedelta(seconds=1)
    if old:
        want_replan(area_id, "renewed", wall)
    return old

"""Publish: the second writer of a plan. What was solved is re-based without a lock and written under it."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Unavailable
from dispatch.models import Plan, ServiceArea
from dispatch.routing_bridge.publishing import RENEWED, Draft, Published, draft_solved, write_draft
from dispatch.routing_bridge.solving import Candidate
from dispatch.services.actors import PLANNER
from dispatch.services.areas import write_drafted
from dispatch.services.facts import list_facts
from dispatch.services.replans import Lease, renew_lease, want_replan
from dispatch.services.stages import follow_stops

_HOUSE = Caller.system()


def publish_replan(lease: Lease, candidate: Candidate, now: datetime, wall: datetime) -> Published | None:
    """Publish what a lease's holder solved; None when nothing changed or the lease was lost."""

    def draft(may_ask: bool) -> Draft | None:
        return draft_solved(lease.area_id, candidate, now, may_ask=may_ask)

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


def renew_plan(area_id: UUID, now: datetime, wall: datetime) -> bool:
    """Want a plan when the running one has grown old: units that nobody heard of are late, too."""
    latest = Plan.objects.of(_HOUSE).filter(area=area_id).order_by("-version")
    published = latest.values_list("published_at", flat=True).first()
    old = published is not None and now - published > RENEWED + timedelta(seconds=1)
    if old:
        want_replan(area_id, "renewed", wall)
    return old

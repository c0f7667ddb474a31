"""Publish: the second writer of a plan. What was solved without a lock is re-based and written under it."""

from datetime import datetime

from django.db import transaction

from dispatch.broadcast.outbox import record
from dispatch.routing_bridge.publishing import Published, publish_solved
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import prepare
from dispatch.routing_bridge.travel_book import TravelMissing
from dispatch.services.actors import PLANNER
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import Lease, renew_lease

# Each time round, an accept brought a place whose travel this process did not know yet.
TRIES = 8


def publish_replan(lease: Lease, candidate: Candidate, now: datetime, wall: datetime) -> Published | None:
    """Publish what a lease's holder solved; None when nothing changed or the lease was lost."""
    for _ in range(TRIES):
        prepare(lease.area_id, now)
        try:
            with transaction.atomic():
                return _publish(lease, candidate, now, wall)
        except TravelMissing:
            continue
    return None


def _publish(lease: Lease, candidate: Candidate, now: datetime, wall: datetime) -> Published | None:
    area = lock_area(lease.area_id)
    # Another worker took over while this one slept: its plan is newer, this one is dropped.
    if not renew_lease(lease, wall):
        return None
    published = publish_solved(area.id, candidate, lease.causes, now)
    if published is not None:
        facts = list_facts(
            area.id,
            "plan.published",
            requests=[(request, "updated") for request in sorted(published.requests)],
            units=sorted(published.units),
            plan=published.version,
            cause=",".join(lease.causes),
        )
        record(area.operator_id, PLANNER, now, facts)
    return published

"""What is about to happen is told and holds: the driver hears who comes, the solver may not move it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.models import ChargeRequest, Lock, Status, Stop, StopState
from dispatch.services.actors import PLANNER
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.stages import reach

# A crew gets ready for its next stop this long before it must set out.
NOTICE = timedelta(seconds=120)
_HOUSE = Caller.system()


def freeze_horizon(speed: float) -> timedelta:
    """How far ahead nothing moves: what the solver cannot answer for before it is here."""
    return NOTICE + timedelta(seconds=settings.SOLVER_SECONDS * speed)


def assign_due(area_id: UUID, now: datetime, speed: float) -> int:
    """Assign each unit's next stop that is due within the horizon; returns how many were."""
    limit = now + freeze_horizon(speed)
    if not _due(area_id, limit):
        return 0
    with transaction.atomic():
        area = lock_area(area_id)
        due = _due(area_id, limit)
        for stop in due:
            Lock(
                operator_id=area.operator_id, stop=stop, what="unit", who=PLANNER, why="told", created_at=now
            ).save(force_insert=True)
            request = ChargeRequest.objects.of(_HOUSE).get(stops=stop)
            reach(request, Status.ASSIGNED, now)
        if due:
            heard = [(stop.request_id, str(Status.ASSIGNED)) for stop in due if stop.request_id]
            facts = list_facts(
                area_id, "request.assigned", requests=heard, units=[stop.unit_id for stop in due]
            )
            record(area.operator_id, PLANNER, now, facts)
    return len(due)


def _due(area_id: UUID, limit: datetime) -> list[Stop]:
    rows = Stop.objects.of(_HOUSE).filter(
        route__area=area_id,
        state=StopState.PLANNED,
        kind=Stop.Kind.SERVE,
        depart_at__lte=limit,
        request__status=Status.BOOKED,
        locks__isnull=True,
    )
    return list(rows.order_by("unit", "position"))

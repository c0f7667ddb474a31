"""What is about to happen is told and holds: the driver hears who comes, the solver may not move it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.models import Lock, Status, Stop, StopState
from dispatch.services.actors import PLANNER
from dispatch.services.areas import lock_area, queue_up
from dispatch.services.facts import list_facts
from dispatch.services.stages import follow_stops

# A crew gets ready for its next stop this long before it must set out.
NOTICE = timedelta(seconds=120)
_HOUSE = Caller.system()


def freeze_horizon(speed: float) -> timedelta:
    """How far ahead nothing moves: what the solver cannot answer for before it is here."""
    return NOTICE + timedelta(seconds=settings.SOLVER_SECONDS * speed)


def assign_due(area_id: UUID, now: datetime, speed: float) -> int:
    """Assign the visits that are due within the horizon; returns how many were."""
    limit = now + freeze_horizon(speed)
    if not _due(area_id, limit):
        return 0
    with transaction.atomic():
        # An accept that is being drafted would have to be drafted again.
        queue_up(area_id)
        area = lock_area(area_id, frees=False)
        due = _due(area_id, limit)
        # One that is held to its time by hand is from now on held to its unit, too.
        held = {lock.stop_id for stop in due for lock in stop.locks.all()}
        Lock.objects.of(_HOUSE).filter(stop__in=held, what="time").update(what="both")
        free = [stop for stop in due if stop.id not in held]
        Lock.objects.bulk_create([_build_lock(area.operator_id, stop, now) for stop in free])
        if due:
            heard = follow_stops([stop.request_id for stop in due if stop.request_id], now)
            units = sorted({stop.unit_id for stop in due})
            facts = list_facts(area_id, "request.assigned", requests=heard, units=units)
            record(area.operator_id, PLANNER, now, facts)
    return len(due)


def _build_lock(operator_id: UUID, stop: Stop, now: datetime) -> Lock:
    return Lock(operator_id=operator_id, stop=stop, what="unit", who=PLANNER, why="told", created_at=now)


def _due(area_id: UUID, limit: datetime) -> list[Stop]:
    rows = Stop.objects.of(_HOUSE).filter(
        route__area=area_id,
        state=StopState.PLANNED,
        kind=Stop.Kind.SERVE,
        request__status=Status.BOOKED,
    )
    due = rows.filter(depart_at__lte=limit)
    return list(due.prefetch_related("locks").order_by("unit", "position"))

"""Lock and unlock: a dispatcher takes a planned visit out of the solver's hands, and gives it back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, Invalid, NotFound
from dispatch.models import Lock, ServiceArea, Stop, StopState
from dispatch.services.actors import PLANNER, actor_of
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan
from dispatch.services.stages import follow_stops

_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Hold:
    """What is held: `unit`, `time` or `both`; why, and until when (None: until it is given back)."""

    what: str = "both"
    why: str = ""
    until: datetime | None = None


@transaction.atomic
def lock_stop(caller: Caller, stop_id: UUID, hold: Hold, now: datetime, wall: datetime) -> None:
    """Hold a planned visit to its unit, its time or both; locking it again changes what is held."""
    if hold.until is not None and hold.until <= now:
        raise Invalid("until_in_the_past", "It would be given back at once.", path="until")
    area, stop = _take(caller, stop_id)
    Lock.objects.of(_HOUSE).filter(stop=stop).delete()
    lock = Lock(
        operator_id=area.operator_id,
        stop=stop,
        what=hold.what,
        who=actor_of(caller),
        why=hold.why,
        created_at=now,
        until=hold.until,
    )
    lock.save(force_insert=True)
    _tell(actor_of(caller), area, stop, "stop.locked", now, wall)


@transaction.atomic
def unlock_stop(caller: Caller, stop_id: UUID, now: datetime, wall: datetime) -> None:
    """Give a visit back to the solver; giving back what is free is no error."""
    area, stop = _take(caller, stop_id)
    held = Lock.objects.of(_HOUSE).filter(stop=stop)
    if held.delete()[0]:
        _tell(actor_of(caller), area, stop, "stop.unlocked", now, wall)


def release_due(area_id: UUID, now: datetime, wall: datetime) -> int:
    """Give back what was held until now; returns how many visits were."""
    due = Lock.objects.of(_HOUSE).filter(
        stop__route__area=area_id, stop__state=StopState.PLANNED, until__lte=now
    )
    if not due.exists():
        return 0
    with transaction.atomic():
        area = lock_area(area_id)
        locks = list(due.select_related("stop__request"))
        due.filter(id__in=[lock.id for lock in locks]).delete()
        for lock in locks:
            _tell(PLANNER, area, lock.stop, "stop.unlocked", now, wall)
    return len(locks)


def _take(caller: Caller, stop_id: UUID) -> tuple[ServiceArea, Stop]:
    """Lock the area and return the stop; only one that nobody was told of may be locked by hand."""
    rows = Stop.objects.of(caller).filter(id=stop_id, operator_id__in=caller.dispatched)
    area_id = rows.values_list("route__area_id", flat=True).first()
    if area_id is None:
        raise NotFound
    area = lock_area(area_id)
    stop = rows.select_related("request").first()
    if stop is None:
        raise NotFound
    if stop.state != StopState.PLANNED or stop.kind != Stop.Kind.SERVE:
        raise Conflict("not_in_that_state", f"The {stop.kind} stop is {stop.state}.", state=stop.state)
    if Lock.objects.of(_HOUSE).filter(stop=stop, who=PLANNER).exists():
        raise Conflict("told_to_driver", "The driver knows already which unit comes.")
    return area, stop


def _tell(actor: str, area: ServiceArea, stop: Stop, type_: str, now: datetime, wall: datetime) -> None:
    stop.revision += 1
    stop.save(update_fields=["revision"])
    # A visit held to its unit is told; one given back is not told any more.
    heard = follow_stops([stop.request_id] if stop.request_id else [], now, type_)
    want_replan(area.id, type_, wall)
    facts = list_facts(area.id, type_, requests=heard, units=[stop.unit_id])
    record(area.operator_id, actor, now, facts)

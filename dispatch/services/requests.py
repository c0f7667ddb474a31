"""Cancel: what is not needed any more frees its unit; what is over stays over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, NotFound
from dispatch.models import LIVE, ChargeRequest, Status, Stop, StopState, UnitState
from dispatch.selectors.requests import cancel_price
from dispatch.services.actors import actor_of
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan
from dispatch.services.stages import end_request

_HOUSE = Caller.system()
# A reason is the driver's own words, which have no place in the event log.
CAUSE = "cancelled_by_driver"


def cancel_request(caller: Caller, request_id: UUID, _reason: str, now: datetime, wall: datetime) -> None:
    """Cancel a request; it costs the tariff's fee once a unit is on its way."""
    area_id = ChargeRequest.objects.of(caller).filter(id=request_id).values_list("area_id", flat=True).first()
    if area_id is None:
        raise NotFound
    with transaction.atomic():
        area = lock_area(area_id)
        request = ChargeRequest.objects.of(caller).select_related("area", "tariff").get(id=request_id)
        price = cancel_price(request)
        if price is None:
            raise Conflict("too_late_to_cancel", f"The request is {request.status}.", state=request.status)
        units = _free_unit(request, now)
        request.price = price
        request.save(update_fields=["price"])
        heard = end_request(request, Status.CANCELLED, now, CAUSE)
        want_replan(area.id, "request.cancelled", wall)
        facts = list_facts(area.id, "request.cancelled", requests=heard, units=units, cause=CAUSE)
        record(area.operator_id, actor_of(caller), now, facts)


def _free_unit(request: ChargeRequest, now: datetime) -> list[UUID]:
    """Take the request's stop off its route: planned ones vanish, one under way failed with a reason."""
    stop = Stop.objects.of(_HOUSE).filter(request=request, state__in=LIVE).first()
    if stop is None:
        return []
    if stop.state == StopState.PLANNED:
        stop.delete()
        return [stop.unit_id]
    stop.state, stop.done_at, stop.reason = StopState.FAILED, now, "cancelled"
    stop.revision += 1
    stop.save(update_fields=["state", "done_at", "reason", "revision"])
    idle = {"activity": UnitState.Activity.AVAILABLE, "next_arrival_at": None}
    UnitState.objects.of(_HOUSE).filter(unit=stop.unit_id).update(**idle)
    return [stop.unit_id]

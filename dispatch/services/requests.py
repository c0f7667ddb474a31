"""Cancel: what is not needed any more frees its unit; what is over stays over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, NotFound
from dispatch.models import LIVE, ChargeRequest, ServiceArea, Status, Stop, StopState, UnitState
from dispatch.selectors.requests import cancel_price
from dispatch.services.actors import actor_of
from dispatch.services.areas import change_knowing_travel, lock_area, queue_up
from dispatch.services.facts import list_facts
from dispatch.services.plans import publish_unit
from dispatch.services.replans import want_replan
from dispatch.services.stages import end_request, follow_stops

_HOUSE = Caller.system()
# A reason is the driver's own words, which have no place in the event log.
CAUSE = "cancelled_by_driver"


def cancel_request(caller: Caller, request_id: UUID, _reason: str, now: datetime, wall: datetime) -> None:
    """Cancel a request; it costs the tariff's fee once a unit is on its way.

    The plan knows at once whom that frees: of two who want the place one gets it, and the other is told so.
    """
    area_id = ChargeRequest.objects.of(caller).filter(id=request_id).values_list("area_id", flat=True).first()
    if area_id is None:
        raise NotFound

    def cancel(goes_without: bool) -> None:
        with transaction.atomic():
            # An accept that is being drafted would have to be drafted again.
            queue_up(area_id)
            area = lock_area(area_id)
            request = ChargeRequest.objects.of(caller).select_related("area", "tariff").get(id=request_id)
            _end(request, now)
            unit_id = _free_unit(request, now)
            _tell(caller, area, request, unit_id, now, goes_without=goes_without)
            want_replan(area.id, "request.cancelled", wall)

    change_knowing_travel(cancel)


def _end(request: ChargeRequest, now: datetime) -> None:
    price = cancel_price(request)
    if price is None:
        raise Conflict("too_late_to_cancel", f"The request is {request.status}.", state=request.status)
    request.price = price
    request.save(update_fields=["price"])
    end_request(request, Status.CANCELLED, now, CAUSE)


def _tell(
    caller: Caller,
    area: ServiceArea,
    request: ChargeRequest,
    unit_id: UUID | None,
    now: datetime,
    *,
    goes_without: bool,
) -> None:
    heard = [(request.id, str(Status.CANCELLED))]
    units, version = set() if unit_id is None else {unit_id}, None
    if unit_id is not None:
        published = publish_unit(area, unit_id, now, "request.cancelled", goes_without=goes_without)
        if published is not None:
            heard += follow_stops(published.requests, now, "replanned", published.why)
            units |= published.units
            version = published.version
    facts = list_facts(
        area.id, "request.cancelled", requests=heard, units=sorted(units), plan=version, cause=CAUSE
    )
    record(area.operator_id, actor_of(caller), now, facts)


def _free_unit(request: ChargeRequest, now: datetime) -> UUID | None:
    """Take the request's stop off its route: planned ones vanish, one under way failed with a reason."""
    stop = Stop.objects.of(_HOUSE).filter(request=request, state__in=LIVE).first()
    if stop is None:
        return None
    if stop.state == StopState.PLANNED:
        stop.delete()
        return stop.unit_id
    stop.state, stop.done_at, stop.reason = StopState.FAILED, now, "cancelled"
    stop.revision += 1
    stop.save(update_fields=["state", "done_at", "reason", "revision"])
    idle = {"activity": UnitState.Activity.AVAILABLE, "next_arrival_at": None}
    UnitState.objects.of(_HOUSE).filter(unit=stop.unit_id).update(**idle)
    return stop.unit_id

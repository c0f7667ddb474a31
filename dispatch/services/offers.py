"""Accept: an offer becomes a request and a promise, inserted into whatever plan runs now.

The offer's plan may be long gone. What counts is the promise: if a unit can still be there in time the
accept succeeds, perhaps with another unit; only otherwise the offer is lost.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, NotFound
from dispatch.models import OPEN, ChargeRequest, Offer, Promise, ServiceArea, Status
from dispatch.routing_bridge.accepting import Offered, draft_accepted
from dispatch.routing_bridge.demand import WRAPUP_S, Demand, Spot, planned_limit
from dispatch.routing_bridge.publishing import Draft, write_draft
from dispatch.selectors.render import iso
from dispatch.services.actors import actor_of, person_of
from dispatch.services.areas import write_drafted
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan
from dispatch.services.stages import follow_stops

ONE_PER_VEHICLE = "one_open_request_per_vehicle"


class OfferLost(Conflict):
    """The promise can no longer be kept by anybody."""

    default_code = "offer_lost"


def accept_offer(caller: Caller, offer_id: UUID, now: datetime, wall: datetime) -> UUID:
    """Accept an offer; returns the request's id. Raises `OfferLost` and leaves nothing behind."""
    offer = _offer(caller, offer_id, wall)
    request, promise = _build(caller, offer, now)
    if ChargeRequest.objects.of(caller).filter(vehicle=request.vehicle, status__in=OPEN).exists():
        raise _vehicle_waits()
    demand = Demand.of(request, promise)
    limit = planned_limit(offer.arrival_p50, offer.arrival_p90)
    offered = Offered(offer.unit_id, offer.quote.plan_version)

    def draft(may_ask: bool) -> Draft | None:
        return draft_accepted(offer.quote.area_id, demand, limit, now, offered, may_ask=may_ask)

    def write(area: ServiceArea, drafted: Draft) -> UUID:
        _take(caller, offer, wall)
        _insert(request, promise)
        _publish(caller, area, request, drafted, now, wall)
        return request.id

    made = write_drafted(offer.quote.area_id, draft, write)
    if made is None:
        # Perhaps there is no room because this very offer was accepted a moment ago.
        _offer(caller, offer_id, wall)
        raise OfferLost(detail="That place has just gone.")
    return made


def _offer(caller: Caller, offer_id: UUID, wall: datetime) -> Offer:
    rows = Offer.objects.of(caller).select_related("quote__vehicle", "quote__area", "quote__site")
    offer = rows.filter(id=offer_id).first()
    if offer is None:
        raise NotFound
    if offer.taken_at is not None:
        raise _taken()
    if offer.expires_at <= wall:
        raise Conflict("offer_expired", "This offer has expired; ask again for a fresh one.")
    return offer


def _take(caller: Caller, offer: Offer, wall: datetime) -> None:
    """Take the offer; of two calls with the same one, the area's lock makes the second see the first."""
    if not Offer.objects.of(caller).filter(id=offer.id, taken_at__isnull=True).update(taken_at=wall):
        raise _taken()


def _taken() -> Conflict:
    return Conflict("offer_taken", "This offer was accepted already.")


def _vehicle_waits() -> Conflict:
    return Conflict("vehicle_has_open_request", "This car is already waiting for energy.")


def _build(caller: Caller, offer: Offer, now: datetime) -> tuple[ChargeRequest, Promise]:
    """Build what the offer becomes, not yet stored."""
    quote = offer.quote
    spot = Spot.of(quote.lat, quote.lon, quote.site)
    request = ChargeRequest(
        operator_id=offer.operator_id,
        area_id=quote.area_id,
        person_id=person_of(caller),
        vehicle=quote.vehicle,
        offer=offer,
        tariff_id=offer.tariff_id,
        site=quote.site,
        lat=quote.lat,
        lon=quote.lon,
        place_text=quote.place_text,
        energy_wh=offer.energy_wh,
        soc_from=quote.soc,
        soc_after=max(offer.soc_after, quote.soc),
        earliest=offer.earliest,
        latest=offer.latest,
        urgency=quote.urgency,
        status=Status.BOOKED,
        setup_s=spot.setup_s,
        wrapup_s=WRAPUP_S,
        price=offer.price,
        created_at=now,
        stage_at={str(Status.BOOKED): iso(now)},
    )
    promise = Promise(
        operator_id=offer.operator_id,
        request=request,
        version=1,
        arrival_p50=offer.arrival_p50,
        arrival_p90=offer.arrival_p90,
        ready_p90=offer.ready_p90,
        energy_wh=offer.energy_wh,
        told_at=now,
    )
    return request, promise


def _insert(request: ChargeRequest, promise: Promise) -> None:
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, UniqueViolation) and cause.diag.constraint_name == ONE_PER_VEHICLE:
            raise _vehicle_waits() from error
        raise
    promise.save(force_insert=True)


def _publish(
    caller: Caller, area: ServiceArea, request: ChargeRequest, draft: Draft, now: datetime, wall: datetime
) -> None:
    published = write_draft(draft, "accept", ["request.booked"])
    others = follow_stops(published.requests - {request.id}, now, "replanned", published.why)
    want_replan(area.id, "request.booked", wall)
    units = published.units if draft.unit_id is None else published.units | {draft.unit_id}
    facts = list_facts(
        area.id,
        "request.booked",
        requests=[(request.id, str(Status.BOOKED)), *others],
        units=sorted(units),
        plan=published.version,
    )
    record(area.operator_id, actor_of(caller), now, facts)

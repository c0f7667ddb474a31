"""Accept: an offer becomes a request and a promise, inserted into whatever plan runs now.

The offer's plan may be long gone. What counts is the promise: if a unit can still be there in time the
accept succeeds, perhaps with another unit; only otherwise the offer is lost.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, NotFound, Unavailable
from dispatch.models import ChargeRequest, Offer, Promise, Status
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.problem_from_db import WRAPUP_S, setup_s
from dispatch.routing_bridge.publishing import publish_accepted
from dispatch.routing_bridge.standing import prepare
from dispatch.routing_bridge.travel_book import TravelMissing
from dispatch.selectors.render import iso
from dispatch.services.actors import actor_of, person_of
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan

# Each time round, another accept brought a place whose travel nobody had asked for yet.
TRIES = 8
_HOUSE = Caller.system()


class OfferLost(Conflict):
    """The promise can no longer be kept by anybody."""

    default_code = "offer_lost"


def accept_offer(caller: Caller, offer_id: UUID, now: datetime, wall: datetime) -> UUID:
    """Accept an offer; returns the request's id. Raises `OfferLost` and leaves nothing behind."""
    offer = _offer(caller, offer_id, wall)
    quote = offer.quote
    place = build_place(quote.lat, quote.lon, None if quote.site_id is None else str(quote.site_id))
    for _ in range(TRIES):
        prepare(quote.area_id, now, [place])
        try:
            with transaction.atomic():
                return _accept(caller, offer, now, wall)
        except TravelMissing:
            continue
    raise Unavailable("busy", "Many are asking at once.")


def _offer(caller: Caller, offer_id: UUID, wall: datetime) -> Offer:
    rows = Offer.objects.of(caller).select_related("quote__vehicle", "quote__area", "quote__site")
    offer = rows.filter(id=offer_id).first()
    if offer is None:
        raise NotFound
    if offer.taken_at is not None:
        raise Conflict("offer_taken", "This offer was accepted already.")
    if offer.expires_at <= wall:
        raise Conflict("offer_expired", "This offer has expired; ask again for a fresh one.")
    return offer


def _accept(caller: Caller, offer: Offer, now: datetime, wall: datetime) -> UUID:
    area = lock_area(offer.quote.area_id)
    # Two calls with the same offer: the area's lock makes the second see what the first did.
    if not Offer.objects.of(caller).filter(id=offer.id, taken_at__isnull=True).update(taken_at=wall):
        raise Conflict("offer_taken", "This offer was accepted already.")
    request = _write_request(caller, offer, now)
    limit = offer.arrival_p50 + (offer.arrival_p90 - offer.arrival_p50) / 2
    placed = publish_accepted(area.id, request.id, limit, now)
    if placed is None:
        raise OfferLost(detail="That place has just gone.")
    published = placed.published
    units = {placed.unit_id} if published is None else published.units | {placed.unit_id}
    others = set() if published is None else published.requests - {request.id}
    want_replan(area.id, "request.booked", wall)
    record(
        area.operator_id,
        actor_of(caller),
        now,
        list_facts(
            area.id,
            "request.booked",
            requests=[(request.id, "booked"), *((other, "updated") for other in sorted(others))],
            units=sorted(units),
            plan=None if published is None else published.version,
        ),
    )
    return request.id


def _write_request(caller: Caller, offer: Offer, now: datetime) -> ChargeRequest:
    quote = offer.quote
    request = ChargeRequest(
        operator_id=offer.operator_id,
        area_id=quote.area_id,
        person_id=person_of(caller),
        vehicle_id=quote.vehicle_id,
        offer=offer,
        tariff_id=offer.tariff_id,
        site_id=quote.site_id,
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
        setup_s=setup_s(quote.site.setup_extra_s if quote.site is not None else 0),
        wrapup_s=WRAPUP_S,
        price=offer.price,
        created_at=now,
        stage_at={Status.BOOKED: iso(now)},
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("vehicle_has_open_request", "This car is already waiting for energy.") from error
    Promise(
        operator_id=offer.operator_id,
        request=request,
        version=1,
        arrival_p50=offer.arrival_p50,
        arrival_p90=offer.arrival_p90,
        ready_p90=offer.ready_p90,
        energy_wh=offer.energy_wh,
        told_at=now,
    ).save(force_insert=True)
    return request

"""What drivers do: ask, accept, follow, cancel."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.throttles import CallerThrottle
from dispatch import clock
from dispatch.api.counted import counted_accept, counted_quote
from dispatch.api.documents import document
from dispatch.api.guards import IsDriver
from dispatch.api.problems import build_answer
from dispatch.api.reading import KiloField, LocationInput, watt_hours
from dispatch.api.view import ApiView
from dispatch.errors import Conflict, DispatchError, NotFound
from dispatch.models import ChargeRequest, Offer
from dispatch.selectors.documents.quote import QuoteDocument
from dispatch.selectors.documents.request import RequestDocument, RequestPage, Track
from dispatch.selectors.quotes import get_quote_document
from dispatch.selectors.requests import (
    get_request_document,
    list_own_requests,
    list_request_documents,
)
from dispatch.services.actors import person_of
from dispatch.services.numbers import NumberField
from dispatch.services.offers import OfferLost, accept_offer
from dispatch.services.quotes import Asked, make_quote
from dispatch.services.requests import cancel_request
from dispatch.services.tracks import find_track

PAGE = 20


class DriverView(ApiView):
    """Base of the driver's doors."""

    permission_classes: list[type[BasePermission]] = [IsDriver]


class QuoteInput(serializers.Serializer[Any]):
    """A wish: a car, a place, one of three amounts, and perhaps a time."""

    vehicle = serializers.UUIDField()
    location = LocationInput(required=False, allow_null=True)
    site = serializers.UUIDField(required=False, allow_null=True)
    place_text = serializers.CharField(required=False, allow_blank=True, max_length=120)
    energy_kwh = KiloField(required=False, allow_null=True)
    target_soc = NumberField(required=False, allow_null=True, min_value=0, max_value=1)
    range_km = NumberField(required=False, allow_null=True, min_value=1, max_value=1500)
    soc = NumberField(min_value=0, max_value=1)
    earliest = serializers.DateTimeField(required=False, allow_null=True)
    latest = serializers.DateTimeField(required=False, allow_null=True)
    urgency = serializers.ChoiceField(choices=["normal", "stranded"], default="normal")
    access = serializers.DictField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Hold what concerns more than one field."""
        amounts = [name for name in ("energy_kwh", "target_soc", "range_km") if attrs.get(name) is not None]
        if len(amounts) != 1:
            raise serializers.ValidationError(
                {"energy_kwh": "Give exactly one of energy_kwh, target_soc, range_km."}
            )
        if attrs.get("location") is None and attrs.get("site") is None:
            raise serializers.ValidationError({"location": "Say where the car stands."})
        return attrs


class QuotesThrottle(CallerThrottle):
    """So many quotes for one person: each is proven against the running plan."""

    policy = "quotes"


class QuotesView(DriverView):
    throttle_classes = [CallerThrottle, QuotesThrottle]

    @extend_schema(operation_id="driver_quote", request=QuoteInput, responses={201: document(QuoteDocument)})
    def post(self, request: Request) -> Response:
        """Ask for offers."""
        typed = QuoteInput(data=request.data)
        typed.is_valid(raise_exception=True)
        now, wall = clock.now(), clock.wall()
        with counted_quote() as counted:
            quote = make_quote(self.caller, _asked(typed.validated_data), now, wall, clock.speed())
            counted.take(quote)
        return Response(get_quote_document(self.caller, quote.id), status=status.HTTP_201_CREATED)


def _asked(data: dict[str, Any]) -> Asked:
    place = data.get("location") or {"lat": 0.0, "lon": 0.0}
    return Asked(
        vehicle_id=data["vehicle"],
        lat=place["lat"],
        lon=place["lon"],
        soc=data["soc"],
        energy_wh=watt_hours(data.get("energy_kwh")),
        target_soc=data.get("target_soc"),
        range_km=data.get("range_km"),
        site_id=data.get("site"),
        place_text=data.get("place_text", ""),
        earliest=data.get("earliest"),
        latest=data.get("latest"),
        urgency=data["urgency"],
    )


class AcceptInput(serializers.Serializer[Any]):
    offer = serializers.UUIDField()


class PageInput(serializers.Serializer[Any]):
    before = serializers.UUIDField(required=False, help_text="the last request of the page before")


class RequestsView(DriverView):
    @extend_schema(operation_id="driver_requests", parameters=[PageInput], responses=document(RequestPage))
    def get(self, request: Request) -> Response:
        """List my requests, the newest first; `next` is the address of the older ones."""
        typed = PageInput(data=request.query_params)
        typed.is_valid(raise_exception=True)
        before: UUID | None = typed.validated_data.get("before")
        ids = list_own_requests(self.caller, person_of(self.caller), before, PAGE + 1)
        more = f"{request.path}?before={ids[PAGE - 1]}" if len(ids) > PAGE else None
        return Response({"results": list_request_documents(ids[:PAGE], clock.now()), "next": more})

    @extend_schema(
        operation_id="driver_accept", request=AcceptInput, responses={201: document(RequestDocument)}
    )
    def post(self, request: Request) -> Response:
        """Accept an offer."""
        typed = AcceptInput(data=request.data)
        typed.is_valid(raise_exception=True)
        offer_id: UUID = typed.validated_data["offer"]
        try:
            with counted_accept():
                made = accept_offer(self.caller, offer_id, clock.now(), clock.wall())
        except OfferLost as lost:
            return build_answer(self._with_fresh_offers(lost, offer_id))
        answer = get_request_document(made, clock.now())
        return Response(answer, status=status.HTTP_201_CREATED)

    def _with_fresh_offers(self, lost: OfferLost, offer_id: UUID) -> DispatchError:
        """Put a new quote for the same wish beside the bad news."""
        quote = Offer.objects.of(self.caller).select_related("quote").get(id=offer_id).quote
        asked = Asked(
            vehicle_id=quote.vehicle_id,
            lat=quote.lat,
            lon=quote.lon,
            soc=quote.soc,
            energy_wh=quote.energy_wh,
            site_id=quote.site_id,
            place_text=quote.place_text,
            earliest=quote.earliest,
            latest=quote.latest,
            urgency=quote.urgency,
        )
        now, wall = clock.now(), clock.wall()
        try:
            fresh = make_quote(self.caller, asked, now, wall, clock.speed())
        except DispatchError:
            # The wish cannot even be asked again; what the driver must know stays the same.
            return lost
        return Conflict(lost.code, lost.detail, quote=get_quote_document(self.caller, fresh.id))


class RequestView(DriverView):
    @extend_schema(operation_id="driver_request", responses=document(RequestDocument))
    def get(self, request: Request, request_id: UUID) -> Response:
        """Show one of my requests."""
        return Response(get_request_document(_own(self, request_id), clock.now()))


class CancelInput(serializers.Serializer[Any]):
    # A word for the event log, which holds no free text.
    reason = serializers.RegexField(r"^[a-z_]{0,40}$", required=False, allow_blank=True, default="")


class CancelView(DriverView):
    @extend_schema(operation_id="driver_cancel", request=CancelInput, responses=document(RequestDocument))
    def post(self, request: Request, request_id: UUID) -> Response:
        """Cancel a request."""
        typed = CancelInput(data=request.data)
        typed.is_valid(raise_exception=True)
        own, now = _own(self, request_id), clock.now()
        cancel_request(self.caller, own, typed.validated_data["reason"], now, clock.wall())
        return Response(get_request_document(own, now))


class TrackView(DriverView):
    @extend_schema(operation_id="driver_track", responses=document(Track))
    def get(self, request: Request, request_id: UUID) -> Response:
        """Show the way of the unit that comes; nothing unless it is on its way."""
        return Response({"leg": find_track(_own(self, request_id))})


def _own(view: DriverView, request_id: UUID) -> UUID:
    """Only the person's own: a dispatcher's wider view has its own doors."""
    rows = ChargeRequest.objects.of(view.caller).filter(id=request_id, person_id=person_of(view.caller))
    if not rows.exists():
        raise NotFound
    return request_id

"""Requests, sessions and history after ten years: law asks for no more, so nothing is left of them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from accounts.callers import Caller
from dispatch.models import (
    LIVE,
    OPEN,
    Attachment,
    ChargerCommand,
    ChargeRequest,
    ChargingSession,
    Event,
    MeterReading,
    OcppMessage,
    Offer,
    Plan,
    Quote,
    Receipt,
    Stop,
    StreamCounter,
)
from dispatch.services.keeping.aged import list_superseded

_HOUSE = Caller.system()


def drop_requests(before: datetime, count: int) -> int:
    """Drop requests whose window closed before, with all that hangs on them."""
    due = ChargeRequest.objects.of(_HOUSE).filter(latest__lt=before).exclude(status__in=OPEN)
    ids = list(due.order_by("latest").values_list("id", flat=True)[:count])
    with transaction.atomic():
        quotes = set(Quote.objects.of(_HOUSE).filter(offers__request__in=ids).values_list("id", flat=True))
        _drop_sessions(
            ChargingSession.objects.of(_HOUSE).filter(request__in=ids).values_list("id", flat=True)
        )
        _drop_stops(Stop.objects.of(_HOUSE).filter(request__in=ids).values_list("id", flat=True))
        ChargeRequest.objects.of(_HOUSE).filter(id__in=ids).delete()
        Offer.objects.of(_HOUSE).filter(quote__in=quotes).delete()
        Quote.objects.of(_HOUSE).filter(id__in=quotes).delete()
    return len(ids)


def drop_sessions(before: datetime, count: int) -> int:
    """Drop sessions of packs and of nobody."""
    due = ChargingSession.objects.of(_HOUSE).filter(request=None, ended_at__lt=before)
    ids = list(due.order_by("ended_at").values_list("id", flat=True)[:count])
    with transaction.atomic():
        _drop_sessions(ids)
    return len(ids)


def drop_stops(before: datetime, count: int) -> int:
    """Drop breaks, recharges and ways home."""
    due = Stop.objects.of(_HOUSE).filter(request=None, end_at__lt=before, sessions=None)
    ids = list(due.exclude(state__in=LIVE).values_list("id", flat=True)[:count])
    with transaction.atomic():
        _drop_stops(ids)
    return len(ids)


def drop_messages(before: datetime, count: int) -> int:
    """Drop what chargers said and were told."""
    said = OcppMessage.objects.of(_HOUSE).filter(at__lt=before).order_by("id").values("id")[:count]
    told = ChargerCommand.objects.of(_HOUSE).filter(queued_at__lt=before).values("id")[:count]
    gone = OcppMessage.objects.of(_HOUSE).filter(id__in=said).delete()[0]
    return gone + ChargerCommand.objects.of(_HOUSE).filter(id__in=told).delete()[0]


def drop_plans(before: datetime, count: int) -> int:
    """Drop plans, except the one an area runs by."""
    due = list_superseded(before)
    return Plan.objects.of(_HOUSE).filter(id__in=due.order_by("version").values("id")[:count]).delete()[0]


def drop_events(before: datetime, count: int) -> int:
    """Drop events from the beginning of their streams; the counter remembers how far."""
    old = Event.objects.of(_HOUSE).filter(at__lt=before)
    streams = list(old.order_by().values_list("stream", flat=True).distinct()[:20])
    dropped = 0
    for stream in streams:
        with transaction.atomic():
            dropped += _drop_events_of(stream, before, count)
    return dropped


def _drop_events_of(stream: str, before: datetime, count: int) -> int:
    events = Event.objects.of(_HOUSE).filter(stream=stream)
    kept = events.filter(at__gte=before).aggregate(first=Min("seq"))["first"]
    old = events if kept is None else events.filter(seq__lt=kept)
    numbers = list(old.order_by("seq").values_list("seq", flat=True)[:count])
    if not numbers:
        return 0
    StreamCounter.objects.of(_HOUSE).filter(stream=stream).update(forgotten=numbers[-1])
    return events.filter(seq__lte=numbers[-1]).delete()[0]


def _drop_sessions(ids: Iterable[UUID]) -> None:
    ids = list(ids)
    for model in (MeterReading, OcppMessage, Receipt):
        model.objects.of(_HOUSE).filter(session__in=ids).delete()
    ChargingSession.objects.of(_HOUSE).filter(id__in=ids).delete()


def _drop_stops(ids: Iterable[UUID]) -> None:
    ids = list(ids)
    Attachment.objects.of(_HOUSE).filter(stop__in=ids).delete()
    Stop.objects.of(_HOUSE).filter(id__in=ids).delete()

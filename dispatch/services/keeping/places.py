"""Where a car stood, once nobody needs to find it: the cell it lies in, some 400 m across, and no more."""

from datetime import datetime

import h3
from django.db import transaction

from accounts.callers import Caller
from dispatch.models import OPEN, ChargeRequest, Quote, Stop

RESOLUTION = 9
_HOUSE = Caller.system()


def round_place(lat: float, lon: float) -> tuple[float, float]:
    """Return the middle of the H3 cell a place lies in."""
    middle: tuple[float, float] = h3.cell_to_latlng(h3.latlng_to_cell(lat, lon, RESOLUTION))
    return middle


def round_requests(before: datetime, count: int) -> int:
    """Round the places of requests whose window closed before; returns how many."""
    due = ChargeRequest.objects.of(_HOUSE).filter(rounded=False, latest__lt=before).exclude(status__in=OPEN)
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True).order_by("latest")[:count])
        forget_places(rows)
    return len(rows)


def forget_places(requests: list[ChargeRequest]) -> None:
    """Leave only the cell: of the requests, of the quotes they came from, of the stops that served them."""
    middles = {row.id: round_place(row.lat, row.lon) for row in requests}
    for row in requests:
        row.lat, row.lon = middles[row.id]
        row.site, row.place_text, row.rounded = None, "", True
    ChargeRequest.objects.of(_HOUSE).bulk_update(requests, ["lat", "lon", "site", "place_text", "rounded"])
    quotes = list(Quote.objects.of(_HOUSE).filter(offers__request__in=middles).distinct())
    for quote in quotes:
        quote.lat, quote.lon = round_place(quote.lat, quote.lon)
        quote.site, quote.place_text = None, ""
    Quote.objects.of(_HOUSE).bulk_update(quotes, ["lat", "lon", "site", "place_text"])
    stops = list(Stop.objects.of(_HOUSE).filter(request__in=middles))
    for stop in stops:
        stop.lat, stop.lon = middles[stop.request_id]  # type: ignore[index]  # of these requests
    Stop.objects.of(_HOUSE).bulk_update(stops, ["lat", "lon"])

"""Opening hours of a car park as spans of time ahead: by the clock on the wall, whatever the night does."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

type Hours = Sequence[Mapping[str, Any]]
_DAY = timedelta(days=1)


def list_open(
    hours: Hours, zone: ZoneInfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """List when a place is open between two instants: in order, and what touches is one span."""
    spans = sorted(span for span in _spans(hours, zone, start, end) if span[1] > start and span[0] < end)
    merged: list[tuple[datetime, datetime]] = []
    for opens, closes in spans:
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def _spans(
    hours: Hours, zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    day = start.astimezone(zone).date() - _DAY
    while day <= end.astimezone(zone).date():
        for row in hours:
            if day.weekday() in row["days"]:
                opens, closes = (time.fromisoformat(row[name]) for name in ("from", "to"))
                last = day if closes > opens else day + _DAY
                yield (
                    datetime.combine(day, opens, zone).astimezone(start.tzinfo),
                    datetime.combine(last, closes, zone).astimezone(start.tzinfo),
                )
        day += _DAY

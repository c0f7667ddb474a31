"""Values as the edges show them: UTC instants with Z, kilowatt-hours with three places."""

from datetime import UTC, datetime

from dispatch.selectors.documents.common import Location


def iso(instant: datetime) -> str:
    """Show an instant, to the millisecond."""
    # Thousands a second are shown: those that come in UTC already, as from the database, take the short way.
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[:-6] + "Z"


def iso_or_none(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)


def point(lat: float, lon: float) -> Location:
    """Show a place, to the width of a hand: the rest of its digits is noise."""
    return {"lat": round(lat, 6), "lon": round(lon, 6)}


def kilo(value: int) -> float:
    """Show watt-hours or watts as kilowatt-hours or kilowatts."""
    return round(value / 1000, 3)

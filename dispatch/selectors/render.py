"""Values as the edges show them: UTC instants with Z, kilowatt-hours with three places."""

from datetime import UTC, datetime


def iso(instant: datetime) -> str:
    """Show an instant, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)


def kilo(value: int) -> float:
    """Show watt-hours or watts as kilowatt-hours or kilowatts."""
    return round(value / 1000, 3)

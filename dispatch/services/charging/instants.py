"""A charger's word on when something was read, as far as it can be true."""

from datetime import datetime, timedelta

# A charger keeps the time we gave it; what lies further ahead is a wrong clock.
AHEAD = timedelta(minutes=2)
# Offline for longer than this, a charger has lost more than its line.
OLDEST = timedelta(days=7)


def find_instant(said: datetime, now: datetime, not_before: datetime | None = None) -> tuple[datetime, bool]:
    """Return the instant to believe, and whether the clock must be wrong."""
    begin = now - OLDEST if not_before is None else not_before - AHEAD
    if begin <= said <= now + AHEAD:
        at = min(said, now)
        return (at if not_before is None else max(at, not_before)), False
    return now, True

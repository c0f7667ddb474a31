"""Seconds of a problem and instants of the world."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts seconds from the UTC instant a problem starts at."""

    start: datetime

    @classmethod
    def from_now(cls, now: datetime) -> Self:
        """Start at the whole second that has begun."""
        return cls(now.astimezone(UTC).replace(microsecond=0))

    @classmethod
    def from_text(cls, start_utc: str) -> Self:
        return cls(datetime.fromisoformat(start_utc))

    @property
    def text(self) -> str:
        return self.start.isoformat().replace("+00:00", "Z")

    def seconds(self, instant: datetime) -> int:
        """Round down: a deadline is never later than it was, a start never later than it may be."""
        return int((instant - self.start).total_seconds() // 1)

    def instant(self, seconds: int) -> datetime:
        return self.start + timedelta(seconds=seconds)

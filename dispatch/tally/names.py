"""Where the sums lie in Valkey."""

from datetime import datetime

from django.conf import settings
from redis import Redis

KEPT_MINUTES = 90
PATIENCE_S = 0.5


def connect() -> "Redis":
    """Open a client that does not wait long; whoever asks closes it."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE_S,
        socket_connect_timeout=PATIENCE_S,
        decode_responses=True,
    )


def total_key() -> str:
    """Name the hash of everything since Valkey began."""
    return f"{settings.REDIS_PREFIX}:tally"


def minute_key(minute: int) -> str:
    """Name the hash of one minute, counted from 1970."""
    return f"{settings.REDIS_PREFIX}:tally:{minute}"


def minute_of(wall: datetime) -> int:
    """Return the minute of a human instant."""
    return int(wall.timestamp() // 60)


def bound_field(name: str, bound_ms: int | None) -> str:
    """Name the class of a duration; None: longer than the last bound."""
    return f"{name}|{'more' if bound_ms is None else bound_ms}"


def sum_field(name: str) -> str:
    """Name the sum of all durations, in microseconds."""
    return f"{name}|sum_us"


def value_field(name: str, value: str) -> str:
    """Name a count."""
    return f"{name}|{value}"

"""How the house stands, as its own page shows it."""

from typing import TypedDict

from dispatch.selectors.documents.common import Instant


class SystemNow(TypedDict):
    """At this moment; what is counted in Valkey is null while it is away."""

    open_requests: int
    units: int
    stale_units: int
    replans_waiting: int
    longest_wait_s: float
    plan_age_s: float
    tasks_waiting: int | None


class SystemSpan(TypedDict):
    """How long something took in the last hour; null where there was nothing."""

    name: str
    count: int
    p50_ms: float | None
    p95_ms: float | None


class SystemCount(TypedDict):
    name: str
    count: int


class SystemMinute(TypedDict):
    """One minute of human time, so many minutes ago."""

    ago: int
    quotes: int
    refused: int
    quote_p95_ms: float | None
    replan_p95_ms: float | None
    stream_lag_p95_ms: float | None
    faults: int
    unavailable: int


class SystemBoard(TypedDict):
    """Rows are the caller's own; times and counts are of the whole house."""

    at: Instant
    down: dict[str, str]
    parts: list[str]
    now: SystemNow
    spans: list[SystemSpan]
    answers: list[SystemCount]
    refusals: list[SystemCount]
    minutes: list[SystemMinute]

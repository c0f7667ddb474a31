"""Parts that several documents share. `Instant` and `Id` keep their format in the API schema."""

from typing import Annotated, TypedDict

Instant = Annotated[str, "date-time"]
Id = Annotated[str, "uuid"]


class Location(TypedDict):
    lat: float
    lon: float


class Window(TypedDict):
    earliest: Instant
    latest: Instant


class Span(TypedDict):
    start: Instant
    end: Instant


class PriceLine(TypedDict):
    code: str
    text: str
    net_minor: int
    tax_rate: float
    tax_minor: int
    gross_minor: int


class Price(TypedDict):
    total_minor: int
    currency: str
    lines: list[PriceLine]


class PositionDocument(TypedDict):
    lat: float
    lon: float
    heading: float | None
    speed_mps: float
    at: Instant


class PromiseDocument(TypedDict):
    arrival_p50: Instant
    arrival_p90: Instant
    ready_p90: Instant
    version: int
    reason: str
    credit_minor: int


class EtaDocument(TypedDict):
    arrival_p10: Instant
    arrival_p50: Instant
    arrival_p90: Instant
    ready_p50: Instant
    ready_p90: Instant
    at: Instant


class PowerDocument(TypedDict):
    """What an outlet's meter says of the session at it."""

    state: str
    power_w: int | None
    energy_wh: int
    energy_kwh: float
    soc: float | None
    ends_at: Instant | None
    request: Id | None
    at: Instant


class NotServed(TypedDict):
    code: str
    detail: str

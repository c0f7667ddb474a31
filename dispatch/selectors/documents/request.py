"""The request object: answer of the API and `data` of its stream's snapshot."""

from typing import TypedDict

from dispatch.selectors.documents.common import (
    EtaDocument,
    Id,
    Instant,
    Location,
    NotServed,
    PositionDocument,
    Price,
    PromiseDocument,
    Window,
)


class RequestVehicle(TypedDict):
    id: Id
    name: str
    plate: str
    model: str
    usable_kwh: float


class RequestSite(TypedDict):
    id: Id
    name: str


class ComingUnit(TypedDict):
    """The unit that comes; its position only while it is on its way to this driver."""

    id: Id
    name: str
    kind: str
    plate: str
    position: PositionDocument | None
    soc: float


class SessionDocument(TypedDict):
    state: str
    started_at: Instant
    ended_at: Instant | None
    energy_wh: int
    soc_start: float | None
    soc: float | None
    power_w: int | None
    expected_end: Instant | None


class StageTimes(TypedDict, total=False):
    booked: Instant
    assigned: Instant
    en_route: Instant
    on_site: Instant
    charging: Instant
    completed: Instant
    cancelled: Instant
    no_show: Instant
    unserviceable: Instant
    failed: Instant


class RequestDocument(TypedDict):
    id: Id
    status: str
    version: int
    vehicle: RequestVehicle
    location: Location
    site: RequestSite | None
    place_text: str
    urgency: str
    energy_kwh: float
    soc_from: float
    soc_after: float
    window: Window
    promise: PromiseDocument
    eta: EtaDocument | None
    unit: ComingUnit | None
    session: SessionDocument | None
    price: Price
    cancel_price: Price | None
    pin: str | None
    stage_at: StageTimes
    cause: str
    not_served: NotServed | None
    created_at: Instant


class RequestPage(TypedDict):
    results: list[RequestDocument]
    next: str | None


class Track(TypedDict):
    leg: str | None

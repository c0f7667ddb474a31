"""What the console shows, in one document; messages carry parts of it, merged by id.

Whoever keeps a board up to date with messages has the same as a fresh one by these rules:
- `units`, `requests` and `depots` replace by `id`, `routes` by `unit`; `plan`, `figures`, `risks` and
  `closures` as wholes;
- a request goes one hour after its `ended_at`, a stop that is `done` two hours after its `end`;
- `live` values replace `position`, `soc`, `energy_kwh` and `eta` where their `at` is newer;
- `power` of a unit replaces its `charge` while it has one: a session begins and ends by a message;
- what follows from the time alone is as of the message: `stale`, the shift and crew of a unit whose
  shift has ended since, and of the figures `served_today` after midnight and `in_packs_kwh`.
"""

from typing import TypedDict

from dispatch.selectors.documents.closure import ClosureView
from dispatch.selectors.documents.common import (
    EtaDocument,
    Id,
    Instant,
    Location,
    NotServed,
    PositionDocument,
    PowerDocument,
    PromiseDocument,
    Span,
    Window,
)
from dispatch.selectors.documents.risk import RiskView


class UnitSite(TypedDict):
    id: Id
    name: str


class UnitPart(TypedDict):
    """What changes when somebody changes the fleet."""

    id: Id
    name: str
    kind: str
    plate: str
    usable_kwh: float
    reserve_kwh: float
    power_kw: float
    site: UnitSite | None


class UnitView(UnitPart):
    state: str
    stale: bool
    position: PositionDocument | None
    soc: float
    energy_kwh: float
    crew: str | None
    shift: Span | None
    charge: PowerDocument | None


class BoardVehicle(TypedDict):
    name: str
    model: str
    plate: str


class RequestPart(TypedDict):
    """What follows from the rows of the request alone."""

    id: Id
    status: str
    urgency: str
    location: Location
    site: str | None
    place_text: str
    vehicle: BoardVehicle
    energy_kwh: float
    window: Window
    promise: PromiseDocument
    not_served: NotServed | None
    cause: str
    created_at: Instant
    ended_at: Instant | None


class RequestView(RequestPart):
    eta: EtaDocument | None
    unit: Id | None


class StopPlace(TypedDict):
    name: str
    lat: float
    lon: float


class LockView(TypedDict):
    """What a dispatcher or, before its unit sets out, the planner holds of a stop."""

    what: str
    by_hand: bool
    why: str
    until: Instant | None


class StopView(TypedDict):
    id: Id
    kind: str
    state: str
    request: Id | None
    place: StopPlace
    depart: Instant
    arrive: Instant
    start: Instant
    end: Instant
    energy_kwh: float
    pack_before_kwh: float
    pack_after_kwh: float
    locked: bool
    revision: int


class RouteStop(StopView):
    lock: LockView | None


class RouteView(TypedDict):
    unit: Id
    stops: list[RouteStop]


class PlugView(TypedDict):
    id: Id
    name: str
    power_kw: float
    state: str
    unit: Id | None


class DepotView(TypedDict):
    id: Id
    name: str
    lat: float
    lon: float
    plugs: list[PlugView]


class SiteView(TypedDict):
    id: Id
    name: str
    lat: float
    lon: float
    max_height_m: float | None


class AreaView(TypedDict):
    id: Id
    slug: str
    name: str
    time_zone: str
    currency: str
    locale: str
    center: Location
    bounds: list[float]


class PlanView(TypedDict):
    version: int
    published_at: Instant | None
    causes: list[str]
    cost_milli: int


class Figures(TypedDict):
    served_today: int
    open: int
    on_time_share: float | None
    time_to_plug_p50_s: int | None
    time_to_plug_p90_s: int | None
    energy_out_kwh: float
    in_packs_kwh: float
    packs_total_kwh: float
    not_served: int


class Board(TypedDict):
    server_time: Instant
    speed: float
    seq: int
    area: AreaView
    plan: PlanView
    units: list[UnitView]
    requests: list[RequestView]
    routes: list[RouteView]
    depots: list[DepotView]
    sites: list[SiteView]
    figures: Figures
    risks: list[RiskView]
    closures: list[ClosureView]


class BoardPatch(TypedDict, total=False):
    """A part of the board; whoever holds one replaces the entries that are here."""

    units: list[UnitView]
    requests: list[RequestView]
    routes: list[RouteView]
    plan: PlanView
    figures: Figures
    risks: list[RiskView]
    closures: list[ClosureView]


class Leg(TypedDict):
    stop: Id
    leg: str | None


class UnitDetail(UnitView):
    route: RouteView
    legs: list[Leg]


class UnitPage(TypedDict):
    results: list[UnitView]
    next: str | None


class RequestViewPage(TypedDict):
    results: list[RequestView]
    next: str | None


class StopChangeView(TypedDict):
    """What a plan changed about a stop, and why; `about`: the request that came before it, or left."""

    stop: Id
    kind: str
    request: Id | None
    unit: Id
    what: str
    why: str
    by_s: int
    from_unit: Id | None
    about: Id | None


class PlanDocument(TypedDict):
    version: int
    published_at: Instant
    writer: str
    causes: list[str]
    cost_milli: int
    added: list[Id]
    moved: list[Id]
    removed: list[Id]
    stops: list[StopChangeView]


class Wanted(TypedDict):
    wanted: bool

"""What a crew sees: their unit, the shift, and the stops in order."""

from typing import TypedDict

from dispatch.selectors.documents.board import StopView, UnitView
from dispatch.selectors.documents.common import Id, Instant, Location, Span


class DayRequest(TypedDict):
    id: Id
    status: str
    vehicle: str
    plate: str
    place_text: str
    energy_kwh: float
    soc: float
    target_soc: float
    access_note: str


class DaySession(TypedDict):
    """What the charger has told of this visit; what flows at this moment is the unit's `charge`."""

    state: str
    ended: bool
    delivered_kwh: float | None


class DayStop(StopView):
    entrance: Location | None
    charge: DayRequest | None
    session: DaySession | None
    plug_name: str | None
    plug_power_kw: float | None


class Day(TypedDict):
    server_time: Instant
    speed: float
    seq: int
    unit: UnitView | None
    shift: Span | None
    stops: list[DayStop]


class DayParts(TypedDict):
    """What a message of the unit's stream carries: each part whole."""

    unit: UnitView | None
    shift: Span | None
    stops: list[DayStop]


class Taken(TypedDict):
    taken: int
    ignored: int

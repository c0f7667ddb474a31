"""What a dispatcher's move would do, unit by unit."""

from typing import TypedDict

from dispatch.selectors.documents.board import RouteView
from dispatch.selectors.documents.common import Id, Instant


class MovedVisitView(TypedDict):
    """A driver who is served earlier or later; `late_s`: how much later than promised, on top of before."""

    request: Id
    place_text: str
    before: Instant | None
    after: Instant | None
    late_s: int


class PackLowView(TypedDict):
    """The least in a unit's pack on its way, before and after the move."""

    unit: Id
    before_kwh: float
    after_kwh: float


class BrokenRule(TypedDict):
    rule: str
    code: str
    amount: int
    measure: str
    text: str
    request: Id | None


class MoveOption(TypedDict):
    """One unit: when it would come and what that does; or, with a rule broken, why it cannot."""

    unit: Id | None
    feasible: bool
    arrival_p50: Instant | None
    arrival_p90: Instant | None
    ready_p50: Instant | None
    cost_milli: int | None
    goals: dict[str, int]
    hurt: list[MovedVisitView]
    shifted: list[MovedVisitView]
    packs: list[PackLowView]
    broken: list[BrokenRule]


class MovePreview(TypedDict):
    """`told`: the driver knows which unit comes, so another one needs confirming."""

    stop: Id
    revision: int
    request: Id
    unit: Id
    told: bool
    options: list[MoveOption]


class MoveDone(TypedDict):
    version: int
    routes: list[RouteView]
    effect: MoveOption

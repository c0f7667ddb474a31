"""Why a request is served by whom it is."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id, Instant, NotServed


class ExplainedUnit(TypedDict):
    id: Id
    name: str
    kind: str


class UnitExplanation(TypedDict):
    """One unit: when it could begin and what that would cost, or the first rule in its way."""

    unit: ExplainedUnit
    serves: bool
    arrival: Instant | None
    extra_milli: int | None
    code: str | None
    detail: str
    rule: str | None
    amount: int | None
    measure: str | None


class RelaxationView(TypedDict):
    """The same wish `later` (amount in seconds) or with `less_energy` (in watt-hours), and who would come."""

    kind: str
    amount: int
    unit: Id
    arrival: Instant
    arrival_p90: Instant
    ready: Instant
    energy_kwh: float
    cost_milli: int


class VisitChange(TypedDict):
    """What a published plan changed about the visit; `about`: the place of the other one, if that is why."""

    at: Instant
    version: int
    what: str
    why: str
    by_s: int
    unit: str
    from_unit: str
    about: str


class Explanation(TypedDict):
    request: Id
    status: str
    not_served: NotServed | None
    units: list[UnitExplanation]
    relaxations: list[RelaxationView]
    changes: list[VisitChange]

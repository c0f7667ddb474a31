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


class Explanation(TypedDict):
    request: Id
    status: str
    not_served: NotServed | None
    units: list[UnitExplanation]

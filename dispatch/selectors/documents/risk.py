"""What will go wrong if nobody does anything, and the best proven way out."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id, Instant


class HurtView(TypedDict):
    """A driver whose promise is touched; `what` was promised by then: `arrival` or `ready`."""

    request: Id
    what: str
    promised: Instant
    late_s: int


class RiskFix(TypedDict):
    """Another unit for a visit, as it was proven on the running plan.

    `late_s` is what then is left of the lateness, `cost_milli` what the plan costs more; `told`: the
    driver knows already which unit comes.
    """

    verb: str
    stop: Id
    revision: int
    request: Id
    unit: Id
    arrival_p50: Instant
    arrival_p90: Instant
    late_s: int
    cost_milli: int
    told: bool


class RiskView(TypedDict):
    id: Id
    kind: str
    cause: str
    since: Instant
    at: Instant | None
    facts: dict[str, int]
    hurt: list[HurtView]
    unit: Id | None
    request: Id | None
    stop: Id | None
    plug: Id | None
    fix: RiskFix | None


class RiskPage(TypedDict):
    results: list[RiskView]
    next: str | None

"""Where a unit has been, as the console draws it."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id, Instant


class TraceDocument(TypedDict):
    """`lines` are polylines with six decimals; `on_road`: laid on the road, else from fix to fix."""

    unit: Id
    since: Instant
    until: Instant
    fixes: int
    on_road: bool
    lines: list[str]

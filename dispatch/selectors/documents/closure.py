"""Roads that are closed or slow."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id, Instant


class ClosureView(TypedDict):
    """One closure: `line` follows the road from node to node, or `area` is an outline; the other is empty.

    `speed_pct` is what is left of the usual speed (0: closed), `known` whether the planner reckons with it.
    """

    id: Id
    kind: str
    line: list[list[float]]
    area: list[list[float]]
    speed_pct: int
    why: str
    from_at: Instant
    until_at: Instant | None
    known: bool


class ClosurePage(TypedDict):
    results: list[ClosureView]
    next: str | None

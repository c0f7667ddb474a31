"""Places one may search for."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id


class FoundPlace(TypedDict):
    id: Id
    kind: str
    name: str
    detail: str
    lat: float
    lon: float
    site: Id | None
    distance_m: int | None
    in_area: bool


class PlacePage(TypedDict):
    results: list[FoundPlace]
    next: str | None


class NamedSpot(TypedDict):
    name: str
    site: Id | None
    in_area: bool

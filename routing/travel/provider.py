"""The one question asked of any source of travel: table and route, by profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

CAR = "car"
"""Cars, and vans no higher than one (1.95 m, 2.5 t)."""
HIGH_VAN = "high_van"
"""Vans to which low and weak roads are closed (2.60 m, 3.5 t)."""
FOOT = "foot"

type Cells = tuple[tuple[int | None, ...], ...]


class Located(Protocol):
    """Anything with a position in degrees (WGS 84)."""

    @property
    def lat(self) -> float: ...

    @property
    def lon(self) -> float: ...


class Point(NamedTuple):
    """A bare position in degrees (WGS 84)."""

    lat: float
    lon: float


class Table(NamedTuple):
    """Travel from each of some places to each of others; ``None`` where there is no way.

    Attributes
    ----------
    durations_s
        One row per origin, one cell per destination, whole seconds, rounded up.
    distances_m
        The same shape, whole metres, rounded up.
    """

    durations_s: Cells
    distances_m: Cells


@dataclass(frozen=True, slots=True)
class Route:
    """One way between two places, with its line on the map.

    Attributes
    ----------
    duration_s, distance_m
        Whole seconds and metres, rounded up, in agreement with the table.
    polyline6
        The line, encoded with six decimals, for screens.
    coordinates
        The same line as (lat, lon) points, start to end.
    """

    duration_s: int
    distance_m: int
    polyline6: str
    coordinates: tuple[Point, ...]


class TravelProvider(Protocol):
    """A source of travel times; raises `TravelUnavailable` when it has none to give."""

    @property
    def dataset(self) -> str:
        """Name and number of the data behind the answers; part of every cache key."""
        ...

    def table(self, profile: str, places_from: Sequence[Located], places_to: Sequence[Located]) -> Table:
        """Ask travel from every origin to every destination at once."""
        ...

    def route(self, profile: str, a: Located, b: Located) -> Route | None:
        """Ask one way with its geometry; ``None`` where there is no way."""
        ...

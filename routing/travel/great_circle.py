"""Travel without roads: straight lines, a detour factor and one speed per profile.

For tests, for areas without road data, and as the oracle beside the road engine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from routing.model.errors import TravelUnavailable
from routing.travel.entrance import WALK_MPS, RoadEnd, find_road_end
from routing.travel.geometry import encode_polyline6, straight_m
from routing.travel.provider import CAR, FOOT, HIGH_VAN, Located, Point, Route, Table


@dataclass(frozen=True, slots=True)
class Pace:
    """How one profile moves: speed in m/s, and how much longer its way is than the straight line."""

    speed_mps: float
    detour: float


_PACES = {
    CAR: Pace(speed_mps=6.0, detour=1.5),
    HIGH_VAN: Pace(speed_mps=5.5, detour=1.6),
    FOOT: Pace(speed_mps=1.0, detour=1.3),
}


@dataclass(frozen=True, slots=True)
class GreatCircleTravel:
    """A `TravelProvider` that needs no data."""

    paces: Mapping[str, Pace] = field(default_factory=lambda: dict(_PACES))

    @property
    def dataset(self) -> str:
        """A name that tells one choice of paces from another."""
        paces = ",".join(f"{name}={p.speed_mps}x{p.detour}" for name, p in sorted(self.paces.items()))
        return f"great_circle:{paces}"

    def table(self, profile: str, places_from: Sequence[Located], places_to: Sequence[Located]) -> Table:
        """Straight lines, stretched; never ``None``: there is always an air way."""
        pace = self._pace(profile)
        starts = [find_road_end(profile, place) for place in places_from]
        ends = [find_road_end(profile, place) for place in places_to]
        cells = [[_travel(pace, a, b) for b in ends] for a in starts]
        return Table(
            tuple(tuple(duration for duration, _ in row) for row in cells),
            tuple(tuple(distance for _, distance in row) for row in cells),
        )

    def route(self, profile: str, a: Located, b: Located) -> Route:
        """Take the straight line from end to end."""
        start, end = find_road_end(profile, a), find_road_end(profile, b)
        duration_s, distance_m = _travel(self._pace(profile), start, end)
        line = (Point(a.lat, a.lon), Point(b.lat, b.lon))
        return Route(duration_s, distance_m, encode_polyline6(line), line)

    def _pace(self, profile: str) -> Pace:
        try:
            return self.paces[profile]
        except KeyError:
            raise TravelUnavailable(f"no pace for the profile {profile!r}") from None


def _travel(pace: Pace, a: RoadEnd, b: RoadEnd) -> tuple[int, int]:
    metres = straight_m(a.spot, b.spot) * pace.detour
    inside_m = a.inside_m + b.inside_m
    return math.ceil(metres / pace.speed_mps + inside_m / WALK_MPS), math.ceil(metres + inside_m)

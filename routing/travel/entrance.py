"""Where a way ends on the road: at the entrance of a car park, and the rest is walked inside."""

from __future__ import annotations

from typing import NamedTuple

from routing.travel.geometry import straight_m
from routing.travel.provider import FOOT, Located, Point

WALK_MPS = 1.0
"""Inside a car park a van rolls, a robot drives and people walk at this pace."""


class RoadEnd(NamedTuple):
    """Where the road ends, and the metres from there to the place itself."""

    spot: Point
    inside_m: float


def find_road_end(profile: str, place: Located) -> RoadEnd:
    """Return the entrance of the car park a place lies in; the place itself in the street and on foot.

    On foot the straight way counts: who lives in a car park does not leave it by the barrier.
    """
    lat = getattr(place, "entrance_lat", None)
    lon = getattr(place, "entrance_lon", None)
    here = Point(place.lat, place.lon)
    if profile == FOOT or lat is None or lon is None:
        return RoadEnd(here, 0.0)
    entrance = Point(lat, lon)
    return RoadEnd(entrance, straight_m(entrance, here))

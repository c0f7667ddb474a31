"""The road engine this process asks."""

from collections.abc import Sequence
from functools import cache

from django.conf import settings

from routing.travel.great_circle import GreatCircleTravel
from routing.travel.osrm import OsrmTravel
from routing.travel.provider import Located, TravelProvider


@cache
def get_roads() -> TravelProvider:
    """Return the roads: the data set in shared memory, or the great circle when none is named."""
    if settings.ROADS_DATASET:
        return OsrmTravel(settings.ROADS_DATASET)
    return GreatCircleTravel()


def roads_are_real() -> bool:
    """Say whether travel comes from a road network."""
    return bool(settings.ROADS_DATASET)


def find_leg(profile: str, start: Located, end: Located) -> str | None:
    """Find the line of one way, as a polyline with six decimals."""
    way = get_roads().route(profile, start, end)
    return None if way is None else way.polyline6


def find_travel_s(profile: str, start: Located, end: Located) -> int | None:
    """Find how long one way takes from here."""
    return get_roads().table(profile, [start], [end]).durations_s[0][0]


def match_trace(profile: str, trace: Sequence[tuple[Located, int]]) -> list[str] | None:
    """Lay a trace on the road, as polylines with six decimals; None where no road engine can."""
    roads = get_roads()
    return roads.match(profile, trace) if isinstance(roads, OsrmTravel) else None

"""The road engine this process asks, and what it does without one."""

from collections.abc import Iterable, Sequence
from functools import cache

from django.conf import settings

from routing.model.errors import TravelUnavailable
from routing.model.travel import Source
from routing.travel.fallback import FallbackTravel
from routing.travel.great_circle import GreatCircleTravel
from routing.travel.osrm import OsrmTravel
from routing.travel.provider import Located, TravelProvider


@cache
def get_roads() -> TravelProvider:
    """Return the roads: the data set in shared memory; the great circle when none is named or there."""
    if settings.ROADS_DATASET:
        return FallbackTravel(OsrmTravel(settings.ROADS_DATASET), GreatCircleTravel())
    return GreatCircleTravel()


def roads_are_real() -> bool:
    """Say whether travel comes from a road network at this moment."""
    roads = get_roads()
    return isinstance(roads, FallbackTravel) and not roads.is_away


def name_source() -> Source:
    """Name where travel times come from at this moment, as a problem names its provider."""
    return "osrm" if roads_are_real() else "great_circle"


def name_dataset() -> str | None:
    """Name the road data behind them and its state; None while times are guessed."""
    return get_roads().dataset if roads_are_real() else None


def look_again(place: Located, profiles: Iterable[str]) -> None:
    """See whether roads are back or have changed: who knows all its cells would never ask."""
    roads = get_roads()
    if isinstance(roads, FallbackTravel):
        for profile in profiles:
            roads.look(profile, place)


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
    if not isinstance(roads, FallbackTravel) or not isinstance(roads.first, OsrmTravel):
        return None
    try:
        return roads.first.match(profile, trace)
    except TravelUnavailable:
        return None

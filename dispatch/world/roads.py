"""Ways through the town: on the real roads, or straight when there are none."""

import logging
from dataclasses import dataclass
from functools import lru_cache

from routing.travel.fallback import FallbackTravel
from routing.travel.great_circle import GreatCircleTravel
from routing.travel.osrm import OsrmTravel
from routing.travel.provider import Located, Point

log = logging.getLogger(__name__)

# Nearer than this is where the unit already stands.
SAME_PLACE_M = 15.0


@dataclass(frozen=True, slots=True)
class Way:
    """A line with its length and time on empty roads; walked at an even pace."""

    line: tuple[Point, ...]
    duration_s: int
    distance_m: int


class Roads:
    """Asks the road engine; a town without road data is crossed in straight lines, said once."""

    def __init__(self, dataset: str | None) -> None:
        self._straight = GreatCircleTravel()
        # Who drives takes the time the way takes; a margin is for those who promise.
        self._travel = FallbackTravel(OsrmTravel(dataset), self._straight, margin=1.0) if dataset else None
        self._missed = False
        self.find_way = lru_cache(maxsize=256)(self._find_way)

    def _find_way(self, profile: str, start: Located, end: Located) -> Way:
        straight = self._straight.route(profile, start, end)
        if straight.distance_m <= SAME_PLACE_M:
            return Way((_point(start), _point(end)), 0, 0)
        route = (self._travel and self._travel.route(profile, start, end)) or straight
        if self._travel is None or self._travel.is_away:
            self._miss_roads()
        # The road engine snaps both ends to a road: the last steps into the car park belong to the way.
        return Way((_point(start), *route.coordinates, _point(end)), route.duration_s, route.distance_m)

    def _miss_roads(self) -> None:
        if not self._missed:
            log.warning("driving in straight lines: there is no road data")
        self._missed = True


def _point(place: Located) -> Point:
    return Point(place.lat, place.lon)

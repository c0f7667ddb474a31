"""Ways through the town: on the real roads, or straight when there are none."""

import logging
from dataclasses import dataclass
from functools import lru_cache

from routing.travel.great_circle import GreatCircleTravel
from routing.travel.osrm import OsrmTravel
from routing.travel.provider import Located, Point, Route

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
        self._travel = OsrmTravel(dataset) if dataset else None
        self._straight = GreatCircleTravel()
        self._missed = False
        self.find_way = lru_cache(maxsize=256)(self._find_way)

    def _find_way(self, profile: str, start: Located, end: Located) -> Way:
        straight = self._straight.route(profile, start, end)
        if straight.distance_m <= SAME_PLACE_M:
            return Way((_point(start), _point(end)), 0, 0)
        route = self._ask(profile, start, end) or straight
        # The road engine snaps both ends to a road: the last steps into the car park belong to the way.
        return Way((_point(start), *route.coordinates, _point(end)), route.duration_s, route.distance_m)

    def _ask(self, profile: str, start: Located, end: Located) -> Route | None:
        if self._travel is None:
            self._miss_roads("no road data is configured")
            return None
        try:
            return self._travel.route(profile, start, end)
        except Exception:
            # Whatever is wrong with the roads, a crew still has to get to its car.
            log.exception("no way by road")
            self._miss_roads("the road engine does not answer")
            return None

    def _miss_roads(self, why: str) -> None:
        if not self._missed:
            log.warning("driving in straight lines: %s", why)
        self._missed = True


def _point(place: Located) -> Point:
    return Point(place.lat, place.lon)

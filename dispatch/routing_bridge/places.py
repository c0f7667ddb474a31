"""Places named by where they are, so that travel known once is known in every problem."""

from collections.abc import Iterable

from dispatch.routing_bridge.entrances import find_entrance
from routing.model.place import Place
from routing.travel.geometry import encode_polyline6, straight_m
from routing.travel.provider import Point


def place_id(lat: float, lon: float, site: str | None = None) -> str:
    """Name a place by its coordinate (to 0.1 m) and the site it lies in."""
    spot = f"{lat:.6f},{lon:.6f}"
    return spot if site is None else f"{spot}@{site}"


def build_place(lat: float, lon: float, site: str | None = None) -> Place:
    """Build a place; in a car park with the entrance through which vehicles come to it."""
    way_in = None if site is None else find_entrance(site, lat, lon)
    entrance = {} if way_in is None else {"entrance_lat": way_in[0], "entrance_lon": way_in[1]}
    return Place(id=place_id(lat, lon, site), lat=lat, lon=lon, site=site, **entrance)


def encode_line(spots: Iterable[tuple[float, float]]) -> str:
    """Draw a line through coordinates, as a polyline with six decimals."""
    return encode_polyline6([Point(lat, lon) for lat, lon in spots])


def measure_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Measure the straight line between two coordinates."""
    return straight_m(Point(lat, lon), Point(other_lat, other_lon))

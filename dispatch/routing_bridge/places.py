"""Places named by where they are, so that travel known once is known in every problem."""

from dispatch.routing_bridge.entrances import find_entrance
from routing.model.place import Place


def place_id(lat: float, lon: float, site: str | None = None) -> str:
    """Name a place by its coordinate (to 0.1 m) and the site it lies in."""
    spot = f"{lat:.6f},{lon:.6f}"
    return spot if site is None else f"{spot}@{site}"


def build_place(lat: float, lon: float, site: str | None = None) -> Place:
    """Build a place; in a car park with the entrance through which vehicles come to it."""
    way_in = None if site is None else find_entrance(site, lat, lon)
    entrance = {} if way_in is None else {"entrance_lat": way_in[0], "entrance_lon": way_in[1]}
    return Place(id=place_id(lat, lon, site), lat=lat, lon=lon, site=site, **entrance)

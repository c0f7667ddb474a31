"""Parking places: which one a pin lies in."""

from math import cos, hypot, radians

from accounts.callers import Caller
from dispatch.models import Site

# Some 150 m: no car park is larger.
REACH_DEG = 0.0015
# Nearer to its entrance than this, a pin is taken to lie in the car park.
INSIDE_M = 30.0
_METRES_A_DEGREE = 111_320.0


def find_site_around(caller: Caller, lat: float, lon: float) -> Site | None:
    """Find the car park whose entrance is beside a pin."""
    box = {
        "lat__range": (lat - REACH_DEG, lat + REACH_DEG),
        "lon__range": (lon - REACH_DEG, lon + REACH_DEG),
    }
    rows = Site.objects.of(caller).filter(**box)
    near = [(site_distance_m(site, lat, lon), site.slug, site) for site in rows]
    metres, _, site = min(near, default=(INSIDE_M + 1, "", None))
    return site if metres <= INSIDE_M else None


def site_distance_m(site: Site, lat: float, lon: float) -> float:
    """Measure from a pin to a site's entrance in a straight line."""
    across = (site.lon - lon) * cos(radians(lat))
    return hypot(site.lat - lat, across) * _METRES_A_DEGREE

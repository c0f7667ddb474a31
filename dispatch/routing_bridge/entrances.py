"""Where one drives into a car park: the entrance nearest to a place inside.

Car parks do not move: each is read once per process. Under an area's lock nothing new is asked of anybody,
since whoever drafts has met every site before.
"""

from accounts.callers import Caller
from dispatch.models import Site

_HOUSE = Caller.system()
_known: dict[str, Site] = {}


def find_entrance(site: str, lat: float, lon: float) -> tuple[float, float] | None:
    """Find the way in that is nearest to a place inside; None for a site nobody knows."""
    row = _known.get(site)
    if row is None:
        row = Site.objects.of(_HOUSE).filter(id=site).first()
        if row is None:
            return None
        _known[site] = row
    return row.find_way_in(lat, lon)

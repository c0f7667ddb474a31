"""Ways on the map: of the unit that comes to a driver, of a unit's whole route for the console.

Reads, but of the road engine; so they stand beside the writes, above the bridge.
"""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Stop, StopState
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import find_leg, name_dataset
from dispatch.selectors.documents.board import Leg, UnitDetail
from dispatch.selectors.routes import list_route_views
from dispatch.selectors.units import list_unit_views

_HOUSE = Caller.system()

type _Spot = tuple[float, float, str | None]


def find_track(request_id: UUID) -> str | None:
    """Find the rest of the way of the unit that drives to a request; None unless one does."""
    stops = Stop.objects.of(_HOUSE).filter(request=request_id, state=StopState.DISPATCHED)
    stop = stops.select_related("unit__state", "request").first()
    if stop is None:
        return None
    state = stop.unit.state
    return _leg(stop.unit.profile, (state.lat, state.lon, None), _spot(stop), name_dataset())


def get_unit_detail(caller: Caller, unit_id: UUID, now: datetime, wall: datetime) -> UnitDetail | None:
    """Return a unit with its route and the line of each way ahead; None for another's unit."""
    views = list_unit_views(caller, now, wall, ids=[unit_id])
    if not views:
        return None
    (route,) = list_route_views(caller, now, units=[unit_id])
    return {**views[0], "route": route, "legs": _legs(unit_id)}


def _legs(unit_id: UUID) -> list[Leg]:
    rows = Stop.objects.of(_HOUSE).filter(unit=unit_id, state__in=[StopState.PLANNED, StopState.DISPATCHED])
    stops = list(
        rows.select_related("unit__state", "request").order_by("route__shift__starts_at", "position")
    )
    if not stops:
        return []
    here = stops[0].unit.state
    spots = [(here.lat, here.lon, None), *(_spot(stop) for stop in stops)]
    return [
        {"stop": str(stop.id), "leg": _leg(stop.unit.profile, start, end, name_dataset())}
        for stop, start, end in zip(stops, spots, spots[1:], strict=False)
    ]


def _spot(stop: Stop) -> _Spot:
    site_id = None if stop.request is None else stop.request.site_id
    return stop.lat, stop.lon, None if site_id is None else str(site_id)


@lru_cache(maxsize=4096)
def _leg(profile: str, start: _Spot, end: _Spot, roads: str | None) -> str | None:
    """A way into a car park goes through its entrance; on other roads it is another way."""
    return find_leg(profile, build_place(*start), build_place(*end))

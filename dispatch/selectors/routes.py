"""Routes as the console's timeline shows them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Stop
from dispatch.selectors.documents.board import RouteView, StopView
from dispatch.selectors.render import iso, kilo

PAST = timedelta(hours=2)


def list_route_views(
    caller: Caller, now: datetime, *, area_id: UUID | None = None, units: Iterable[UUID] | None = None
) -> list[RouteView]:
    """List what every unit does next and did lately; one query, however many."""
    rows = Stop.objects.of(caller).filter(end_at__gt=now - PAST).exclude(state__in=["skipped", "failed"])
    if area_id is not None:
        rows = rows.filter(route__area=area_id)
    wanted = None if units is None else list(units)
    if wanted is not None:
        rows = rows.filter(unit__in=wanted)
    joined = rows.select_related("request", "depot").prefetch_related("locks")
    by_unit: dict[UUID, list[StopView]] = defaultdict(list)
    for stop in joined.order_by("route__shift__starts_at", "position"):
        by_unit[stop.unit_id].append(stop_view(stop))
    # A unit asked for by name gets its row even when it has nothing to do.
    keys = wanted if wanted is not None else sorted(by_unit, key=str)
    return [{"unit": str(key), "stops": by_unit.get(key, [])} for key in keys]


def stop_view(stop: Stop) -> StopView:
    """Show a stop: facts where there are facts, the plan where not."""
    return {
        "id": str(stop.id),
        "kind": stop.kind,
        "state": stop.state,
        "request": None if stop.request_id is None else str(stop.request_id),
        "place": {"name": place_name(stop), "lat": stop.lat, "lon": stop.lon},
        "depart": iso(stop.departed_at or stop.depart_at),
        "arrive": iso(stop.arrived_at or stop.arrive_at),
        "start": iso(stop.arrived_at or stop.start_at),
        "end": iso(stop.done_at or stop.end_at),
        "energy_kwh": kilo(stop.energy_wh),
        "pack_before_kwh": kilo(stop.pack_before_wh),
        "pack_after_kwh": kilo(stop.pack_after_wh),
        "locked": stop.is_under_way or bool(stop.locks.all()),
        "revision": stop.revision,
    }


def place_name(stop: Stop) -> str:
    """Name the place of a stop as people would."""
    if stop.request is not None:
        return stop.request.place_text
    return stop.depot.name if stop.depot is not None else ""

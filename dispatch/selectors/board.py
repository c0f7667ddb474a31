"""The console's one document, and the parts of it that a message carries: made by the same functions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.callers import Caller
from dispatch.models import OPEN, ChargeRequest, Depot, ServiceArea, Stop, UnitState
from dispatch.selectors.areas import area_view, get_plan_view, list_site_views
from dispatch.selectors.documents.board import Board, BoardPatch, DepotView, RequestView
from dispatch.selectors.etas import Expected, eta_document, expect_route
from dispatch.selectors.figures import get_figures
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.requests import promise_document
from dispatch.selectors.routes import list_route_views
from dispatch.selectors.streams import area_stream, get_seq
from dispatch.selectors.units import list_unit_views

RECENT = timedelta(hours=1)
_DONE = ["done", "failed", "skipped"]


def get_board(caller: Caller, area: ServiceArea, now: datetime, wall: datetime, speed: float) -> Board:
    """Return everything the console shows. The sequence is read first: a later change comes again."""
    seq = get_seq(area_stream(area.id))
    return {
        "server_time": iso(now),
        "speed": speed,
        "seq": seq,
        "area": area_view(area),
        "plan": get_plan_view(area.id),
        "units": list_unit_views(caller, now, wall, area_id=area.id),
        "requests": list_request_views(caller, now, area_id=area.id),
        "routes": list_route_views(caller, now, area_id=area.id),
        "depots": _list_depots(caller, area.id),
        "sites": list_site_views(caller),
        "figures": get_figures(caller, area, now),
    }


def get_board_patch(area_id: UUID, data: dict[str, object], now: datetime, wall: datetime) -> BoardPatch:
    """Return the parts that an event names by id, as they are now."""
    house = Caller.system()
    patch: BoardPatch = {}
    units, requests = _ids(data, "units"), _ids(data, "requests")
    if units:
        patch["units"] = list_unit_views(house, now, wall, ids=units)
        patch["routes"] = list_route_views(house, now, units=units)
    if requests:
        patch["requests"] = list_request_views(house, now, ids=requests)
        patch["figures"] = get_figures(house, ServiceArea.objects.of(house).get(id=area_id), now)
    if data.get("plan"):
        patch["plan"] = get_plan_view(area_id)
    return patch


def _ids(data: dict[str, object], key: str) -> list[UUID]:
    found = data.get(key)
    return [UUID(str(item)) for item in found] if isinstance(found, list) else []


def list_request_views(
    caller: Caller, now: datetime, *, area_id: UUID | None = None, ids: Iterable[UUID] | None = None
) -> list[RequestView]:
    """List open requests and those that ended within the hour; queries do not grow with them."""
    rows = ChargeRequest.objects.of(caller).select_related("vehicle", "site").prefetch_related("promises")
    if area_id is not None:
        recent = Q(stops__done_at__gt=now - RECENT) | Q(created_at__gt=now - RECENT)
        rows = rows.filter(area=area_id).filter(Q(status__in=OPEN) | recent).distinct()
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    found = list(rows.order_by("created_at"))
    stops = {stop.request_id: stop for stop in _live_stops(found)}
    expected = expect_requests(
        Stop.objects.of(caller).filter(unit__in={s.unit_id for s in stops.values()}), now
    )
    return [_request_view(row, stops.get(row.id), expected.get(row.id), now) for row in found]


def _live_stops(rows: list[ChargeRequest]) -> QuerySet[Stop]:
    stops = Stop.objects.of(Caller.system()).filter(request__in=rows).exclude(state__in=["failed", "skipped"])
    return stops.select_related("unit__state").order_by("done_at", "position")


def expect_requests(stops: QuerySet[Stop], now: datetime) -> dict[UUID, tuple[Expected, UnitState]]:
    """Say for each request on these units' routes when its unit is expected; one query."""
    routes: dict[UUID, list[Stop]] = {}
    open_stops = stops.exclude(state__in=_DONE).select_related("unit__state")
    for stop in open_stops.order_by("route__shift__starts_at", "position"):
        routes.setdefault(stop.unit_id, []).append(stop)
    found: dict[UUID, tuple[Expected, UnitState]] = {}
    for route in routes.values():
        state = route[0].unit.state
        expected = expect_route(route, state, now)
        found |= {
            stop.request_id: (expected[stop.id], state) for stop in route if stop.request_id is not None
        }
    return found


def _request_view(
    row: ChargeRequest, stop: Stop | None, expected: tuple[Expected, UnitState] | None, now: datetime
) -> RequestView:
    return {
        "id": str(row.id),
        "status": row.status,
        "urgency": row.urgency,
        "location": {"lat": row.lat, "lon": row.lon},
        "site": None if row.site is None else row.site.name,
        "place_text": row.place_text,
        "vehicle": {"name": row.vehicle.name, "model": row.vehicle.model, "plate": row.vehicle.plate},
        "energy_kwh": kilo(row.energy_wh),
        "window": {"earliest": iso(row.earliest), "latest": iso(row.latest)},
        "promise": promise_document(list(row.promises.all())[-1]),
        "eta": None if expected is None else eta_document(expected[0], now, expected[1].fix_at or now),
        "unit": None if stop is None else str(stop.unit_id),
        "stop": None if stop is None else str(stop.id),
        "not_served": row.not_served,
        "cause": row.cause,
        "created_at": iso(row.created_at),
    }


def _list_depots(caller: Caller, area_id: UUID) -> list[DepotView]:
    rows = Depot.objects.of(caller).filter(area=area_id).prefetch_related("plugs").order_by("name")
    return [
        {
            "id": str(depot.id),
            "name": depot.name,
            "lat": depot.lat,
            "lon": depot.lon,
            "plugs": [
                {
                    "id": str(plug.id),
                    "name": plug.name,
                    "power_kw": kilo(plug.power_w),
                    "state": plug.state,
                    "unit": None if plug.unit_id is None else str(plug.unit_id),
                }
                for plug in depot.plugs.all()
            ],
        }
        for depot in rows
    ]

"""The console's one document, and the parts of it that a message carries: made by the same functions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Func, Q, QuerySet
from django.db.models.lookups import GreaterThan

from accounts.callers import Caller
from dispatch.models import OPEN, ChargeRequest, Depot, ServiceArea, Stop, StopState
from dispatch.selectors.areas import area_view, get_plan_view, list_site_views
from dispatch.selectors.closures import list_closure_views
from dispatch.selectors.documents.board import Board, BoardPatch, DepotView, RequestView
from dispatch.selectors.etas import Expected, eta_document, expect_requests
from dispatch.selectors.figures import get_figures
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.requests import promise_document
from dispatch.selectors.risks.view import list_risk_views
from dispatch.selectors.routes import list_route_views
from dispatch.selectors.streams import area_stream, get_seq
from dispatch.selectors.units import list_unit_views

# What has ended stays in sight this long; a reader that is kept up to date drops it by the same rule.
RECENT = timedelta(hours=1)
_LONGEST_LIFE = timedelta(days=3)
_NOT_MET = (StopState.FAILED, StopState.SKIPPED)


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
        "risks": list_risk_views(caller, area.id),
        "closures": list_closure_views(caller, area.id, now),
    }


def build_board_patches(
    area_id: UUID, changes: Sequence[dict[str, Any]], now: datetime, wall: datetime
) -> list[BoardPatch]:
    """Build for each event's data the parts it names by id, as they are now.

    What the events name together is read once: queries do not grow with the events.
    """
    house = Caller.system()
    units, requests = _named(changes, "units"), _named(changes, "requests")
    views = {view["id"]: view for view in list_unit_views(house, now, wall, ids=units)} if units else {}
    routes = {view["unit"]: view for view in list_route_views(house, now, units=units)} if units else {}
    asked = {view["id"]: view for view in list_request_views(house, now, ids=requests)} if requests else {}
    plan = get_plan_view(area_id) if any("plan" in change for change in changes) else None
    area = ServiceArea.objects.of(house).get(id=area_id)
    figures = get_figures(house, area, now) if requests else None
    risks = list_risk_views(house, area_id) if any("risks" in change for change in changes) else None
    closed = any("closures" in change for change in changes)
    closures = list_closure_views(house, area_id, now) if closed else None
    patches: list[BoardPatch] = []
    for change in changes:
        patch: BoardPatch = {
            "units": [views[key] for key in change.get("units", []) if key in views],
            "routes": [routes[key] for key in change.get("units", []) if key in routes],
            "requests": [asked[key] for key in change.get("requests", []) if key in asked],
        }
        if figures is not None and patch["requests"]:
            patch["figures"] = figures
        if plan is not None and "plan" in change:
            patch["plan"] = plan
        if risks is not None and "risks" in change:
            patch["risks"] = risks
        if closures is not None and "closures" in change:
            patch["closures"] = closures
        patches.append(patch)
    return patches


def _named(changes: Iterable[dict[str, Any]], key: str) -> list[UUID]:
    return [UUID(name) for name in {name: None for change in changes for name in change.get(key, [])}]


class _EndedAt(Func):
    """The instant at which a request reached the status it has."""

    template = "(%(expressions)s)::timestamptz"
    arg_joiner = " ->> "
    output_field = DateTimeField()


def list_request_views(
    caller: Caller, now: datetime, *, area_id: UUID | None = None, ids: Iterable[UUID] | None = None
) -> list[RequestView]:
    """List open requests and those that ended within the hour; queries do not grow with them."""
    rows = ChargeRequest.objects.of(caller).select_related("vehicle", "site").prefetch_related("promises")
    if area_id is not None:
        # The first condition bounds what is read of the past.
        ended = GreaterThan(_EndedAt("stage_at", "status"), now - RECENT)
        lately = Q(created_at__gt=now - _LONGEST_LIFE) & Q(ended)
        rows = rows.filter(Q(status__in=OPEN) | lately, area=area_id)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    found = list(rows.order_by("created_at", "id"))
    stops = {stop.request_id: stop for stop in _live_stops(found)}
    expected = expect_requests((stop.unit_id for stop in stops.values()), now)
    return [_request_view(row, stops.get(row.id), expected.get(row.id), now) for row in found]


def _live_stops(rows: list[ChargeRequest]) -> QuerySet[Stop]:
    stops = Stop.objects.of(Caller.system()).filter(request__in=rows).exclude(state__in=_NOT_MET)
    return stops.order_by("done_at", "position")


def _request_view(
    row: ChargeRequest, stop: Stop | None, expected: Expected | None, now: datetime
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
        "eta": None if expected is None else eta_document(expected, now),
        "unit": None if stop is None else str(stop.unit_id),
        "stop": None if stop is None else str(stop.id),
        "not_served": row.not_served,
        "cause": row.cause,
        "created_at": iso(row.created_at),
        "ended_at": None if row.is_open else row.stage_at.get(row.status),
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

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
from dispatch.selectors.eta_documents import list_eta_documents
from dispatch.selectors.etas import foresee_units
from dispatch.selectors.figures import get_figures
from dispatch.selectors.kept import as_text
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.request_parts import read_request_parts
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
        # Those of one unit stand together: what is alike packs well, and there are thousands.
        "requests": sorted(
            list_request_views(caller, now, area_id=area.id), key=lambda row: row["unit"] or ""
        ),
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
    rows = ChargeRequest.objects.of(caller)
    if area_id is not None:
        # The first condition bounds what is read of the past.
        ended = GreaterThan(_EndedAt("stage_at", "status"), now - RECENT)
        lately = Q(created_at__gt=now - _LONGEST_LIFE) & Q(ended)
        rows = rows.filter(Q(status__in=OPEN) | lately, area=area_id)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    parts = read_request_parts(rows.order_by("created_at", "id"))
    units = _find_units(rows)
    etas = list_eta_documents(foresee_units({UUID(unit) for unit in set(units.values())}, now), now)
    return [{**part, "eta": etas.get(key), "unit": units.get(key)} for key, part in parts.items()]


def _find_units(rows: QuerySet[ChargeRequest]) -> dict[str, str]:
    """Find which unit comes, or came, to each request, by key."""
    stops = Stop.objects.of(Caller.system()).filter(request__in=rows.order_by().values("id"))
    met = stops.exclude(state__in=_NOT_MET).order_by("done_at", "position")
    return dict(met.values_list(as_text("request"), as_text("unit")))


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

"""What published plans have changed about one visit, and why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ChargeRequest, Plan, ServiceArea, Unit
from dispatch.selectors.documents.explanation import VisitChange
from dispatch.selectors.render import iso

# So many plans are looked back, and so many changes shown: more is history, read plan by plan.
PLANS, SHOWN = 200, 6


def list_visit_changes(caller: Caller, area_id: UUID, request_id: UUID) -> list[VisitChange]:
    """List the latest changes to a request's visit, the newest first."""
    area = ServiceArea.objects.of(caller).filter(id=area_id).first()
    if area is None:
        return []
    plans = Plan.objects.of(caller).filter(area=area, version__gt=area.plan_version - PLANS)
    told = plans.filter(difference__stops__contains=[{"request": str(request_id)}]).order_by("-version")
    found = [
        (version, at, change)
        for version, at, stops in told.values_list("version", "published_at", "difference__stops")[:SHOWN]
        for change in stops
        if change["request"] == str(request_id)
    ]
    names, places = _names(caller, found), _places(caller, found)
    return [
        {
            "at": iso(at),
            "version": version,
            "what": change["what"],
            "why": change["why"],
            "by_s": change["by_s"],
            "unit": names.get(change["unit"], ""),
            "from_unit": names.get(change["from_unit"], ""),
            "about": places.get(change["about"], ""),
        }
        for version, at, change in found
    ]


type _Found = tuple[int, datetime, dict[str, Any]]


def _names(caller: Caller, found: Iterable[_Found]) -> dict[str, str]:
    ids = {change[name] for _, _, change in found for name in ("unit", "from_unit")} - {None}
    rows = Unit.objects.of(caller).filter(id__in=ids)
    return {str(key): name for key, name in rows.values_list("id", "name")}


def _places(caller: Caller, found: Iterable[_Found]) -> dict[str, str]:
    ids = {change["about"] for _, _, change in found} - {None}
    rows = ChargeRequest.objects.of(caller).filter(id__in=ids)
    return {str(key): text for key, text in rows.values_list("id", "place_text")}

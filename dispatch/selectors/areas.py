"""Areas and their running plan."""

from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Plan, ServiceArea, Site
from dispatch.selectors.documents.board import AreaView, PlanView, SiteView
from dispatch.selectors.render import iso


def find_area(caller: Caller) -> ServiceArea | None:
    """Find the area a caller works in: the first of their operators, else the first there is."""
    areas = ServiceArea.objects.of(caller).order_by("slug")
    return areas.filter(operator__in=caller.staffed).first() or areas.first()


def find_dispatched_area(caller: Caller) -> ServiceArea | None:
    """Find the area a caller dispatches; another operator's is none, though anybody may see its outline."""
    areas = ServiceArea.objects.of(caller).filter(operator__in=caller.dispatched)
    return areas.order_by("slug").first()


def area_view(area: ServiceArea) -> AreaView:
    """Show an area."""
    return {
        "id": str(area.id),
        "slug": area.slug,
        "name": area.name,
        "time_zone": area.time_zone,
        "currency": area.currency,
        "locale": area.locale,
        "center": {"lat": area.centre_lat, "lon": area.centre_lon},
        "bounds": [area.west, area.south, area.east, area.north],
    }


def get_plan_view(area_id: UUID) -> PlanView:
    """Show the head of the running plan; version 0 before the first."""
    plans = Plan.objects.of(Caller.system()).filter(area=area_id).order_by("-version")
    head = plans.values_list("version", "published_at", "causes", "cost").first()
    if head is None:
        return {"version": 0, "published_at": None, "causes": [], "cost_milli": 0}
    version, published_at, causes, cost = head
    return {
        "version": version,
        "published_at": iso(published_at),
        "causes": list(causes),
        "cost_milli": int(cost.get("total_milli", 0)),
    }


def list_site_views(caller: Caller) -> list[SiteView]:
    """List the parking places."""
    return [
        {
            "id": str(site.id),
            "name": site.name,
            "lat": site.lat,
            "lon": site.lon,
            "max_height_m": None if site.max_height_mm is None else site.max_height_mm / 1000,
        }
        for site in Site.objects.of(caller).order_by("name")
    ]

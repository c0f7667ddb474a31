"""What any page needs before anybody signs in."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.callers import Caller
from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.view import ApiView
from dispatch.errors import Unavailable
from dispatch.selectors.areas import area_view, find_area, list_site_views
from dispatch.selectors.documents.config import ConfigDocument, SitePage
from dispatch.selectors.render import iso

DEMO_ROLES = ("driver", "dispatcher", "crew", "owner")


class ConfigView(ApiView):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="config", responses=document(ConfigDocument))
    def get(self, request: Request) -> Response:
        """Show the area, its map, the world's clock, and the demo's doors when there is a demo."""
        area = find_area(Caller.anonymous())
        if area is None:
            raise Unavailable("no_area_yet", "The city is being prepared.")
        accounts: list[dict[str, Any]] = [
            {"role": role, "email": f"{role}@demo.test"} for role in DEMO_ROLES if settings.DEMO
        ]
        return Response(
            {
                "area": area_view(area),
                "basemap_url": "/city/basemap.pmtiles",
                "demo": settings.DEMO,
                "sign_up": settings.SIGN_UP == "open",
                "demo_accounts": accounts,
                "server_time": iso(clock.now()),
                "speed": clock.speed(),
            }
        )


class SitesView(ApiView):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="sites", responses=document(SitePage))
    def get(self, request: Request) -> Response:
        """List the parking places one can name instead of a pin."""
        return Response({"results": list_site_views(self.caller), "next": None})

"""Where is that: places by their names, and the name of a pin."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.throttles import CallerThrottle, PolicyThrottle, address_of
from accounts.authentication import caller_of
from dispatch.api.documents import document
from dispatch.api.reading import QueryNumberField
from dispatch.api.view import ApiView
from dispatch.selectors.areas import find_area
from dispatch.selectors.documents.place import NamedSpot, PlacePage
from dispatch.selectors.place_names import name_place
from dispatch.selectors.searching import Near, search_places
from dispatch.selectors.sites import find_site_around

MOST = 20


class PlacesThrottle(PolicyThrottle):
    """So many searches from one caller: as fast as somebody types, and no faster."""

    policy = "places"

    def find_who(self, request: Request) -> str:
        """Name the caller; who has not signed in is known by address."""
        caller = caller_of(request)
        return caller.key if caller.is_known else address_of(request)


class PlacesInput(serializers.Serializer[Any]):
    q = serializers.CharField(
        allow_blank=True, max_length=80, help_text="what was typed; two letters at least"
    )
    lat = QueryNumberField(required=False, min_value=-90, max_value=90, help_text="from where one looks")
    lon = QueryNumberField(required=False, min_value=-180, max_value=180)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=8)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A position is both or none."""
        if ("lat" in attrs) != ("lon" in attrs):
            raise serializers.ValidationError({"lat": "Give both lat and lon, or neither."})
        return attrs


class PlacesView(ApiView):
    permission_classes = [AllowAny]
    throttle_classes = [CallerThrottle, PlacesThrottle]

    @extend_schema(operation_id="places", parameters=[PlacesInput], responses=document(PlacePage))
    def get(self, request: Request) -> Response:
        """Find addresses, streets, points of interest and car parks by their names, the best first."""
        typed = PlacesInput(data=request.query_params)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        near = Near(said["lat"], said["lon"]) if "lat" in said else None
        found = search_places(self.caller, said["q"], near, said["limit"])
        return Response({"results": found, "next": None})


class SpotInput(serializers.Serializer[Any]):
    lat = QueryNumberField(min_value=-90, max_value=90)
    lon = QueryNumberField(min_value=-180, max_value=180)


class SpotView(ApiView):
    permission_classes = [AllowAny]
    throttle_classes = [CallerThrottle, PlacesThrottle]

    @extend_schema(operation_id="place_at", parameters=[SpotInput], responses=document(NamedSpot))
    def get(self, request: Request) -> Response:
        """Name a pin: the street beside it, and the car park it seems to lie in."""
        typed = SpotInput(data=request.query_params)
        typed.is_valid(raise_exception=True)
        lat, lon = typed.validated_data["lat"], typed.validated_data["lon"]
        site, area = find_site_around(self.caller, lat, lon), find_area(self.caller)
        return Response(
            {
                "name": name_place(lat, lon) if site is None else site.name,
                "site": None if site is None else str(site.id),
                "in_area": area is not None and area.holds(lat, lon),
            }
        )

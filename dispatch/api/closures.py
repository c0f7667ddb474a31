"""Closing roads, slowing areas down, and opening them again."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.models import Closure
from dispatch.selectors.closures import closure_view, list_closure_views
from dispatch.selectors.documents.closure import ClosurePage, ClosureView
from dispatch.services.closures import Wish, lift_closure, make_closure

MOST_CLICKS = 60


class SpotsField(serializers.ListField):
    """Places as they were clicked: latitude and longitude in degrees."""

    def __init__(self, *, least: int, **more: Any) -> None:
        spot = serializers.ListField(
            child=serializers.FloatField(min_value=-180, max_value=180), min_length=2, max_length=2
        )
        super().__init__(child=spot, min_length=least, max_length=MOST_CLICKS, required=False, **more)


class ShapeInput(serializers.Serializer[Any]):
    """`line`: along the road from click to click; `area`: an outline. One of them."""

    line = SpotsField(least=2)
    area = SpotsField(least=3)


class ClosureInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Closure.Kind.choices)
    shape = ShapeInput()
    speed_pct = serializers.IntegerField(required=False, min_value=5, max_value=95)
    why = serializers.CharField(required=False, allow_blank=True, max_length=200)
    from_at = serializers.DateTimeField(required=False, allow_null=True)
    until_at = serializers.DateTimeField(required=False, allow_null=True)


class ClosuresView(OpsView):
    @extend_schema(operation_id="ops_closures", responses=document(ClosurePage))
    def get(self, request: Request) -> Response:
        """List roads that are closed or slow, or will be."""
        rows = list_closure_views(self.caller, self.area.id, clock.now())
        return Response({"results": rows, "next": None})

    @extend_schema(operation_id="ops_close", request=ClosureInput, responses={201: document(ClosureView)})
    def post(self, request: Request) -> Response:
        """Close a road or slow an area down; the next plan reckons with it."""
        typed = ClosureInput(data=request.data)
        typed.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(typed.validated_data)
        said |= {name: tuple(map(tuple, spots)) for name, spots in said.pop("shape").items()}
        row = make_closure(self.caller, self.area, Wish(**said), clock.now())
        return Response(closure_view(row), status=status.HTTP_201_CREATED)


class LiftView(OpsView):
    @extend_schema(operation_id="ops_lift_closure", request=None, responses=document(ClosurePage))
    def post(self, request: Request, closure_id: UUID) -> Response:
        """Open it again; returns what is still closed or slow."""
        lift_closure(self.caller, closure_id, clock.now())
        rows = list_closure_views(self.caller, self.area.id, clock.now())
        return Response({"results": rows, "next": None})

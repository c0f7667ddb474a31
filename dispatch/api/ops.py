"""What dispatchers see and do."""

from typing import Any
from uuid import UUID

from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsDispatcher
from dispatch.api.view import ApiView
from dispatch.errors import NotFound
from dispatch.models import ServiceArea
from dispatch.selectors.areas import find_dispatched_area
from dispatch.selectors.board import get_board, list_request_views
from dispatch.selectors.documents.board import (
    Board,
    PlanDocument,
    RequestViewPage,
    RouteView,
    UnitDetail,
    UnitPage,
    Wanted,
)
from dispatch.selectors.documents.explanation import Explanation
from dispatch.selectors.plans import get_plan_document
from dispatch.selectors.routes import get_route_view
from dispatch.selectors.units import list_unit_views
from dispatch.services.explanations import get_explanation
from dispatch.services.locks import Hold, lock_stop, unlock_stop
from dispatch.services.replans import want_replan
from dispatch.services.tracks import get_unit_detail


class OpsView(ApiView):
    """Base of the console's doors."""

    permission_classes: list[type[BasePermission]] = [IsDispatcher]

    @property
    def area(self) -> ServiceArea:
        """The area this dispatcher works in."""
        area = find_dispatched_area(self.caller)
        if area is None:
            raise NotFound
        return area


# A fleet's document is a megabyte that repeats itself, without a secret that guesses could be tried on.
@method_decorator(gzip_page, name="dispatch")
class BoardView(OpsView):
    @extend_schema(operation_id="ops_board", responses=document(Board))
    def get(self, request: Request) -> Response:
        """Show everything the console shows, in one document."""
        return Response(get_board(self.caller, self.area, clock.now(), clock.wall(), clock.speed()))


class OpsRequestsView(OpsView):
    @extend_schema(operation_id="ops_requests", responses=document(RequestViewPage))
    def get(self, request: Request) -> Response:
        """List open requests and those that ended lately."""
        rows = list_request_views(self.caller, clock.now(), area_id=self.area.id)
        return Response({"results": rows, "next": None})


class UnitsView(OpsView):
    @extend_schema(operation_id="ops_units", responses=document(UnitPage))
    def get(self, request: Request) -> Response:
        """List the fleet."""
        rows = list_unit_views(self.caller, clock.now(), clock.wall(), area_id=self.area.id)
        return Response({"results": rows, "next": None})


class UnitView(OpsView):
    @extend_schema(operation_id="ops_unit", responses=document(UnitDetail))
    def get(self, request: Request, unit_id: UUID) -> Response:
        """Show one unit with its route and the ways between its stops."""
        detail = get_unit_detail(self.caller, unit_id, clock.now(), clock.wall())
        if detail is None:
            raise NotFound
        return Response(detail)


class PlanView(OpsView):
    @extend_schema(operation_id="ops_plan", responses=document(PlanDocument))
    def get(self, request: Request, version: int) -> Response:
        """Show a published plan: when, by which writer, why, and what it changed."""
        found = get_plan_document(self.caller, self.area.id, version)
        if found is None:
            raise NotFound
        return Response(found)


class ReplansView(OpsView):
    @extend_schema(operation_id="ops_replan", request=None, responses={202: document(Wanted)})
    def post(self, request: Request) -> Response:
        """Ask for a new plan."""
        want_replan(self.area.id, "asked_by_dispatcher", clock.wall())
        return Response({"wanted": True}, status=status.HTTP_202_ACCEPTED)


class ExplanationView(OpsView):
    @extend_schema(operation_id="ops_explanation", responses=document(Explanation))
    def get(self, request: Request, request_id: UUID) -> Response:
        """Say of each unit whether it could serve a request, or what stands in its way."""
        return Response(get_explanation(self.caller, self.area.id, request_id, clock.now()))


class LockInput(serializers.Serializer[Any]):
    what = serializers.ChoiceField(choices=["unit", "time", "both"], default="both")
    why = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    until = serializers.DateTimeField(required=False, allow_null=True, default=None)


class LockView(OpsView):
    @extend_schema(operation_id="ops_lock", request=LockInput, responses=document(RouteView))
    def post(self, request: Request, stop_id: UUID) -> Response:
        """Hold a planned visit to its unit, its time or both."""
        typed = LockInput(data=request.data)
        typed.is_valid(raise_exception=True)
        lock_stop(self.caller, stop_id, Hold(**typed.validated_data), clock.now(), clock.wall())
        return Response(get_route_view(self.caller, stop_id, clock.now()))


class UnlockView(OpsView):
    @extend_schema(operation_id="ops_unlock", request=None, responses=document(RouteView))
    def post(self, request: Request, stop_id: UUID) -> Response:
        """Give a visit back to the solver."""
        unlock_stop(self.caller, stop_id, clock.now(), clock.wall())
        return Response(get_route_view(self.caller, stop_id, clock.now()))

"""What dispatchers see and do."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsDispatcher
from dispatch.api.view import ApiView
from dispatch.errors import NotFound
from dispatch.models import ServiceArea
from dispatch.selectors.areas import find_area
from dispatch.selectors.board import get_board, list_request_views
from dispatch.selectors.documents.board import (
    Board,
    PlanDocument,
    RequestViewPage,
    UnitDetail,
    UnitPage,
    Wanted,
)
from dispatch.selectors.plans import get_plan_document
from dispatch.selectors.units import list_unit_views
from dispatch.services.replans import want_replan
from dispatch.services.tracks import get_unit_detail


class OpsView(ApiView):
    """Base of the console's doors."""

    permission_classes: list[type[BasePermission]] = [IsDispatcher]

    @property
    def area(self) -> ServiceArea:
        """The area this dispatcher works in."""
        area = find_area(self.caller)
        if area is None:
            raise NotFound
        return area


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
        """Show a published plan: its documents, its difference, its causes."""
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

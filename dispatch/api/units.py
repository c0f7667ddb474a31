"""Where units say where they are."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsCrew
from dispatch.api.view import ApiView
from dispatch.selectors.documents.day import Taken
from dispatch.services.fixes import FixesInput, read_fixes
from dispatch.services.tracking import record_fixes


class PositionsView(ApiView):
    permission_classes: list[type[BasePermission]] = [IsCrew]

    @extend_schema(operation_id="unit_positions", request=FixesInput, responses={202: document(Taken)})
    def post(self, request: Request, unit_id: UUID) -> Response:
        """Take a batch of fixes."""
        fixes = read_fixes(request.data)
        taken = record_fixes(self.caller, unit_id, fixes, clock.now(), clock.wall())
        answer = {"taken": taken, "ignored": len(fixes) - taken}
        return Response(answer, status=status.HTTP_202_ACCEPTED)

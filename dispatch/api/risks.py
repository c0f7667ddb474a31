"""What will go wrong, and doing what was shown to help."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.api.problems import build_answer
from dispatch.errors import Conflict
from dispatch.selectors.documents.move import MoveDone
from dispatch.selectors.documents.risk import RiskPage
from dispatch.selectors.risks.view import list_risk_views
from dispatch.services.risk_fixes import take_fix


class RisksView(OpsView):
    @extend_schema(operation_id="ops_risks", responses=document(RiskPage))
    def get(self, request: Request) -> Response:
        """List what will go wrong if nobody does anything, the worst first."""
        return Response({"results": list_risk_views(self.caller, self.area.id), "next": None})


class RiskFixInput(serializers.Serializer[Any]):
    """The way out as it was shown: to which unit, of which revision of the visit."""

    unit = serializers.UUIDField()
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class FixView(OpsView):
    @extend_schema(operation_id="ops_risk_fix", request=RiskFixInput, responses=document(MoveDone))
    def post(self, request: Request, risk_id: UUID) -> Response:
        """Do what was shown to help, if it still holds."""
        typed = RiskFixInput(data=request.data)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        try:
            done = take_fix(self.caller, risk_id, said["unit"], said["revision"], clock.now(), clock.wall())
        except Conflict as error:
            # Returned, not raised: what does not hold is not shown any more.
            return build_answer(error)
        return Response(done)

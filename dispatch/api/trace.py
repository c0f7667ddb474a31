"""Where units have been."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.selectors.documents.trace import TraceDocument
from dispatch.selectors.trace_lines import LONGEST, get_trace

_LONGEST_MIN = int(LONGEST.total_seconds() // 60)


class TraceInput(serializers.Serializer[Any]):
    minutes = serializers.IntegerField(required=False, default=60, min_value=1, max_value=_LONGEST_MIN)


class TraceView(OpsView):
    @extend_schema(operation_id="ops_unit_trace", parameters=[TraceInput], responses=document(TraceDocument))
    def get(self, request: Request, unit_id: UUID) -> Response:
        """Show where a unit has been in the last minutes, laid on the road."""
        typed = TraceInput(data=request.query_params)
        typed.is_valid(raise_exception=True)
        span = timedelta(minutes=typed.validated_data["minutes"])
        return Response(get_trace(self.caller, unit_id, span, clock.now()))

"""How good predicted arrivals are, for dispatchers and owners."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.selectors.documents.eta_quality import EtaQualityBoard
from dispatch.selectors.eta_quality import get_quality_board


class EtaQualityView(OpsView):
    @extend_schema(operation_id="ops_eta_quality", responses=document(EtaQualityBoard))
    def get(self, request: Request) -> Response:
        """Show how good the area's predicted arrivals were in the last week, by lead time."""
        return Response(get_quality_board(self.caller, self.area, clock.now()))

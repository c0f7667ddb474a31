"""How the house itself does, for who answers for it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.api.readiness import CHECKS, recall_down
from dispatch.selectors.documents.system import SystemBoard
from dispatch.selectors.system import get_system_board


class SystemView(OpsView):
    @extend_schema(operation_id="ops_system", responses=document(SystemBoard))
    def get(self, request: Request) -> Response:
        """Show what stands, how long things take, and the last hour minute by minute."""
        board = get_system_board(self.caller, clock.now(), clock.wall())
        return Response({**board, "down": recall_down(), "parts": CHECKS})

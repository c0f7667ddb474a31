"""A dispatcher's move: what it would do, and doing it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.selectors.documents.move import MoveDone, MovePreview
from dispatch.services.moves import Order, move_stop
from dispatch.services.previews import preview_move

MOST_UNITS = 500


class PreviewInput(serializers.Serializer[Any]):
    """Which visit; without `units`, every unit of the area is asked. A null among them: nobody."""

    stop = serializers.UUIDField()
    units = serializers.ListField(
        child=serializers.UUIDField(allow_null=True),
        required=False,
        allow_null=True,
        default=None,
        min_length=1,
        max_length=MOST_UNITS,
    )
    start = serializers.DateTimeField(required=False, allow_null=True, default=None)


class PreviewView(OpsView):
    @extend_schema(operation_id="ops_move_preview", request=PreviewInput, responses=document(MovePreview))
    def post(self, request: Request) -> Response:
        """Say what moving a visit would do: feasible or not, cost, promises hurt."""
        typed = PreviewInput(data=request.data)
        typed.is_valid(raise_exception=True)
        data = typed.validated_data
        return Response(preview_move(self.caller, data["stop"], data["units"], data["start"], clock.now()))


class MoveInput(serializers.Serializer[Any]):
    """Where to: a unit, perhaps not before a time; `revision` is that of the visit as it was seen."""

    unit = serializers.UUIDField()
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    start = serializers.DateTimeField(required=False, allow_null=True, default=None)
    why = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    until = serializers.DateTimeField(required=False, allow_null=True, default=None)
    confirm = serializers.BooleanField(required=False, default=False)


class MoveView(OpsView):
    @extend_schema(operation_id="ops_move", request=MoveInput, responses=document(MoveDone))
    def post(self, request: Request, stop_id: UUID) -> Response:
        """Move a planned visit to a unit, and hold it there."""
        typed = MoveInput(data=request.data)
        typed.is_valid(raise_exception=True)
        data = typed.validated_data
        order = Order(
            stop_id=stop_id,
            revision=data["revision"],
            unit_id=data["unit"],
            start=data["start"],
            why=data["why"],
            until=data["until"],
            confirmed=data["confirm"],
        )
        return Response(move_stop(self.caller, order, clock.now(), clock.wall()))

"""Chargers for dispatchers: what they do, what they said, and what to tell them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.ops import OpsView
from dispatch.errors import NotFound
from dispatch.models import ChargerCommand
from dispatch.selectors.chargers import (
    find_attachment,
    find_charger_detail,
    list_charger_views,
    list_command_views,
)
from dispatch.selectors.documents.chargers import ChargerDetail, ChargerPage, CommandView
from dispatch.services.charging.orders import give_order

VERB = ChargerCommand.Verb
MESSAGES = ("BootNotification", "Heartbeat", "MeterValues", "StatusNotification", "TransactionEvent")


class OrderInput(serializers.Serializer[Any]):
    """A command: which one, why, and what it needs."""

    verb = serializers.ChoiceField(choices=[verb for verb in VERB.values if verb != VERB.LIMIT])
    why = serializers.CharField(max_length=200)
    connector = serializers.IntegerField(required=False, min_value=0, max_value=99)
    hard = serializers.BooleanField(required=False)
    key = serializers.CharField(required=False, max_length=50)
    value = serializers.CharField(required=False, max_length=500)
    keys = serializers.ListField(required=False, child=serializers.CharField(max_length=50), max_length=50)
    message = serializers.ChoiceField(required=False, choices=MESSAGES)
    power_w = serializers.IntegerField(required=False, min_value=0, max_value=1_000_000)
    available = serializers.BooleanField(required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Hold that a command says all it needs."""
        for name in _NEEDED.get(data["verb"], ()):
            if name not in data:
                raise serializers.ValidationError({name: "This command needs it."})
        return data


_NEEDED = {
    VERB.CONFIGURE: ("key", "value"),
    VERB.READ: ("keys",),
    VERB.TRIGGER: ("message",),
    VERB.CAP: ("power_w",),
    VERB.AVAILABILITY: ("available",),
}


class ChargersView(OpsView):
    @extend_schema(operation_id="ops_chargers", responses=document(ChargerPage))
    def get(self, request: Request) -> Response:
        """List the chargers that speak."""
        rows = list_charger_views(self.caller, self.area.id, clock.wall())
        return Response({"results": rows, "next": None})


class ChargerView(OpsView):
    @extend_schema(operation_id="ops_charger", responses=document(ChargerDetail))
    def get(self, request: Request, charger_id: UUID) -> Response:
        """Show one charger: its sessions, its commands with who and why, its latest frames."""
        found = find_charger_detail(self.caller, charger_id, clock.wall())
        if found is None:
            raise NotFound
        return Response(found)


class AttachmentView(OpsView):
    @extend_schema(operation_id="ops_attachment", responses={(200, "image/*"): bytes})
    def get(self, request: Request, attachment_id: UUID) -> HttpResponse:
        """Show a picture a crew sent, as it was drawn anew when it came."""
        found = find_attachment(self.caller, attachment_id)
        if found is None:
            raise NotFound
        return HttpResponse(bytes(found.content), content_type=found.media_type)


class ChargerCommandsView(OpsView):
    @extend_schema(
        operation_id="ops_charger_command", request=OrderInput, responses={202: document(CommandView)}
    )
    def post(self, request: Request, charger_id: UUID) -> Response:
        """Tell a charger something; what became of it is read from the command's row."""
        typed = OrderInput(data=request.data)
        typed.is_valid(raise_exception=True)
        said = dict(typed.validated_data)
        verb, why = VERB(said.pop("verb")), said.pop("why")
        command = give_order(self.caller, charger_id, verb, said, why, clock.wall())
        return Response(list_command_views([command])[0], status=status.HTTP_202_ACCEPTED)

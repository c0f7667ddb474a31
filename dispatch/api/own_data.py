"""What is kept of me, and the end of it."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from accounts.api.sure import hold_sure
from accounts.api.throttles import CallerThrottle
from accounts.library.mail import write_mail
from accounts.models import Person
from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsDriver
from dispatch.api.view import ApiView
from dispatch.errors import Invalid
from dispatch.services.actors import person_of
from dispatch.services.keeping.erasing import erase_person
from dispatch.services.keeping.exporting import PersonExport, hand_out


class OwnDataThrottle(CallerThrottle):
    """To gather everything is dear, and nobody needs it often."""

    policy = "own_data"


class OwnDataView(ApiView):
    """Base of both doors."""

    permission_classes: list[type[BasePermission]] = [IsDriver]
    throttle_classes: list[type[BaseThrottle]] = [CallerThrottle, OwnDataThrottle]


class ExportView(OwnDataView):
    @extend_schema(operation_id="me_export", responses=document(PersonExport))
    def get(self, request: Request) -> Response:
        """Hand out everything that is kept of me and mine to read, as a file."""
        me = person_of(self.caller)
        answer = Response(hand_out(me, actor=me, wall=clock.wall()))
        answer["Content-Disposition"] = 'attachment; filename="voltrun-my-data.json"'
        answer["Cache-Control"] = "no-store"
        return answer


class ErasureInput(serializers.Serializer[Any]):
    """Said by whoever means it."""

    email = serializers.EmailField(help_text="my own address, once more")
    password = serializers.CharField(
        max_length=200,
        trim_whitespace=False,
        required=False,
        help_text="from programs; a browser may be asked at `/auth/reauthenticate` instead",
    )


class ErasureView(OwnDataView):
    @extend_schema(operation_id="me_erase", request=ErasureInput, responses={204: None})
    def post(self, request: Request) -> Response:
        """Erase me: receipts stay, nobody's; 409 `requests_open` while something is under way."""
        typed = ErasureInput(data=request.data)
        typed.is_valid(raise_exception=True)
        me = Person.objects.of(self.caller).get(pk=person_of(self.caller))
        if typed.validated_data["email"].strip().lower() != me.email:
            raise Invalid("not_confirmed", "That is not the address of this account.", path="email")
        hold_sure(request, me, typed.validated_data.get("password"))
        farewell = write_mail("erased", me.email, {})
        erase_person(me.id, clock.now(), clock.wall(), actor=me.id)
        # Should it not have been them, they learn of it; a server of mail that is away keeps nobody.
        transaction.on_commit(farewell.send, robust=True)
        return Response(status=status.HTTP_204_NO_CONTENT)

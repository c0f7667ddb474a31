"""Where one is signed in, and ending it."""

from datetime import UTC, datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.view import CountedView
from accounts.authentication import caller_of
from accounts.services.sign_ins import end_others, end_sign_in, list_sign_ins


class IsPerson(BasePermission):
    """Somebody, not something."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Say whether a person calls."""
        return caller_of(request).person_id is not None


class SignInEntrySerializer(serializers.Serializer[Any]):
    """One place where the caller is signed in."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["session", "token"])
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    client = serializers.CharField(help_text="what the browser said it is; empty for a program")
    ip = serializers.CharField(allow_null=True)
    current = serializers.BooleanField(help_text="this very call came from it")


class SignInPageSerializer(serializers.Serializer[Any]):
    """All of them."""

    results = SignInEntrySerializer(many=True)
    next = serializers.CharField(allow_null=True)


def held_by(request: Request) -> tuple[str | None, object]:
    """Return what this call itself was sent with."""
    session_key: str | None = request._request.session.session_key  # noqa: SLF001  # the session is Django's
    return (None, request.auth) if request.auth else (session_key, None)


class SignInsView(CountedView):
    """The list."""

    permission_classes = [IsPerson]

    @extend_schema(operation_id="sign_ins", responses=SignInPageSerializer)
    def get(self, request: Request) -> Response:
        """List the caller's sessions and tokens."""
        entries = list_sign_ins(caller_of(request), *held_by(request), datetime.now(UTC))
        return Response(SignInPageSerializer({"results": entries, "next": None}).data)

    @extend_schema(operation_id="end_other_sign_ins", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """End all but this one."""
        end_others(caller_of(request), *held_by(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignInView(CountedView):
    """One of them."""

    permission_classes = [IsPerson]

    @extend_schema(operation_id="end_sign_in", request=None, responses={204: None})
    def delete(self, request: Request, sign_in_id: str) -> Response:
        """End it; its sockets close within five seconds."""
        if not end_sign_in(caller_of(request), sign_in_id):
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)

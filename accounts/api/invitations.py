"""Following the link of an invitation: what it is, and accepting it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.me import MeSerializer, build_me
from accounts.api.sign_in import SignInView
from accounts.authentication import build_caller
from accounts.library.sessions import begin_session
from accounts.models import Invitation, Person
from accounts.roles import Role
from accounts.services.invitations import NotOpen, SignInFirst, accept, find_invited
from accounts.services.newcomers import Newcomer

GONE = "This invitation was used, taken back, or is too old."


def check_new_password(password: str) -> str:
    """Return a password somebody chose, if it is none everybody tries."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise serializers.ValidationError(error.messages) from error
    return password


class SecretSerializer(serializers.Serializer[Any]):
    """What stands behind the # of the link."""

    secret = serializers.CharField(max_length=100)


class AcceptSerializer(SecretSerializer):
    """And who somebody without an account is."""

    name = serializers.CharField(max_length=120, required=False)
    password = serializers.CharField(max_length=200, trim_whitespace=False, required=False)

    def validate_password(self, password: str) -> str:
        """Hold that it is none everybody tries."""
        return check_new_password(password)


class InvitedSerializer(serializers.Serializer[Any]):
    """What one is invited to."""

    operator = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    email = serializers.EmailField()
    has_account = serializers.BooleanField(help_text="who has one accepts signed in")
    signed_in = serializers.BooleanField(help_text="as the very person who is invited")


@method_decorator(csrf_protect, name="dispatch")
class InvitationLookView(SignInView):
    """Says what a link is for."""

    @extend_schema(operation_id="look_at_invitation", request=SecretSerializer, responses=InvitedSerializer)
    def post(self, request: Request) -> Response:
        """Look, without accepting; the secret comes in the body, where no log keeps it."""
        typed = SecretSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        found = Invitation.find_open(typed.validated_data["secret"], datetime.now(UTC))
        if found is None:
            raise NotFound(GONE, code="invitation_not_open")
        known = find_invited(found)
        shown = {
            "operator": found.operator.name,
            "role": found.role,
            "email": found.email,
            "has_account": known is not None,
            "signed_in": known is not None and known == find_signed_in(request),
        }
        return Response(InvitedSerializer(shown).data)


@method_decorator(csrf_protect, name="dispatch")
class InvitationAcceptView(SignInView):
    """Accepts one."""

    @extend_schema(operation_id="accept_invitation", request=AcceptSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Accept; a newcomer says their name, chooses a password and is signed in."""
        typed = AcceptSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        newcomer = Newcomer(said["name"], said["password"]) if {"name", "password"} <= said.keys() else None
        try:
            person, new = accept(said["secret"], datetime.now(UTC), find_signed_in(request), newcomer)
        except NotOpen:
            raise NotFound(GONE, code="invitation_not_open") from None
        except SignInFirst:
            raise AuthenticationFailed("Sign in as who was invited.", code="sign_in_first") from None
        if new:
            begin_session(request._request, person)  # noqa: SLF001  # the session is Django's
        return Response(build_me(build_caller(person, None)))


def find_signed_in(request: Request) -> Person | None:
    """Find whose browser this is."""
    user = get_user(request._request)  # noqa: SLF001  # the session's, which the framework does not ask for here
    return user if isinstance(user, Person) and user.is_active else None

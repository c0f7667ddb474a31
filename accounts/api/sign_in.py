"""In and out: a token for clients, a session for browsers."""

from typing import Any

from django.contrib.auth import authenticate, logout
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.me import MeSerializer, build_me
from accounts.api.throttles import LockOut, SignInAddressThrottle, SignInThrottle
from accounts.api.view import CountedView
from accounts.authentication import build_caller
from accounts.library.factors import has_factor, take_code
from accounts.library.sessions import begin_session
from accounts.models import Person
from accounts.services.sign_ins import forget_ended_tokens

FACTOR_NEEDED = "second_factor_needed"


class SignInSerializer(serializers.Serializer[Any]):
    """What a person types."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class TokenSignInSerializer(SignInSerializer):
    """What a program sends; `code` is a one-time or recovery code, where the account has a second factor."""

    code = serializers.CharField(max_length=40, required=False)


class TokenSerializer(serializers.Serializer[Any]):
    """What a client keeps; it is not shown again."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


def check_password(request: Request) -> Person:
    """Return whose e-mail and password these are.

    An unknown e-mail costs one round of hashing too, so the time tells nothing.
    """
    typed = SignInSerializer(data=request.data)
    typed.is_valid(raise_exception=True)
    email = typed.validated_data["email"]
    lock_out = LockOut(request, email)
    lock_out.hold()
    found = authenticate(
        request._request,  # noqa: SLF001  # Django's own request, for its signals
        username=email,
        password=typed.validated_data["password"],
    )
    if not isinstance(found, Person):
        lock_out.note_wrong()
        raise AuthenticationFailed("E-mail and password do not match.", code="wrong_credentials")
    return found


def check_factor(request: Request, person: Person) -> None:
    """Hold that a program brought the second factor along, where there is one."""
    if not has_factor(person):
        return
    typed = TokenSignInSerializer(data=request.data)
    typed.is_valid(raise_exception=True)
    code = typed.validated_data.get("code")
    if code is None:
        raise AuthenticationFailed("This account has a second factor: send its `code`.", code=FACTOR_NEEDED)
    if not take_code(person, code):
        LockOut(request, person.email).note_wrong()
        raise AuthenticationFailed("This code is wrong, or was used before.", code="wrong_code")


class SignInView(CountedView):
    """Open to anybody. What a browser already holds is not asked: it may be stale."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]
    throttle_classes = [SignInThrottle, SignInAddressThrottle]

    def get_authenticate_header(self, request: Request) -> str:
        """Say how one signs in, so that a refusal here is a 401."""
        return "Bearer"


class TokenView(SignInView):
    """A client's sign-in."""

    @extend_schema(operation_id="sign_in_token", request=TokenSignInSerializer, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        """Exchange e-mail and password for a token."""
        person = check_password(request)
        check_factor(request, person)
        forget_ended_tokens(person, timezone.now())
        held, token = AuthToken.objects.create(user=person)
        return Response(TokenSerializer({"token": token, "expires_at": held.expiry}).data)


@method_decorator(csrf_protect, name="dispatch")
class SessionView(SignInView):
    """A browser's sign-in and sign-out."""

    @extend_schema(operation_id="sign_in_session", request=SignInSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Open a session; where `second_factor_needed`, `/auth/2fa/authenticate` goes on from here."""
        person = check_password(request)
        if not begin_session(request._request, person):  # noqa: SLF001  # the session is Django's
            raise AuthenticationFailed("This account has a second factor.", code=FACTOR_NEEDED)
        return Response(build_me(build_caller(person, None)))

    @extend_schema(operation_id="sign_out_session", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """End the session; ending none is no error."""
        logout(request._request)  # noqa: SLF001  # the session is Django's
        return Response(status=status.HTTP_204_NO_CONTENT)

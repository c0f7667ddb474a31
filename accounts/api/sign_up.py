"""Making an account of one's own: asking for the letter, and following its link."""

from typing import Any

from django.conf import settings
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from accounts.api.invitations import check_new_password
from accounts.api.me import MeSerializer, build_me
from accounts.api.sign_in import SignInView
from accounts.api.throttles import SignUpAddressThrottle, SignUpThrottle
from accounts.authentication import build_caller
from accounts.library.sessions import begin_session
from accounts.services.newcomers import Newcomer
from accounts.services.sign_up import LinkVoid, make_account, write_to_newcomer


class SignUpSerializer(serializers.Serializer[Any]):
    """Where the letter goes."""

    email = serializers.EmailField(max_length=254)


class SignUpAcceptSerializer(serializers.Serializer[Any]):
    """What stands behind the # of the link, and who follows it."""

    secret = serializers.CharField(max_length=600)
    name = serializers.CharField(max_length=120)
    password = serializers.CharField(max_length=200, trim_whitespace=False)

    def validate_password(self, password: str) -> str:
        """Hold that it is none everybody tries."""
        return check_new_password(password)


class NewcomersView(SignInView):
    """Base of both doors; where nobody may sign up, there are none."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the call, then hold that the house takes newcomers."""
        super().initial(request, *args, **kwargs)
        if settings.SIGN_UP != "open":
            raise NotFound("Accounts are made by whoever runs this house.", code="sign_up_closed")


@method_decorator(csrf_protect, name="dispatch")
class SignUpView(NewcomersView):
    """Sends the letter."""

    throttle_classes: list[type[BaseThrottle]] = [SignUpThrottle, SignUpAddressThrottle]

    @extend_schema(operation_id="sign_up", request=SignUpSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Send one letter, whoever has the address: a link, or word that there is an account already."""
        typed = SignUpSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        write_to_newcomer(typed.validated_data["email"], request.build_absolute_uri("/account/"))
        return Response(status=status.HTTP_204_NO_CONTENT)


@method_decorator(csrf_protect, name="dispatch")
class SignUpAcceptView(NewcomersView):
    """Makes the account."""

    @extend_schema(operation_id="accept_sign_up", request=SignUpAcceptSerializer, responses=MeSerializer)
    def post(self, request: Request) -> Response:
        """Make the account the link is for, and sign in; the link is void from then on."""
        typed = SignUpAcceptSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        try:
            person = make_account(said["secret"], Newcomer(said["name"], said["password"]))
        except LinkVoid:
            raise NotFound("This link was used, or is too old.", code="sign_up_not_open") from None
        begin_session(request._request, person)  # noqa: SLF001  # the session is Django's
        return Response(build_me(build_caller(person, None)))

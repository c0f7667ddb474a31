"""How a request proves who sends it: a Bearer token, a device's credential, or a session with CSRF."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.callers import Caller
from accounts.models import Device, Person
from accounts.models.device import PREFIX


class SignedInDevice(AnonymousUser):
    """Stands where Django expects a user: nobody's account, yet known."""

    is_authenticated = True  # type: ignore[assignment]  # Django's stubs pin the anonymous answer


class Bearer(TokenAuthentication):  # type: ignore[misc]  # knox has no types
    """`Authorization: Bearer <token>` of a person, or `Bearer vd_<id>_<secret>` of a device."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Return who holds it and what was held."""
        if not token.startswith(PREFIX.encode()):
            user, held = super().authenticate_credentials(token)
            return user, held
        device = Device.find_by_credential(token.decode("latin1"))
        if device is None:
            raise AuthenticationFailed("This device credential is unknown or was revoked.")
        return SignedInDevice(), device

    def _cleanup_token(self, auth_token: AuthToken) -> bool:
        """Say whether a token has run out, and forget it; the person's others are looked at in their turn."""
        if auth_token.expiry is None or auth_token.expiry >= timezone.now():
            return False
        auth_token.delete()
        return True


class Session(SessionAuthentication):
    """The browser's session; an unsafe call also needs the CSRF token."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuse with a code of its own: the page then fetches a fresh token."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as denied:
            raise PermissionDenied(str(denied.detail), code="csrf_failed") from denied


def build_caller(user: object, held: object) -> Caller:
    """Build the caller from what an authentication class returned."""
    if isinstance(held, Device):
        return Caller.of_device(held)
    if isinstance(user, Person) and user.is_active:
        return Caller.of_person(user)
    return Caller.anonymous()


def caller_of(request: Request) -> Caller:
    """Return who sends this request; read once."""
    found: Caller | None = getattr(request, "_caller", None)
    if found is None:
        found = build_caller(request.user, request.auth)
        request._caller = found  # type: ignore[attr-defined]  # noqa: SLF001  # kept where it belongs: on the request
    return found

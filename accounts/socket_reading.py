"""Who opens a socket, read from its handshake."""

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, parse_cookie
from rest_framework.exceptions import AuthenticationFailed

from accounts.authentication import Bearer, build_caller
from accounts.callers import Caller


def read_caller(headers: dict[bytes, bytes]) -> Caller:
    """Read who sends these headers; what proves nothing is a guest's."""
    scheme, _, credential = headers.get(b"authorization", b"").partition(b" ")
    if scheme.lower() == b"bearer":
        return _read_bearer(credential.strip())
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin1"))
    return _read_session(cookies.get(settings.SESSION_COOKIE_NAME))


def _read_bearer(credential: bytes) -> Caller:
    try:
        user, held = Bearer().authenticate_credentials(credential)
    except (AuthenticationFailed, UnicodeDecodeError):
        return Caller.anonymous()
    return build_caller(user, held)


def _read_session(session_key: str | None) -> Caller:
    if not session_key:
        return Caller.anonymous()
    request = HttpRequest()
    request.session = SessionStore(session_key)
    # Checks the password's hash too: changing a password ends the sessions before it.
    return build_caller(get_user(request), None)

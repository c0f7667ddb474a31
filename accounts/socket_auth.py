"""Who opens a socket: read from the handshake, and read again while it stays open."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, parse_cookie
from rest_framework.exceptions import AuthenticationFailed

from accounts.authentication import Bearer, build_caller
from accounts.callers import Caller
from accounts.quotas import count, name_address

Asgi = Callable[..., Awaitable[Any]]
TRY_AGAIN = 1013


class SocketAuth:
    """Put `scope["caller"]`, and `scope["reread_caller"]`: await it to learn what still holds.

    A consumer asks again at least every five seconds and closes when its caller lost the right:
    a revoked session, token, role or device ends its sockets that way.
    """

    def __init__(self, inner: Asgi) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> Any:
        address = name_address((scope.get("client") or ("", 0))[0])
        if not (await asyncio.to_thread(count, "sockets", address)).within:
            return await send({"type": "websocket.close", "code": TRY_AGAIN})
        headers = dict(scope["headers"])

        async def reread_caller() -> Caller:
            # Each in a thread of its own: thousands of sockets ask again and again.
            caller: Caller = await database_sync_to_async(read_caller, thread_sensitive=False)(headers)
            return caller

        try:
            caller = await reread_caller()
        except (OperationalError, InterfaceError):
            # Nobody can be known at this moment; a client comes back.
            return await send({"type": "websocket.close", "code": TRY_AGAIN})
        scope = {**scope, "caller": caller, "reread_caller": reread_caller}
        return await self.inner(scope, receive, send)


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

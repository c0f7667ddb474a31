"""Who opens a socket: read from the handshake, and read again while it stays open."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import InterfaceError, OperationalError

from accounts.callers import Caller
from accounts.gathering import Gathering
from accounts.quotas import count, name_address
from accounts.rereading import Headers, reread_callers
from accounts.socket_reading import read_caller

__all__ = ["TRY_AGAIN", "SocketAuth", "read_caller"]

Asgi = Callable[..., Awaitable[Any]]
TRY_AGAIN = 1013
# After a restart all sockets come back at once, and thousands ask again and again: together.
_first: Gathering[Headers, Caller] = Gathering(reread_callers, gather_s=0.02)
_again: Gathering[Headers, Caller] = Gathering(reread_callers, gather_s=0.1)


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
            return await _again.ask(headers)

        try:
            caller = await _first.ask(headers)
        except (OperationalError, InterfaceError):
            # Nobody can be known at this moment; a client comes back.
            return await send({"type": "websocket.close", "code": TRY_AGAIN})
        scope = {**scope, "caller": caller, "reread_caller": reread_caller}
        return await self.inner(scope, receive, send)

"""Which pages may open a socket: our own. And how the others are turned away."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

Asgi = Callable[..., Awaitable[Any]]


class CheckedOrigin:
    """Turn away a browser on somebody else's page; clients without a browser send no Origin."""

    def __init__(self, inner: Asgi) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> Any:
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin1")
        host = headers.get(b"host", b"").decode("latin1")
        if origin and not is_ours(origin, host):
            return await turn_away(scope, receive, send)
        return await self.inner(scope, receive, send)


async def turn_away(scope: dict[str, Any], receive: Asgi, send: Asgi) -> None:
    """Refuse the handshake: the client sees a 403. Needs no broker, unlike a consumer."""
    await send({"type": "websocket.close", "code": 4404})


def is_ours(origin: str, host: str) -> bool:
    """Say whether the page comes from the host it calls (or one the settings trust)."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _ = split_domain_port(host)
    return urlsplit(origin).netloc == host and validate_host(domain, settings.ALLOWED_HOSTS)

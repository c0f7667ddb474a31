"""A demo has accounts whose password everybody knows: it is for this machine alone."""

from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.origins import turn_away

Asgi = Callable[..., Awaitable[Any]]
OURS = {"localhost", ".localhost"}


def require_loopback(demo: bool, hosts: Iterable[str]) -> None:
    """Refuse to start a demo that is to answer under a name of the outside."""
    outside = [host for host in hosts if demo and not is_loopback(host)]
    if outside:
        raise ImproperlyConfigured(
            f"A demo answers on this machine alone, not as {', '.join(outside)}: "
            "its passwords are known to everybody. Unset DEMO, or ALLOWED_HOSTS."
        )


def is_loopback(host: str) -> bool:
    """Say whether a name or an address is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in OURS


class LoopbackOnly:
    """Turn away whoever does not knock from this machine, whatever address a server was told to listen at."""

    def __init__(self, inner: Asgi) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> Any:
        client = scope.get("client")
        # A line without an address is a socket file, or a test within this process.
        if client is None or is_loopback(client[0]):
            return await self.inner(scope, receive, send)
        if scope["type"] == "websocket":
            return await turn_away(scope, receive, send)
        await send({"type": "http.response.start", "status": 403, "headers": []})
        return await send(
            {"type": "http.response.body", "body": b"A demo answers on its own machine alone.\n"}
        )

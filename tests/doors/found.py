"""Every door there is, as the running house itself lists them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from channels.routing import URLRouter
from django.urls import URLPattern, URLResolver, get_resolver

from config import asgi

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class HttpDoor:
    """One method at one address; `route` names what its address is about as `{kwarg}`."""

    name: str
    method: str
    route: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.name}"

    @property
    def is_admins(self) -> bool:
        return self.name.startswith("admin:")


def list_http_doors() -> list[HttpDoor]:
    """List each method of each pattern."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: Any, before: str, room: str) -> Iterator[HttpDoor]:
    for pattern in patterns:
        route = before + _show(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{room}{pattern.namespace}:" if pattern.namespace else room
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            for method in _list_methods(pattern):
                yield HttpDoor(room + (pattern.name or route), method, route)


def _list_methods(pattern: URLPattern) -> list[str]:
    view = getattr(pattern.callback, "view_class", None)
    # A function says by its answer alone what it takes: reading and writing are both tried.
    return ["get", "post"] if view is None else [name for name in METHODS if hasattr(view, name)]


def _show(route: str) -> str:
    """Write `<uuid:stop_id>` and `(?P<rest>.*)` as `{stop_id}` and `{rest}`."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", route)
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", named).removeprefix("^").removesuffix("$").replace(r"\Z", "")


def list_socket_doors() -> list[str]:
    """List the addresses behind the one door for sockets, the last being the one that turns away."""
    return sorted(set(_walk_sockets(asgi.doors)))


def _walk_sockets(router: object) -> Iterator[str]:
    inner = getattr(router, "inner", None)
    if inner is not None:
        yield from _walk_sockets(inner)
    if not isinstance(router, URLRouter):
        return
    for pattern in router.routes:
        deeper = getattr(pattern.callback, "inner", None)
        if deeper is not None:
            yield from _walk_sockets(deeper)
        else:
            yield "/" + _show(str(pattern.pattern))

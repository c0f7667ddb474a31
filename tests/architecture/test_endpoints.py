"""Every door of the API keeps the same rules; found by walking the addresses, not by a list."""

from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from dispatch.api.idempotency import UNSAFE
from dispatch.api.view import ApiView
from tests.cast import open_door

# Signing in or out twice has one effect by itself.
WITHOUT_KEY = {"api/auth/token", "api/auth/session"}


def list_doors(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from list_doors(pattern, route)
        elif isinstance(pattern.pattern, RoutePattern) and route.startswith("api/"):
            yield route, pattern


def list_unsafe() -> list[tuple[str, str, type]]:
    found = []
    for route, pattern in list_doors(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        assert view is not None, f"{route} is no class: its methods cannot be told"
        found += [(route, method, view) for method in UNSAFE if hasattr(view, method)]
    return [(route, method, view) for route, method, view in found if route not in WITHOUT_KEY]


UNSAFE_DOORS = list_unsafe()


@pytest.mark.parametrize(("route", "method", "view"), UNSAFE_DOORS, ids=lambda value: str(value))
def test_an_unsafe_door_has_our_base(route, method, view):
    assert issubclass(view, ApiView)


@pytest.mark.parametrize(("route", "method", "view"), UNSAFE_DOORS, ids=lambda value: str(value))
def test_an_unsafe_door_stays_shut_without_a_key(route, method, view, alice, dana, cora, olga, tablet):
    address = "/" + "/".join(str(uuid4()) if "<" in part else part for part in route.split("/"))
    answers = [
        getattr(open_door(who), method)(address, {}, HTTP_IDEMPOTENCY_KEY=None)
        for who in (alice, dana, cora, olga, tablet)
    ]
    codes = {answer.json()["code"] for answer in answers}
    assert "idempotency_key_missing" in codes
    assert codes <= {"idempotency_key_missing", "forbidden", "not_found"}


def test_the_schema_is_made_without_a_warning():
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=StringIO())

"""Is the whole house ready? Green only after a quote against the running plan came back.

Every screen asks, to name what does not work at this moment: what was found is told again for two seconds.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis

from dispatch import clock
from dispatch.services.readiness import check_planner, check_quote, check_roads, check_world, check_writes

log = structlog.get_logger(__name__)
Check = Callable[[], str | None]
_told: set[str] = set()
KEPT_S = 2.0


@dataclass(slots=True)
class Look:
    """What was found down, and when."""

    at: float = -math.inf
    down: dict[str, str] = field(default_factory=dict)


_last = Look()


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when everything stands, else 503 with the names of what does not."""
    body = _build_body()
    return JsonResponse(body, status=200 if body["ready"] else 503)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say the same to screens: that a part is away is an answer, and no failure of the question."""
    return JsonResponse(_build_body())


def _build_body() -> dict[str, object]:
    down = recall_down()
    # Whoever waits for us asks every second: only a change is news.
    if set(down) != _told:
        _told.clear()
        _told.update(down)
        log.info("readiness", down=down)
    return {"ready": not down, "down": down, "checks": CHECKS}


def recall_down() -> dict[str, str]:
    """Tell what is down; what was found a moment ago is told again."""
    if monotonic() - _last.at >= KEPT_S:
        _last.down = _list_down()
        _last.at = monotonic()
    return _last.down


def _list_down() -> dict[str, str]:
    down = _try(_ALONE)
    # Without a database each of these would wait for it in vain, one after the other.
    return down if "database" in down else down | _try(_ON_DATABASE)


def _try(checks: dict[str, Check]) -> dict[str, str]:
    found = {name: _outcome(check) for name, check in checks.items()}
    return {name: detail for name, detail in found.items() if detail is not None}


def _outcome(check: Check) -> str | None:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is why we are not ready
        return type(error).__name__


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _valkey() -> None:
    with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
        client.ping()


_ALONE: dict[str, Check] = {"database": _database, "valkey": _valkey}
_ON_DATABASE: dict[str, Check] = {
    "writes": check_writes,
    "roads": check_roads,
    "planner": lambda: check_planner(clock.wall()),
    "world": lambda: check_world(clock.wall()),
    "quote": lambda: check_quote(clock.now()),
}
CHECKS = [*_ALONE, *_ON_DATABASE]

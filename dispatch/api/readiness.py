"""Is the whole house ready? Green only after a quote against the running plan came back."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis import Redis
from redis.exceptions import RedisError

from dispatch import clock
from dispatch.services.readiness import check_planner, check_quote, check_roads, check_world

log = structlog.get_logger(__name__)


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when everything stands, else 503 with the names of what does not."""
    down = {name: detail for name, check in CHECKS.items() if (detail := _try(check)) is not None}
    body = {"ready": not down, "down": down, "checks": list(CHECKS)}
    return JsonResponse(body, status=503 if down else 200)


def _try(check: Callable[[], str | None]) -> str | None:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is why we are not ready
        log.warning("not_ready", check=check.__name__, error=type(error).__name__)
        return type(error).__name__


def _database() -> str | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return type(error).__name__
    return None


def _valkey() -> str | None:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()
    except RedisError as error:
        return type(error).__name__
    return None


def _planner() -> str | None:
    return check_planner(clock.wall())


def _world() -> str | None:
    return check_world(clock.wall())


def _quote() -> str | None:
    return check_quote(clock.now())


CHECKS: dict[str, Callable[[], str | None]] = {
    "database": _database,
    "valkey": _valkey,
    "roads": check_roads,
    "planner": _planner,
    "world": _world,
    "quote": _quote,
}

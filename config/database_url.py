"""One address of a database, as Django wants it said."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES = ("postgres", "postgresql")


def build_database(url: str, pool_max: int) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=value` into a DATABASES entry.

    A socket folder goes into the query (`?host=/tmp/voltrun-1a2b3c4d`), as libpq does it.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme!r}")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    # Threads come and go under ASGI; only a pool keeps their connections few and warm.
    options["pool"] = {"min_size": 1, "max_size": pool_max, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 0,
        # A server that was restarted leaves dead connections in the pool: look before use.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }

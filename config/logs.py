"""Logs: one JSON object a line on standard output, ours and the libraries' alike."""

import logging
import logging.config
from typing import Any

import structlog
from redis.exceptions import RedisError

from config.masks import mask
from config.telling_names import hide_telling

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    hide_telling,
    mask,
]


class Refusals(logging.Filter):
    """Leaves out 503: whoever found a part away has said so; the answer repeats it at each poll."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is news."""
        return getattr(record, "status_code", None) != 503


class Outages(logging.Filter):
    """Leaves out that Valkey is away: the layer says it each second, the sender once."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is news."""
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, RedisError | OSError)


def build_logging(level: str) -> None:
    """Set the process up; a library's own record goes through the same processors as ours."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processor": structlog.processors.JSONRenderer(),
                }
            },
            "filters": {"refusals": {"()": Refusals}, "outages": {"()": Outages}},
            "handlers": {
                "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
            },
            "root": {"handlers": ["out"], "level": level},
            "loggers": {
                # A request that ended in 4xx is the client's news, not ours.
                "django.request": {"level": "ERROR", "filters": ["refusals"]},
                # Whoever tries names of hosts has nothing to tell us.
                "django.security.DisallowedHost": {"level": "CRITICAL"},
                "uvicorn.access": {"level": "WARNING"},
                "httpx": {"level": "WARNING"},
                # Each task, twice; the sweep comes every second. What a task did it says itself.
                "celery.worker.strategy": {"level": "WARNING"},
                "celery.app.trace": {"level": "WARNING"},
                "celery.beat": {"level": "WARNING"},
                "channels_redis.pubsub": {"filters": ["outages"]},
            },
        }
    )

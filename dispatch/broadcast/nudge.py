"""Wake the planner. Losing a nudge loses nothing: the sweep finds what is wanted within a second."""

from functools import partial
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def nudge_planner(area_id: UUID) -> None:
    """Send the planner to an area once this change is committed."""
    transaction.on_commit(partial(_nudge, str(area_id)), robust=True)


def _nudge(area_id: str) -> None:
    try:
        current_app.send_task("dispatch.replan", [area_id], retry=False, expires=10)
    except (OperationalError, OSError) as error:
        log.warning("nudge_lost", area=area_id, error=type(error).__name__)

"""What the plan and the screens learn of sessions that went on: the newest of each, and no more often.

It follows a commit and is no part of it: a value that is lost here is made good by the next one.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.committed import after_commit
from dispatch.models import ChargingSession
from dispatch.services.charging import news

_HOUSE = Caller.system()
_JOINED = ("stop__unit", "stop__request__vehicle", "charger__state")


@transaction.atomic
def follow(sessions: Iterable[UUID], wall: datetime) -> None:
    """Move the expected ends of these sessions, and show what flows; one that has ended told so itself."""
    rows = ChargingSession.objects.of(_HOUSE).select_for_update(of=("self",)).order_by("id")
    running = list(
        rows.filter(id__in=list(sessions), ended_at__isnull=True, stop__isnull=False).select_related(*_JOINED)
    )
    for session in running:
        if session.stop is not None:
            news.anchor(session, session.stop, wall)
    after_commit(news.show, running)

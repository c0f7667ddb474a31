"""Wake the planner. Losing a nudge loses nothing: the sweep finds what is wanted within a second.

Celery waits for seconds for a broker that is away. Nobody who asks for energy shall wait with it: a
thread of its own sends the nudges, and what is wanted twice meanwhile is sent once.
"""

import threading
from functools import cache
from uuid import UUID

import structlog
from celery import current_app
from kombu.exceptions import OperationalError
from structlog.contextvars import bound_contextvars, get_contextvars

from dispatch.broadcast.committed import after_commit
from dispatch.broadcast.outage import Outage

log = structlog.get_logger(__name__)


def nudge_planner(area_id: UUID) -> None:
    """Send the planner to an area once this change is committed."""
    after_commit(_give, str(area_id))


def _give(area_id: str) -> None:
    _nudger().give(area_id)


class Nudger:
    """Sends what is wanted, one after the other; holds each area once at most."""

    def __init__(self) -> None:
        self._areas: dict[str, str] = {}
        self._given = threading.Condition()
        self._outage = Outage("broker")
        threading.Thread(target=self._run, name="nudge", daemon=True).start()

    def give(self, area_id: str) -> None:
        """Take a nudge; never waits. The log names the call that asked first."""
        call = get_contextvars().get("call", "")
        with self._given:
            self._areas.setdefault(area_id, call)
            self._given.notify()

    def _run(self) -> None:
        while True:
            area_id, call = self._take()
            with bound_contextvars(call=call):
                self._send(area_id)

    def _take(self) -> tuple[str, str]:
        with self._given:
            self._given.wait_for(lambda: self._areas)
            area_id = next(iter(self._areas))
            return area_id, self._areas.pop(area_id)

    def _send(self, area_id: str) -> None:
        try:
            current_app.send_task("dispatch.replan", [area_id], retry=False, expires=10)
        except (OperationalError, OSError) as error:
            self._outage.begin(error)
        except Exception:
            # This thread must outlive whatever it was.
            log.exception("nudge_failed", area=area_id)
        else:
            self._outage.end()


@cache
def _nudger() -> Nudger:
    return Nudger()

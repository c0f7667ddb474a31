"""What follows from answered frames: expected ends move, screens are told. No answer waits for it.

It gathers for a moment, so that what five hundred chargers say at once is read from the rows once. What is
lost here with its process is found by screens that compare numbers, or made good by the next value.
"""

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID
from weakref import WeakKeyDictionary

import structlog

from dispatch import clock
from dispatch.broadcast.outbox import tell
from dispatch.models import Event
from dispatch.ocpp.calls import Answer
from dispatch.ocpp.threads import in_thread
from dispatch.services.charging.following import follow

TELL_S = 0.1
# A charger that catches up says much that is old: of that, only the last is told on.
SETTLES_S = 1.0
MOST_EVENTS = 100
log = structlog.get_logger(__name__)


class Teller:
    """What is to be told on, in one event loop."""

    def __init__(self) -> None:
        self._due: dict[UUID, float] = {}
        self._events: list[Event] = []
        self._task: asyncio.Task[None] | None = None

    def note(self, answer: Answer) -> None:
        """Take up what follows from an answer."""
        if answer.session is not None:
            self._due[answer.session] = time.monotonic() + (SETTLES_S if answer.is_stale else 0.0)
        self._events.extend(answer.events)
        if (self._due or self._events) and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._due or self._events:
            await asyncio.sleep(TELL_S)
            due, events = self._take_due(), self._take_events()
            if due or events:
                await in_thread(_tell_on)(due, events)

    def _take_due(self) -> list[UUID]:
        now = time.monotonic()
        due = [key for key, at in self._due.items() if at <= now]
        for key in due:
            del self._due[key]
        return due

    def _take_events(self) -> list[Event]:
        events, self._events = self._events[:MOST_EVENTS], self._events[MOST_EVENTS:]
        # Of each stream in the order of its numbers.
        return sorted(events, key=lambda event: (event.stream, event.seq))


def _tell_on(due: Sequence[UUID], events: Sequence[Event]) -> None:
    try:
        if due:
            follow(due, clock.wall())
        if events:
            tell(events)
    except Exception as error:  # noqa: BLE001  # nothing that is committed depends on it
        log.warning("not_told_on", error=type(error).__name__)


_tellers: WeakKeyDictionary[asyncio.AbstractEventLoop, Teller] = WeakKeyDictionary()


def find_teller() -> Teller:
    """Return the teller of the running loop."""
    return _tellers.setdefault(asyncio.get_running_loop(), Teller())

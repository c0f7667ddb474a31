"""What was committed is told by a thread of its own, where calls are answered: no answer waits for it.

It reads everything anew that changed, for every screen that may see it: a third of what an accept takes. What
several calls have changed meanwhile is read once. What is lost here with its process is found by screens that
compare numbers. Elsewhere, in tasks and commands, it is told at once.
"""

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread

import structlog
from django.db import connections

from dispatch.models import Event

MOST_EVENTS = 200
# What was answered is told before a process ends, if that takes no longer.
LAST_S = 2.0
log = structlog.get_logger(__name__)


class Telling:
    """Tells what it is given: at once, or, begun, in a thread and in the order of the numbers."""

    def __init__(self, tell: Callable[[Sequence[Event]], None]) -> None:
        self._tell = tell
        self._waiting: SimpleQueue[Sequence[Event]] = SimpleQueue()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Tell in a thread from now on."""
        self._thread = Thread(target=self._run, name="telling", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Tell what is waiting, and from now on at once."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(())
            thread.join(LAST_S)

    def take(self, events: Sequence[Event]) -> None:
        """Take what was just committed."""
        if self._thread is None:
            self._tell(events)
        else:
            self._waiting.put(events)

    def _run(self) -> None:
        while events := self._wait():
            try:
                # Of each stream in the order of its numbers, whoever was here first.
                self._tell(sorted(events, key=lambda event: (event.stream, event.seq)))
            except Exception as error:  # noqa: BLE001  # nothing that is committed depends on it
                log.warning("not_told", error=type(error).__name__)
            finally:
                connections.close_all()

    def _wait(self) -> list[Event]:
        """Wait for something to tell; return all there is. Nothing: it is over."""
        events = list(self._waiting.get())
        try:
            while events and len(events) < MOST_EVENTS:
                more = self._waiting.get_nowait()
                if not more:
                    self._waiting.put(more)
                    break
                events += more
        except Empty:
            pass
        return events

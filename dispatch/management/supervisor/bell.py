"""Wakes the supervisor: a signal rings, the main loop answers."""

import os
import select
import signal
from types import FrameType


class Bell:
    """Counts the wishes to stop and wakes whoever waits, at once and without a race."""

    def __init__(self) -> None:
        self.wishes = 0
        self._hear, tell = os.pipe()
        os.set_blocking(self._hear, False)
        os.set_blocking(tell, False)
        signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
        for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wish, self._count)
        signal.signal(signal.SIGCHLD, self._ignore)

    def wait(self, seconds: float) -> None:
        """Wait for any signal, this long at most."""
        ready, _, _ = select.select([self._hear], [], [], max(seconds, 0.0))
        if ready:
            os.read(self._hear, 4096)

    def _count(self, number: int, frame: FrameType | None) -> None:
        self.wishes += 1

    def _ignore(self, number: int, frame: FrameType | None) -> None:
        """Exist: without a handler the kernel's word about a dead child wakes nobody."""

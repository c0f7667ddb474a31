"""Accepts of one process take turns, before a thread or a connection is spent on them.

They draft one at a time anyway, in a line the database keeps for all processes: a crowd that waits there
holds every connection, and who only looks waits for one. Who would wait longer than a person does is told so
at once: nothing was begun for them, and their offer stands. Who has hung up while waiting is not worked for.
"""

import asyncio
from collections import deque
from enum import Enum
from time import monotonic
from typing import Any

from django.conf import settings
from django.urls import reverse

from dispatch.api.admission import NEWS, Asgi, turn_away

# One is drafted while another is written.
AT_ONCE = 2
# From this share of the longest wait on, nobody is offered anything more.
CROWDED = 0.5
# An accept is said in one message; of who talks on, the rest is heard when it is their turn.
MOST_SAID = 4


class Place(Enum):
    """What became of a place in the line."""

    TURN = "their turn"
    GONE = "the caller hung up"
    LATE = "it took too long"


class AcceptLine:
    """Lets accepts in one after the other, and everything else at once."""

    def __init__(self, inner: Asgi, *, at_once: int = AT_ONCE, wait_s: float | None = None) -> None:
        self._inner = inner
        self._path = reverse("driver-requests")
        self._turns = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._wait_s = settings.ACCEPTS_WAIT_S if wait_s is None else wait_s
        # At work or in the line: a turn is taken a step after somebody came.
        self._here = 0
        self._takes_s = 0.1

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> Any:
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            return await self._inner(scope, receive, send)
        ahead_s = self.expect_wait_s()
        if ahead_s > self._wait_s:
            return await turn_away(send, "accepts", ahead_s)
        self._here += 1
        try:
            return await self._serve(scope, _Ear(receive), send)
        finally:
            self._here -= 1

    def expect_wait_s(self) -> float:
        """Say how long one that comes now would wait, by how long accepts take at present."""
        return max(0, self._here - self._at_once + 1) * self._takes_s / self._at_once

    def is_crowded(self) -> bool:
        """Say whether who is offered something now would find half of what may wait before them."""
        return self.expect_wait_s() > self._wait_s * CROWDED

    async def _serve(self, scope: dict[str, Any], ear: "_Ear", send: Asgi) -> Any:
        place = await ear.wait_for(self._turns, self._wait_s)
        if place is Place.LATE:
            return await turn_away(send, "accepts", self._wait_s)
        if place is Place.GONE:
            return None
        begun = monotonic()
        try:
            return await self._inner(scope, ear.receive, send)
        finally:
            self._takes_s += NEWS * (monotonic() - begun - self._takes_s)
            self._turns.release()
            ear.close()


class _Ear:
    """Listens to a caller who waits, and keeps what they said for whoever works for them."""

    def __init__(self, receive: Asgi) -> None:
        self._receive = receive
        self._said: deque[dict[str, Any]] = deque()
        self._listening: asyncio.Future[dict[str, Any]] | None = None

    async def wait_for(self, turns: asyncio.Semaphore, most_s: float) -> Place:
        """Wait for a turn and take it."""
        turn = asyncio.ensure_future(turns.acquire())
        ends_at, place = monotonic() + most_s, Place.GONE
        try:
            # A free place is taken in this step, and nobody is listened to.
            await asyncio.sleep(0)
            while not turn.done() and not self._has_hung_up() and (left_s := ends_at - monotonic()) > 0:
                awaited: list[asyncio.Future[Any]] = [turn, *self._listen()]
                await asyncio.wait(awaited, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
            if not self._has_hung_up():
                place = Place.TURN if turn.done() else Place.LATE
        finally:
            if place is not Place.TURN:
                self._leave(turn, turns)
        return place

    async def receive(self) -> dict[str, Any]:
        """Say what was said, first what was heard in the line."""
        if self._said:
            return self._said.popleft()
        heard, self._listening = self._listening, None
        message: dict[str, Any] = await (self._receive() if heard is None else heard)
        return message

    def close(self) -> None:
        """Listen no more."""
        if self._listening is not None:
            self._listening.cancel()

    def _listen(self) -> list[asyncio.Future[dict[str, Any]]]:
        if self._listening is None and len(self._said) < MOST_SAID:
            self._listening = asyncio.ensure_future(self._receive())
        return [] if self._listening is None else [self._listening]

    def _has_hung_up(self) -> bool:
        """Take note of what was said since; say whether it was the last word."""
        if self._listening is None or not self._listening.done():
            return False
        message = self._listening.result()
        if message["type"] == "http.disconnect":
            return True
        self._said.append(message)
        self._listening = None
        return False

    def _leave(self, turn: asyncio.Future[Any], turns: asyncio.Semaphore) -> None:
        """Give back the turn, should it have come in the same moment."""
        if turn.done() and not turn.cancelled():
            turns.release()
        turn.cancel()
        self.close()

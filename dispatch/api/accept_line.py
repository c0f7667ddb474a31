"""Accepts of one process take turns, before a thread or a connection is spent on them.

They draft one at a time anyway, in a line the database keeps for all processes: a crowd that waits there
holds every connection, and who only looks waits for one. None is turned away here; who has hung up while
waiting is not worked for.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from django.urls import reverse

Asgi = Callable[..., Awaitable[Any]]
# One is drafted while another is written.
AT_ONCE = 2
# An accept is said in one message; of who talks on, the rest is heard when it is their turn.
MOST_SAID = 4


class AcceptLine:
    """Lets accepts in one after the other, and everything else at once."""

    def __init__(self, inner: Asgi, *, at_once: int = AT_ONCE) -> None:
        self._inner = inner
        self._path = reverse("driver-requests")
        self._turns = asyncio.Semaphore(at_once)

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> Any:
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            return await self._inner(scope, receive, send)
        ear = _Ear(receive)
        if not await ear.wait_for(self._turns):
            return None
        try:
            return await self._inner(scope, ear.receive, send)
        finally:
            self._turns.release()
            ear.close()


class _Ear:
    """Listens to a caller who waits, and keeps what they said for whoever works for them."""

    def __init__(self, receive: Asgi) -> None:
        self._receive = receive
        self._said: deque[dict[str, Any]] = deque()
        self._listening: asyncio.Future[dict[str, Any]] | None = None

    async def wait_for(self, turns: asyncio.Semaphore) -> bool:
        """Wait for a turn and take it; False when the caller hung up."""
        turn = asyncio.ensure_future(turns.acquire())
        has_turn = False
        try:
            # A free place is taken in this step, and nobody is listened to.
            await asyncio.sleep(0)
            while not turn.done() and not self._has_hung_up():
                awaited: list[asyncio.Future[Any]] = [turn, *self._listen()]
                await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
            has_turn = turn.done() and not self._has_hung_up()
        finally:
            if not has_turn:
                self._leave(turn, turns)
        return has_turn

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

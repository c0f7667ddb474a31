"""Beyond what one process can do, quotes are turned away first: what was accepted goes on as it did.

A few quotes are worked at together, so that accepts, crews and screens beside them find a free process; a few
more wait their turn. One that would wait longer than a person does is told so at once, before any thread, row
or lock was spent on it, and when to come again. Where a crowd waits to accept, nobody is offered what could
not be accepted in time.
"""

import asyncio
import json
import math
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.urls import reverse

from dispatch import tally
from dispatch.api.problems import MEDIA_TYPE, build_problem

Asgi = Callable[..., Awaitable[Any]]
# How much the newest quote says of how long quotes take at present.
NEWS = 0.1
LONGEST_RETRY_S = 5


class QuoteGate:
    """Counts the quotes at work and those waiting, of one process; `is_crowded`: accepts wait long."""

    def __init__(
        self,
        inner: Asgi,
        is_crowded: Callable[[], bool] = lambda: False,
        *,
        at_once: int | None = None,
        wait_s: float | None = None,
    ) -> None:
        self._inner = inner
        self._is_crowded = is_crowded
        self._path = reverse("driver-quotes")
        self._at_once = settings.QUOTES_AT_ONCE if at_once is None else at_once
        self._wait_s = settings.QUOTES_WAIT_S if wait_s is None else wait_s
        self._free = self._at_once
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._takes_s = 0.02

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> Any:
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            return await self._inner(scope, receive, send)
        ahead_s = self.expect_wait_s()
        if self._is_crowded() or ahead_s > self._wait_s or not await self._enter():
            return await turn_away(send, "quotes", max(ahead_s, self._wait_s))
        begun = monotonic()
        try:
            return await self._inner(scope, receive, send)
        finally:
            self._takes_s += NEWS * (monotonic() - begun - self._takes_s)
            self._leave()

    def expect_wait_s(self) -> float:
        """Say how long one that comes now would wait, by how long quotes take at present."""
        if self._free:
            return 0.0
        return (len(self._waiting) + 1) * self._takes_s / self._at_once

    async def _enter(self) -> bool:
        """Take a place, after a wait if need be; False when it took too long."""
        if self._free:
            self._free -= 1
            return True
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._wait_s):
                await turn
        except TimeoutError:
            if turn.cancelled():
                return False
            # The place was handed over in the same moment.
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise
        return True

    def _leave(self) -> None:
        """Hand the place to the next who still waits."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


async def turn_away(send: Asgi, what: str, ahead_s: float) -> None:
    """Tell a caller that too many wait, and when to come again; what was asked for was not begun."""
    COUNTS.turned_away += 1
    tally.count(what, "turned_away")
    if what == "quotes":
        tally.count("refusals", "overloaded")
    # Not all at the same moment again.
    retry_s = min(math.ceil(ahead_s) + COUNTS.turned_away % 3, LONGEST_RETRY_S)
    problem = build_problem(503, "overloaded", "Many are asking at this moment.")
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"retry-after", str(retry_s).encode())]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})


class Counts:
    """How many callers this process has turned away."""

    def __init__(self) -> None:
        self.turned_away = 0


COUNTS = Counts()

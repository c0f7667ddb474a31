"""What begins and ends with a web process."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Asgi = Callable[..., Awaitable[Any]]


class Lifespan:
    """Tells the server that the house stands, and that it is closed."""

    def __init__(self, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self._begin, self._end = begin, end

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> None:
        while True:
            word = (await receive())["type"]
            if word == "lifespan.startup":
                self._begin()
                await send({"type": "lifespan.startup.complete"})
            elif word == "lifespan.shutdown":
                await asyncio.to_thread(self._end)
                await send({"type": "lifespan.shutdown.complete"})
                return

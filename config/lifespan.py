"""What begins and ends with a web process."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Protocol

Asgi = Callable[..., Awaitable[Any]]


class Belonging(Protocol):
    """Something that works beside the calls."""

    def begin(self) -> None: ...
    def end(self) -> None: ...


class Lifespan:
    """Begins what belongs to a process and ends it, and tells the server when that is done."""

    def __init__(self, belongings: Collection[Belonging]) -> None:
        self._belongings = belongings

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> None:
        while True:
            word = (await receive())["type"]
            if word == "lifespan.startup":
                for each in self._belongings:
                    each.begin()
                await send({"type": "lifespan.startup.complete"})
            elif word == "lifespan.shutdown":
                for each in self._belongings:
                    await asyncio.to_thread(each.end)
                await send({"type": "lifespan.shutdown.complete"})
                return

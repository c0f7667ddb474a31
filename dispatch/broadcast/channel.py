"""One sender per process: messages leave in the order they were given, and never hold up a caller.

A group send needs an event loop; requests, tasks and commands have none of their own. A thread with a
loop of its own takes messages from a bounded queue. When Valkey is away the message is dropped: nothing
durable depends on it, since every screen asks again for what its sequence lacks.
"""

import asyncio
import threading
from functools import cache
from typing import Any

import structlog
from channels.layers import get_channel_layer

MOST_WAITING = 10_000
log = structlog.get_logger(__name__)
Message = dict[str, Any]


class _Sender:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._waiting: asyncio.Queue[tuple[str, Message]] = asyncio.Queue(MOST_WAITING)
        threading.Thread(target=self._run, name="broadcast", daemon=True).start()

    def give(self, group: str, message: Message) -> None:
        self._loop.call_soon_threadsafe(self._put, group, message)

    def _put(self, group: str, message: Message) -> None:
        try:
            self._waiting.put_nowait((group, message))
        except asyncio.QueueFull:
            log.warning("broadcast_dropped", group=group)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._send_all())

    async def _send_all(self) -> None:
        layer = get_channel_layer()
        while True:
            group, message = await self._waiting.get()
            try:
                await layer.group_send(group, message)
            except Exception as error:  # noqa: BLE001  # whatever the layer raises while Valkey is away
                log.warning("broadcast_failed", group=group, error=type(error).__name__)
            self._waiting.task_done()


@cache
def _sender() -> _Sender:
    return _Sender()


def send(group: str, message: Message) -> None:
    """Give a message to all in a group, soon; never raises, never waits."""
    _sender().give(group, message)

"""One sender per process: messages leave in the order they were given, and never hold up a caller.

A group send needs an event loop; requests, tasks and commands have none of their own. A thread with a
loop of its own takes messages from a bounded queue. When Valkey is away, or the queue is full, the
message is dropped: nothing durable depends on it, since every screen asks again for what its sequence
lacks.
"""

import asyncio
import threading
from collections import deque
from functools import cache
from typing import Any

import structlog
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from dispatch import tally
from dispatch.broadcast.outage import Outage

MOST_WAITING = 2_000
SEND_S = 2.0
log = structlog.get_logger(__name__)
Message = dict[str, Any]


class Sender:
    """Sends what it is given, first come first served."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, Message]] = deque()
        self._room = threading.Lock()
        self._outage = Outage("valkey")
        self._loop = asyncio.new_event_loop()
        self._given = asyncio.Event()
        threading.Thread(target=self._run, name="broadcast", daemon=True).start()

    def give(self, group: str, message: Message) -> None:
        """Take a message; never waits, never raises. A full queue takes none."""
        with self._room:
            if len(self._waiting) >= MOST_WAITING:
                self._outage.begin(OverflowError("too many messages waiting"))
                tally.count("lost_messages")
                return
            self._waiting.append((group, message))
        self._loop.call_soon_threadsafe(self._given.set)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._send_all())

    async def _send_all(self) -> None:
        while True:
            await self._given.wait()
            self._given.clear()
            while self._waiting:
                await self._send(*self._waiting.popleft())

    async def _send(self, group: str, message: Message) -> None:
        layer = get_channel_layer()
        try:
            async with asyncio.timeout(SEND_S):
                try:
                    await layer.group_send(group, message)
                except RedisError:
                    # The line to a server that died fails once; the second try has a new one.
                    await layer.group_send(group, message)
        except Exception as error:  # noqa: BLE001  # whatever the layer raises while Valkey is away
            self._outage.begin(error)
            tally.count("lost_messages")
        else:
            self._outage.end()


@cache
def _sender() -> Sender:
    return Sender()


def send(group: str, message: Message) -> None:
    """Give a message to all in a group, soon; never raises, never waits."""
    _sender().give(group, message)

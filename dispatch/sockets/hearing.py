"""What the channel layer brings of an area, heard once in this process and handed to its screens.

A message that is lost, or a Valkey that is away, costs live values only: events have their numbers.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from dispatch.broadcast.groups import area_group
from dispatch.sockets.latest import Values

RETRY_S = 1.0
Take = Callable[[Values], None]


class Hearing:
    """Who follows what, in one event loop."""

    def __init__(self) -> None:
        self._takers: dict[UUID, dict[str, set[Take]]] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}

    def enter(self, area_id: UUID, group: str, take: Take) -> None:
        """Hand what comes for a group of an area to this screen from now on."""
        self._takers.setdefault(area_id, defaultdict(set))[group].add(take)
        if area_id not in self._tasks:
            self._tasks[area_id] = asyncio.create_task(self._listen(area_id))

    def leave(self, area_id: UUID, group: str, take: Take) -> None:
        """Let a screen go; with the last one of an area nobody listens there any more."""
        groups = self._takers.get(area_id, {})
        takers = groups.get(group, set())
        takers.discard(take)
        if not takers:
            groups.pop(group, None)
        if not groups and area_id in self._tasks:
            del self._takers[area_id]
            self._tasks.pop(area_id).cancel()

    async def _listen(self, area_id: UUID) -> None:
        while True:
            with suppress(Exception):  # whatever the layer raises while Valkey is away
                await self._hear_all(area_id)
            await asyncio.sleep(RETRY_S)

    async def _hear_all(self, area_id: UUID) -> None:
        layer, group = get_channel_layer(), area_group(area_id)
        channel = await layer.new_channel()
        await layer.group_add(group, channel)
        try:
            while True:
                self._hand_out(area_id, await layer.receive(channel))
        finally:
            with suppress(Exception):
                await layer.group_discard(group, channel)

    def _hand_out(self, area_id: UUID, message: dict[str, Any]) -> None:
        takers = self._takers.get(area_id, {})
        for group, values in message["values"].items():
            for take in takers.get(group, ()):
                take(values)


_hearings: WeakKeyDictionary[asyncio.AbstractEventLoop, Hearing] = WeakKeyDictionary()


def find_hearing() -> Hearing:
    """Return the hearing of the running loop."""
    return _hearings.setdefault(asyncio.get_running_loop(), Hearing())

"""What the channel layer brings, heard once in this process and handed to the screens that follow it.

Screens have no place of their own in the layer: thousands come and go without a word to Valkey. A message
that is lost, or a Valkey that is away, costs a beat: events have their numbers.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from channels.layers import get_channel_layer
from redis.exceptions import ConnectionError as ValkeyAway

log = structlog.get_logger(__name__)
RETRY_S = 1.0
Take = Callable[[Any], None]


class Told:
    """A durable message that several screens are told: written as text once; `said_at` on the human clock."""

    def __init__(self, message: dict[str, Any], said_at: float = 0.0) -> None:
        self.message, self.said_at = message, said_at
        self.seq: int = message["seq"]

    @cached_property
    def text(self) -> str:
        return json.dumps(self.message)


class Hearing:
    """Who follows what, in one event loop."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group] = {}

    async def enter(self, group: str, key: str, take: Take) -> None:
        """Hand what comes in a group under a key to this screen from now on; raises while Valkey is away."""
        heard = self._groups.setdefault(group, _Group(group))
        await heard.enter(key, take)

    def leave(self, group: str, key: str, take: Take) -> None:
        """Let a screen go; with the last one of a group nobody listens there any more."""
        heard = self._groups.get(group)
        if heard is not None and heard.leave(key, take):
            del self._groups[group]


class _Group:
    """One group of the layer and its listener."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._takers: defaultdict[str, set[Take]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self._hears = False

    async def enter(self, key: str, take: Take) -> None:
        self._takers[key].add(take)
        if self._task is None:
            self._task = asyncio.create_task(self._listen())
        await self._tried.wait()
        if not self._hears:
            raise ValkeyAway

    def leave(self, key: str, take: Take) -> bool:
        """Let a screen go; True when it was the last."""
        self._takers[key].discard(take)
        if not self._takers[key]:
            del self._takers[key]
        if self._takers or self._task is None:
            return False
        self._task.cancel()
        return True

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear_all()
            except Exception as error:  # noqa: BLE001  # whatever the layer raises while Valkey is away
                log.warning("hearing_ended", error=type(error).__name__)
            self._hears = False
            self._tried.set()
            await asyncio.sleep(RETRY_S)

    async def _hear_all(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(self._name, channel)
        self._hears = True
        self._tried.set()
        try:
            while True:
                self._hand_out(await layer.receive(channel))
        finally:
            with suppress(Exception):
                await layer.group_discard(self._name, channel)

    def _hand_out(self, message: dict[str, Any]) -> None:
        for key, part in message["parts"]:
            takers = self._takers.get(key)
            if takers:
                heard = Told(part, message["said_at"]) if message["type"] == "stream.messages" else part
                for take in tuple(takers):
                    take(heard)


_hearings: WeakKeyDictionary[asyncio.AbstractEventLoop, Hearing] = WeakKeyDictionary()


def find_hearing() -> Hearing:
    """Return the hearing of the running loop."""
    return _hearings.setdefault(asyncio.get_running_loop(), Hearing())

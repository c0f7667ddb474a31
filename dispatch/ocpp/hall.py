"""The sockets of this process: woken by a message, and looked after without one.

One listener hears for all of them what the channel layer brings: a command was queued, another socket
took a charger over. A message that is lost (or a Valkey that is away) costs a second: then the rows say
the same.
"""

import asyncio
from contextlib import suppress
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

import structlog
from channels.layers import get_channel_layer
from django.db import InterfaceError, OperationalError

from dispatch.broadcast.groups import CHARGERS
from dispatch.ocpp.threads import in_thread
from dispatch.services.charging.commands import list_waiting
from dispatch.services.charging.links import Link, find_lost

LOOK_S, PAUSE_S, RETRY_S = 0.9, 0.1, 1.0
log = structlog.get_logger(__name__)


class Guest(Protocol):
    """A charger's socket, as the hall knows it."""

    link: Link

    def wake(self) -> None: ...
    def leave_for(self, other: UUID | None) -> None: ...


class Hall:
    """Who is here, in one event loop."""

    def __init__(self) -> None:
        self._guests: dict[UUID, Guest] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._entered = asyncio.Event()

    def enter(self, guest: Guest) -> None:
        """Take a socket in; one of the same charger in this process goes."""
        before = self._guests.get(guest.link.charger_id)
        self._guests[guest.link.charger_id] = guest
        if before is not None:
            before.leave_for(guest.link.id)
        # What was queued while it was away; of all that come back at once in one look.
        self._entered.set()
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._look())]

    def leave(self, guest: Guest) -> None:
        """Let a socket go; the last one puts out the light."""
        if self._guests.get(guest.link.charger_id) is guest:
            del self._guests[guest.link.charger_id]
        if not self._guests:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    async def _listen(self) -> None:
        while True:
            with suppress(Exception):  # whatever the layer raises while Valkey is away
                await self._hear_all()
            await asyncio.sleep(RETRY_S)

    async def _hear_all(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(CHARGERS, channel)
        try:
            while True:
                self._hear(await layer.receive(channel))
        finally:
            with suppress(Exception):
                await layer.group_discard(CHARGERS, channel)

    def _hear(self, message: dict[str, Any]) -> None:
        guest = self._guests.get(UUID(message["charger"]))
        if guest is None:
            return
        if message["type"] == "ocpp.wake":
            guest.wake()
        elif UUID(message["by"]) != guest.link.id:
            guest.leave_for(UUID(message["by"]))

    async def _look(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._entered.wait()
            await asyncio.sleep(PAUSE_S)
            self._entered.clear()
            try:
                await self._look_once()
            except (OperationalError, InterfaceError) as error:
                log.warning("chargers_not_looked_at", error=type(error).__name__)

    async def _look_once(self) -> None:
        here = [guest.link for guest in self._guests.values()]
        lost = await in_thread(find_lost)(here)
        waiting = await in_thread(list_waiting)([link.charger_id for link in here])
        for link in here:
            guest = self._guests.get(link.charger_id)
            if guest is None or guest.link.id != link.id:
                continue
            if link.id in lost:
                guest.leave_for(lost[link.id])
            elif link.charger_id in waiting:
                guest.wake()


_halls: WeakKeyDictionary[asyncio.AbstractEventLoop, Hall] = WeakKeyDictionary()


def find_hall() -> Hall:
    """Return the hall of the running loop."""
    return _halls.setdefault(asyncio.get_running_loop(), Hall())

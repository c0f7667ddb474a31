"""One screen's stream: a snapshot, then every durable event in order, live values once a tick.

Messages of the channel layer are drained at once into two small places: the latest live values, and
the list of durable events. One sender empties both. A reader that does not keep up is closed and will
come back for what it missed; memory never grows with its slowness.
"""

import asyncio
from contextlib import suppress
from typing import Any, ClassVar

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.groups import stream_group
from dispatch.broadcast.messages import build_message
from dispatch.selectors.render import iso
from dispatch.selectors.streams import find_missed, get_seq
from dispatch.sockets.latest import Latest

TICK_S = 1.0
BEAT_S = 5.0
SEND_S = 10.0
MOST_WAITING = 2_000
NOT_YOURS, TOO_SLOW, REVOKED = 4404, 4408, 4401
log = structlog.get_logger(__name__)


class StreamConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Base of the screens' sockets; a subclass says which stream, which live group, which snapshot."""

    live_kind: ClassVar[str]
    stream: str

    async def connect(self) -> None:
        caller: Caller = self.scope["caller"]
        found = await self.find_stream(caller)
        if found is None:
            # Accepted first: a browser is only told the code of a socket that was open.
            await self.accept()
            await self.close(code=NOT_YOURS)
            return
        self.stream = found
        self._seq = -1
        self._latest = Latest()
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue(MOST_WAITING)
        self._tasks: list[asyncio.Task[None]] = []
        await self.accept()
        # Listening begins before the snapshot is read: nothing falls between the two.
        await self.channel_layer.group_add(stream_group(self.stream), self.channel_name)
        await self.channel_layer.group_add(self.live_group(), self.channel_name)
        await self._begin()
        self._tasks = [asyncio.create_task(self._send_events()), asyncio.create_task(self._beat())]
        self._tasks.append(asyncio.create_task(self._tick()))

    async def disconnect(self, code: int) -> None:
        for task in getattr(self, "_tasks", []):
            task.cancel()
        if hasattr(self, "stream"):
            # Valkey may be away, which is often why we are here.
            with suppress(Exception):
                await self.channel_layer.group_discard(stream_group(self.stream), self.channel_name)
                await self.channel_layer.group_discard(self.live_group(), self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "replay":
            await self._send({"type": "error", "code": "unknown_message"})
            return
        after = content.get("after")
        if not isinstance(after, int) or isinstance(after, bool) or after < 0:
            await self._send({"type": "error", "code": "invalid", "path": "after"})
            return
        await self._replay(after)

    # -- what the channel layer brings -------------------------------------------------------------
    async def stream_message(self, event: dict[str, Any]) -> None:
        try:
            self._waiting.put_nowait(event["message"])
        except asyncio.QueueFull:
            await self.close(code=TOO_SLOW)

    async def live_values(self, event: dict[str, Any]) -> None:
        self._latest.take(event["values"])

    # -- what a subclass says ----------------------------------------------------------------------
    async def find_stream(self, caller: Caller) -> str | None:
        """Return the stream the caller may follow here; None closes the socket."""
        raise NotImplementedError

    def live_group(self) -> str:
        raise NotImplementedError

    def build_snapshot(self) -> tuple[int, Any]:
        """Return the sequence a snapshot holds at least, and the snapshot; runs in a thread."""
        raise NotImplementedError

    def shape_live(self, values: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Shape a tick's values for this screen."""
        return values

    # -- sending -----------------------------------------------------------------------------------
    async def _begin(self) -> None:
        after = _after(self.scope.get("query_string", b""))
        if after is None:
            await self._snapshot()
        else:
            await self._replay(after)

    async def _snapshot(self) -> None:
        seq, data = await database_sync_to_async(self.build_snapshot)()
        self._seq = seq
        await self._send({"type": "snapshot", "seq": seq, "at": iso(await clock.anow()), "data": data})

    async def _replay(self, after: int) -> None:
        messages = await database_sync_to_async(self._list_missed)(after)
        if messages is None:
            await self._snapshot()
            return
        self._seq = after
        for message in messages:
            await self._forward(message)

    def _list_missed(self, after: int) -> list[dict[str, Any]] | None:
        if after > get_seq(self.stream):
            # A number from another life of the database.
            return None
        missed = find_missed(self.stream, after)
        if missed is None:
            return None
        now, wall = clock.now(), clock.wall()
        return [build_message(event, now, wall) for event in missed]

    async def _send_events(self) -> None:
        while True:
            message = await self._waiting.get()
            if message["seq"] > self._seq + 1:
                await self._replay(self._seq)
            await self._forward(message)

    async def _forward(self, message: dict[str, Any]) -> None:
        # What a replay or the snapshot brought already is not said twice.
        if message["seq"] == self._seq + 1:
            self._seq = message["seq"]
            await self._send(message)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            values = self._latest.drain()
            if values:
                at = iso(await clock.anow())
                await self._send({"type": "live", "at": at, "data": self.shape_live(values)})

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            if not await self._still_allowed():
                await self.close(code=REVOKED)
                return
            seq = await database_sync_to_async(get_seq)(self.stream)
            await self._send(
                {"type": "beat", "seq": seq, "now": iso(await clock.anow()), "speed": await clock.aspeed()}
            )

    async def _still_allowed(self) -> bool:
        caller: Caller = await self.scope["reread_caller"]()
        return await self.find_stream(caller) == self.stream

    async def _send(self, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(SEND_S):
                await self.send_json(message)
        except TimeoutError:
            await self.close(code=TOO_SLOW)


def _after(query: bytes) -> int | None:
    for part in query.split(b"&"):
        name, _, value = part.partition(b"=")
        if name == b"after" and value.isdigit() and len(value) < 19:
            return int(value)
    return None

"""A crew's day kept up to date: the socket brings the changes, a slow poll catches what it misses."""

import asyncio
import json
import logging
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from dispatch.world.client import Door, Voice
from dispatch.world.day import Day, read_day

log = logging.getLogger(__name__)

POLL_WALL_S = 4.0
RECONNECT_WALL_S = 1.0


class DayFeed:
    """The newest day by its `seq`; an older answer that was overtaken on its way is dropped."""

    def __init__(self, door: Door, voice: Voice) -> None:
        self._door, self.voice = door, voice
        self._document: dict[str, Any] = {}
        self.day: Day | None = None
        self.changed = asyncio.Event()

    async def refresh(self) -> None:
        self.take(await self.voice.get("/api/crew/day"))

    async def run(self) -> None:
        """Listen and poll until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._poll())
            tasks.create_task(self._listen())

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_WALL_S)
            await self.refresh()

    async def _listen(self) -> None:
        while True:
            try:
                headers = await self.voice.headers()
                async with connect(self._door.ws_url + "/ws/crew", additional_headers=headers) as socket:
                    async for frame in socket:
                        await self._read(json.loads(frame))
            except (OSError, WebSocketException, TimeoutError) as error:
                log.debug("crew socket of %s: %r", self.voice.name, error)
            await asyncio.sleep(RECONNECT_WALL_S)

    async def _read(self, message: dict[str, Any]) -> None:
        seq, known = message.get("seq"), int(self._document.get("seq", -1))
        if message["type"] == "snapshot":
            self.take({**message["data"], "seq": seq})
        elif seq is None or seq <= known:
            return
        elif message["type"] != "beat" and seq == known + 1:
            self.take({**self._document, **message["data"], "seq": seq})
        else:
            await self.refresh()

    def take(self, document: dict[str, Any]) -> None:
        """Take a whole day, unless a newer one is known."""
        if int(document.get("seq", 0)) < int(self._document.get("seq", -1)):
            return
        self._document, self.day = document, read_day(document)
        self.changed.set()

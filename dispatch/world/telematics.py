"""The box in the unit: says where it is and how full its pack is, by socket, else by HTTP.

Fixes wait in a short queue until the server has acknowledged them, so a broken line loses none it could keep.
"""

import asyncio
import json
import logging
from collections import deque
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from dispatch.world.body import Body
from dispatch.world.client import Door, Voice
from dispatch.world.times import format_instant

log = logging.getLogger(__name__)

MOVING_WALL_S, PARKED_WALL_S = 1.0, 5.0
ACK_WALL_S = 5.0
RECONNECT_WALL_S = 2.0
LONGEST_QUEUE, LARGEST_BATCH = 600, 100
ACCURACY_M = 5.0

BROKEN_LINE = (OSError, WebSocketException, TimeoutError, httpx.TransportError)


class Telematics:
    def __init__(self, door: Door, body: Body) -> None:
        self._door, self._body = door, body
        self._voice = Voice(door, body.unit.device)
        self._waiting: deque[dict[str, Any]] = deque(maxlen=LONGEST_QUEUE)
        self._fresh = asyncio.Event()

    async def run(self) -> None:
        """Measure and send until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._measure())
            tasks.create_task(self._send())

    async def _measure(self) -> None:
        while True:
            self._waiting.append(build_fix(self._body, self._door.clock.now()))
            self._fresh.set()
            # A drive that begins between two readings is noticed at once.
            for _ in range(int(PARKED_WALL_S / MOVING_WALL_S)):
                await asyncio.sleep(MOVING_WALL_S)
                if self._body.leg is not None:
                    break

    async def _send(self) -> None:
        while True:
            with suppress(*BROKEN_LINE):
                await self._send_by_socket()
            with suppress(*BROKEN_LINE):
                await self._send_by_http()
            await asyncio.sleep(RECONNECT_WALL_S)

    async def _send_by_socket(self) -> None:
        url = f"{self._door.ws_url}/ws/units/{self._body.unit.id}"
        async with connect(url, additional_headers=await self._voice.headers()) as socket:
            while True:
                await self._fresh.wait()
                self._fresh.clear()
                batch = self._next_batch()
                await socket.send(json.dumps({"type": "fixes", "fixes": batch}))
                async with asyncio.timeout(ACK_WALL_S):
                    await wait_for_ack(socket)
                self._forget(batch)

    async def _send_by_http(self) -> None:
        """Make one attempt; the socket is tried again right after."""
        if not (batch := self._next_batch()):
            return
        path = f"/api/units/{self._body.unit.id}/positions"
        headers = {**await self._voice.headers(), "Idempotency-Key": str(uuid4())}
        answer = await self._door.call("POST", path, headers, {"fixes": batch})
        if answer.status >= 500:
            return
        self._forget(batch)
        if not answer.ok:
            log.warning("%s: fixes refused: %s %s", self._body.unit.name, answer.status, answer.data)

    def _next_batch(self) -> list[dict[str, Any]]:
        return list(self._waiting)[:LARGEST_BATCH]

    def _forget(self, batch: list[dict[str, Any]]) -> None:
        """Take off what has arrived; the queue may have dropped some of it meanwhile."""
        sent = {fix["at"] for fix in batch}
        while self._waiting and self._waiting[0]["at"] in sent:
            self._waiting.popleft()
        if self._waiting:
            self._fresh.set()


async def wait_for_ack(socket: ClientConnection) -> None:
    async for frame in socket:
        if json.loads(frame).get("type") == "ack":
            return
    raise TimeoutError("the socket closed before the fixes were acknowledged")


def build_fix(body: Body, now: float) -> dict[str, Any]:
    fix = body.fix_at(now)
    return {
        "at": format_instant(now),
        "lat": round(fix.lat, 6),
        "lon": round(fix.lon, 6),
        "heading": fix.heading,
        "speed_mps": round(fix.speed_mps, 2),
        "accuracy_m": ACCURACY_M,
        "pack_soc": body.soc_at(now),
    }

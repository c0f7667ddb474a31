"""All chargers at once: how soon a value is on the screen, and how soon all are back after a restart."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from statistics import quantiles
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from dispatch.world.dialect import Reading
from tests.bench.charging.servers import Servers
from tests.bench.charging.station import Station, Transaction

EVERY_S = 10.0
QUEUED_S = 1_800.0
BACK_WITHIN_S = 600.0


class Screen:
    """A console: each value's delay from the meter to here."""

    def __init__(self) -> None:
        self.delays: list[float] = []

    async def watch(self, port: int, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        while True:
            with suppress(OSError, WebSocketException):
                url = f"ws://127.0.0.1:{port}/ws/ops"
                async with connect(url, additional_headers=headers, max_size=None) as socket:
                    async for frame in socket:
                        self._take(json.loads(frame))
            await asyncio.sleep(0.5)

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] != "live":
            return
        now = time.time()
        for value in message["data"].get("power", {}).values():
            self.delays.append(now - datetime.fromisoformat(value["at"]).timestamp())


async def sign_in(port: int, email: str, password: str) -> str:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
        answer = await http.post("/api/auth/token", json={"email": email, "password": password})
        return str(answer.raise_for_status().json()["token"])


async def measure_live(
    servers: Servers, stations: list[Station], token: str, seconds: float, together: int
) -> dict[str, float]:
    """Charge at all of them for a while, then restart the gateway under them."""
    screen = Screen()
    lines = [asyncio.create_task(station.keep_line()) for station in stations]
    watching = asyncio.create_task(screen.watch(servers.ports[0], token))
    try:
        await asyncio.gather(*(station.live.wait() for station in stations))
        running = [Transaction(str(uuid4())) for _ in stations]
        for station, transaction in zip(stations, running, strict=True):
            station.say("begin", transaction, Reading(time.time(), station.register_wh, 0))
        # What is measured is the steady state: all have begun.
        await _until(time.monotonic(), lambda: not any(station.queue for station in stations))
        screen.delays.clear()
        with _processor(servers) as used:
            await _meter(stations, running, seconds)
        figures = {
            "meter_to_screen_p95_s": quantiles(screen.delays, n=20)[-1] if len(screen.delays) > 1 else -1.0,
            "values_seen": len(screen.delays),
            **used,
        }
        with _processor(servers) as back:
            figures |= await _restart(servers, stations, running, together)
        return {**figures, **{f"restart_{name}": value for name, value in back.items()}}
    finally:
        for task in (*lines, watching):
            task.cancel()
        await asyncio.gather(*lines, watching, return_exceptions=True)


async def _meter(stations: list[Station], running: list[Transaction], seconds: float) -> None:
    """Each charger reads its meter every ten seconds, not all in the same instant."""
    step_s, ends_at = EVERY_S / len(stations), time.time() + seconds
    while time.time() < ends_at:
        for station, transaction in zip(stations, running, strict=True):
            station.register_wh += 83
            station.say("sample", transaction, Reading(time.time(), station.register_wh, 30_000))
            await asyncio.sleep(step_s)


async def _restart(
    servers: Servers, stations: list[Station], running: list[Transaction], together: int
) -> dict[str, float]:
    """Kill the gateway; half an hour of values waits in every charger when it comes back."""
    await asyncio.to_thread(servers.kill_webs)
    await asyncio.to_thread(servers.run, "skip", str(QUEUED_S))
    for station, transaction in zip(stations, running, strict=True):
        kept = _keep_offline(station)
        for number in range(0, len(kept), together):
            station.say("sample", transaction, *kept[number : number + together])
        station.say("end", transaction, Reading(kept[-1].at, station.register_wh, 0))
        station.live.clear()
    queued = sum(len(readings) for station in stations for _, _, readings, _ in station.queue)
    begun = time.monotonic()
    # In this thread: children die with the thread that began them, and a worker's ends with this loop.
    servers.start_webs()
    up_s = time.monotonic() - begun
    connected_s = await _until(begun, lambda: all(station.wire for station in stations))
    live_s = await _until(begun, lambda: all(station.live.is_set() for station in stations))
    return {
        "gateway_up_s": up_s,
        "connected_all_s": connected_s,
        "reconnect_all_s": live_s,
        "queued_values": queued,
    }


def _keep_offline(station: Station) -> list[Reading]:
    """Read the meter for half an hour that nobody hears of."""
    last, kept = time.time(), []
    for number in range(1, int(QUEUED_S / EVERY_S) + 1):
        station.register_wh += 83
        kept.append(Reading(last + number * EVERY_S, station.register_wh, 30_000))
    return kept


async def _until(begun: float, holds: Any) -> float:
    async with asyncio.timeout(BACK_WITHIN_S):
        while not holds():
            await asyncio.sleep(0.05)
    return time.monotonic() - begun


@contextmanager
def _processor(servers: Servers) -> Iterator[dict[str, float]]:
    """Note what the web processes used meanwhile, and what we did, who load them from the same machine."""
    used: dict[str, float] = {}
    (before, _), ours = servers.measure_webs(), time.process_time()
    pids, begun = servers.pids, time.monotonic()
    yield used
    seconds = time.monotonic() - begun
    after, rss_mb = servers.measure_webs()
    used["web_processor_share"] = (after - (before if servers.pids == pids else 0.0)) / seconds
    used["load_processor_share"] = (time.process_time() - ours) / seconds
    used["web_rss_mb"] = rss_mb

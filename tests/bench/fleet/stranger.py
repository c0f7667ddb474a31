"""The load, as a program of its own that knows the public doors and nothing else: `stranger.py PLAN OUT`.

Units say where they are, viewers and consoles look, dispatchers hold visits and give them back. What each
viewer heard is kept as it came. Only the standard library, `websockets`, `httpx` and `uvloop` are used.
"""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvloop
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

FAILED = (OSError, WebSocketException, TimeoutError, EOFError)
# A beat comes every five seconds: a line that says nothing for so long is dead.
SILENT_S, OPEN_S, SETTLES_S = 12.0, 10.0, 30.0
# What lives by the second: compared within a tick of its own, not here.
LIVE_PARTS = ("eta", "session", "server_time")


class Screen:
    """One reader of a stream: what it holds, what it heard, and how it fared when a line broke."""

    def __init__(self, load: "Load", path: str, token: str, who: str, number: int) -> None:
        self.load, self.path, self.who = load, path, who
        self.headers = {"Authorization": f"Bearer {token}"}
        self.number = number
        self.seq: int | None = None
        self.document: dict[str, Any] = {}
        self.log: list[tuple[float, str, int]] = []
        self.failed_at: float | None = None
        self.mended: list[tuple[float, float]] = []
        self.tries = 0
        self.in_step_at = 0.0

    async def watch(self) -> None:
        while True:
            with suppress(*FAILED):
                await self._read_line()
            # From the first read that failed on; what comes after it is part of the same break.
            if self.failed_at is None:
                self.failed_at = time.time()
            self.tries += 1
            await asyncio.sleep(0.2 + 0.3 * (self.number % 7) / 7)

    async def _read_line(self) -> None:
        port = self.load.ports[(self.number + self.tries) % len(self.load.ports)]
        after = "" if self.seq is None else f"?after={self.seq}"
        url = f"ws://127.0.0.1:{port}{self.path}{after}"
        async with self.load.doors:
            line = await connect(
                url, additional_headers=self.headers, max_size=None, open_timeout=OPEN_S, ping_interval=None
            )
        try:
            while True:
                async with asyncio.timeout(SILENT_S):
                    frame = await line.recv()
                self._take(json.loads(frame))
        finally:
            await _end(line)

    def _take(self, message: dict[str, Any]) -> None:
        now, kind = time.time(), message["type"]
        self.load.frames += 1
        if kind == "live":
            self._see(message["data"], now)
            return
        if kind == "beat":
            if message["seq"] == self.seq:
                self.in_step_at = now
                self._mend(now)
            return
        if "seq" not in message:
            return
        self.log.append((now, kind, message["seq"]))
        self.seq = message["seq"]
        if kind == "snapshot":
            self.document = message["data"]
            self._mend(now)
        elif self.who != "console":
            self.document = message["data"]

    def _see(self, data: dict[str, Any], now: float) -> None:
        position = data.get("position")
        if not position:
            return
        if self.who == "console":
            # One console's view of all units stands for twenty.
            if self.number == 0:
                self.load.console_delays += [now - read_time(one["at"]) for one in position.values()]
            return
        self.load.delays.append((now, now - read_time(position["at"])))

    def _mend(self, now: float) -> None:
        if self.failed_at is not None:
            self.mended.append((self.failed_at, now))
            self.failed_at = None


class Load:
    """All that goes on at once."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan, self.ports = plan, plan["ports"]
        self.frames = self.fixes = self.acks = 0
        self.delays: list[tuple[float, float]] = []
        self.console_delays: list[float] = []
        self.calls: Counter[str] = Counter()
        self.checks: list[dict[str, Any]] = []
        # So many knock at the same moment.
        self.doors = asyncio.Semaphore(plan.get("doors", 40))
        self.screens = [
            Screen(self, path, token, who, number)
            for number, (who, path, token) in enumerate(plan["screens"])
        ]
        # Each kind is counted from zero, so that the first console is number zero.
        for who in ("console", "viewer", "waiting"):
            for number, screen in enumerate(screen for screen in self.screens if screen.who == who):
                screen.number = number

    async def run(self) -> dict[str, Any]:
        tasks = [asyncio.create_task(screen.watch()) for screen in self.screens]
        opened = time.time()
        while not all(screen.seq is not None for screen in self.screens):
            if time.time() - opened > self.plan["open_within_s"]:
                break
            await asyncio.sleep(0.2)
        opened_s = time.time() - opened
        sys.stdout.write(json.dumps({"opened_s": opened_s}) + "\n")
        sys.stdout.flush()
        tasks += [asyncio.create_task(self.drive(unit, n)) for n, unit in enumerate(self.plan["units"])]
        tasks.append(asyncio.create_task(self.dispatch()))
        used, begun, frames = os.times(), time.time(), self.frames
        for at_s in (*self.plan.get("checks", ()), self.plan["seconds"]):
            await asyncio.sleep(max(0.0, begun + at_s - time.time()))
            self.checks.append(await self.compare())
        seconds, after = time.time() - begun, os.times()
        figures = {
            "opened_s": opened_s,
            "seconds": seconds,
            "begun": begun,
            "frames_per_s": (self.frames - frames) / seconds,
            "cpu_share": (after.user + after.system - used.user - used.system) / seconds,
        }
        # The last events are on their way: a beat tells each screen that it has heard them all.
        tasks[-1].cancel()
        settled = time.time() + SETTLES_S
        for screen in self.screens:
            screen.in_step_at = 0.0
        while time.time() < settled and not all(screen.in_step_at for screen in self.screens):
            await asyncio.sleep(0.2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return figures

    # -- units ---------------------------------------------------------------------------------
    async def drive(self, unit: dict[str, Any], number: int) -> None:
        every = self.plan["every_s"]
        await asyncio.sleep(every * number / len(self.plan["units"]))
        tries = number
        while True:
            try:
                url = f"ws://127.0.0.1:{self.ports[tries % len(self.ports)]}/ws/units/{unit['unit']}"
                headers = {"Authorization": f"Bearer {unit['credential']}"}
                async with self.doors:
                    line = await connect(
                        url, additional_headers=headers, open_timeout=OPEN_S, ping_interval=None
                    )
                hearing = asyncio.create_task(self.hear(line))
                try:
                    await self.say(line, unit, every)
                finally:
                    hearing.cancel()
                    await _end(line)
            except FAILED:
                pass
            tries += 1
            await asyncio.sleep(0.5)

    async def say(self, line: ClientConnection, unit: dict[str, Any], every: float) -> None:
        due = time.time()
        while True:
            await line.send(json.dumps({"type": "fixes", "fixes": [find_fix(unit, time.time())]}))
            self.fixes += 1
            due += every
            await asyncio.sleep(max(0.0, due - time.time()))

    async def hear(self, line: ClientConnection) -> None:
        try:
            async for frame in line:
                kind = json.loads(frame)["type"]
                self.acks += kind == "ack"
                if kind != "ack":
                    self.calls[f"unit {kind}"] += 1
        except FAILED:
            return

    # -- dispatchers ---------------------------------------------------------------------------
    async def dispatch(self) -> None:
        """Hold visits and give them back, evenly over time; a call that fails is counted and forgotten."""
        rate = self.plan["acts_per_s"]
        if not rate:
            return
        async with httpx.AsyncClient(
            timeout=20, limits=httpx.Limits(max_connections=50, keepalive_expiry=2)
        ) as http:
            due, acts, running = time.time(), cycle(self.plan["acts"]), set()
            while True:
                for verb in ("lock", "unlock"):
                    stop, token = next(acts)
                    call = asyncio.create_task(self.act(http, stop, token, verb))
                    running.add(call)
                    call.add_done_callback(running.discard)
                    due += 1 / rate
                    await asyncio.sleep(max(0.0, due - time.time()))

    async def act(self, http: httpx.AsyncClient, stop: str, token: str, verb: str) -> None:
        port = self.ports[hash(stop) % len(self.ports)]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
        try:
            answer = await http.post(
                f"http://127.0.0.1:{port}/api/ops/stops/{stop}/{verb}", json={}, headers=headers
            )
            self.calls[f"{verb} {answer.status_code}"] += 1
        except httpx.HTTPError as error:
            self.calls[f"{verb} {type(error).__name__}"] += 1

    # -- is what they hold what the server holds? ------------------------------------------------
    async def compare(self) -> dict[str, Any]:
        """Ask for a fresh copy of each request that is followed, and hold it against every viewer's own."""
        sample = [screen for screen in self.screens if screen.who != "console"]
        by_path: dict[str, list[Screen]] = {}
        for screen in sample:
            by_path.setdefault(screen.path, []).append(screen)
        found: Counter[str] = Counter()
        at = time.time()
        async with httpx.AsyncClient(
            timeout=20, limits=httpx.Limits(max_connections=8, keepalive_expiry=2)
        ) as http:
            await asyncio.gather(*(self._compare_one(http, screens, found) for screens in by_path.values()))
        broken = sum(screen.failed_at is not None for screen in self.screens)
        return {"at": at, "took_s": time.time() - at, "broken": broken, **found}

    async def _compare_one(self, http: httpx.AsyncClient, screens: list[Screen], found: Counter[str]) -> None:
        path = screens[0].path.replace("/ws/driver/requests/", "/api/driver/requests/")
        different = screens
        # A change under way is told within a moment.
        for wait_s in (0.0, 0.5, 1.0):
            await asyncio.sleep(wait_s)
            try:
                answer = await http.get(f"http://127.0.0.1:{self.ports[0]}{path}", headers=screens[0].headers)
                fresh = durable(answer.json()) if answer.status_code == 200 else None
            except httpx.HTTPError:
                fresh = None
            different = [screen for screen in different if durable(screen.document) != fresh]
            if not different:
                break
        found["same"] += len(screens) - len(different)
        found["different"] += len(different)
        if different and len(self.checks) < 4:
            self.calls["different: " + tell_difference(durable(different[0].document), fresh)] += 1


def durable(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what moves by the second."""
    kept = {name: value for name, value in document.items() if name not in LIVE_PARTS}
    if kept.get("unit"):
        kept["unit"] = {
            name: value for name, value in kept["unit"].items() if name not in ("position", "soc")
        }
    return kept


def tell_difference(held: dict[str, Any], fresh: dict[str, Any] | None) -> str:
    if fresh is None:
        return "no answer"
    return ",".join(sorted(name for name in {*held, *fresh} if held.get(name) != fresh.get(name)))


def find_fix(unit: dict[str, Any], now: float) -> dict[str, Any]:
    """Say where a unit is on its way at an instant."""
    share = min(1.0, (now - unit["left"]) / unit["travel_s"]) * (len(unit["way"]) - 1)
    index = min(int(share), len(unit["way"]) - 2)
    (lat, lon), (to_lat, to_lon) = unit["way"][index], unit["way"][index + 1]
    part = share - index
    return {
        "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
        "lat": lat + (to_lat - lat) * part,
        "lon": lon + (to_lon - lon) * part,
        "heading": 90.0,
        "speed_mps": 8.0,
        "pack_soc": 0.9,
    }


def read_time(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


async def _end(line: ClientConnection) -> None:
    line.transport.abort()


def write(load: Load, figures: dict[str, Any], out: Path) -> None:
    """Write what was measured, and beside it what each screen heard."""
    with out.with_suffix(".log.jsonl").open("w", encoding="utf-8") as file:
        for screen in load.screens:
            line = {"who": screen.who, "path": screen.path, "heard": screen.log, "mended": screen.mended}
            file.write(json.dumps(line) + "\n")
    figures |= {
        "fixes": load.fixes,
        "acks": load.acks,
        "delays": load.delays,
        "console_delays": load.console_delays,
        "calls": dict(load.calls),
        "checks": load.checks,
        "never_opened": sum(screen.seq is None for screen in load.screens),
    }
    out.write_text(json.dumps(figures), encoding="utf-8")


def main(plan_path: str, out_path: str) -> None:
    load = Load(json.loads(Path(plan_path).read_text(encoding="utf-8")))
    figures = uvloop.run(load.run())
    write(load, figures, Path(out_path))


if __name__ == "__main__":
    main(*sys.argv[1:])

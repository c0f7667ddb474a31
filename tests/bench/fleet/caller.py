"""Drivers who call, as a program of its own that knows the public doors alone: `caller.py PLAN OUT`.

Calls come when they come, whether those before are answered or not: quotes mostly, then accepts, cancels and
a look at one's request. Only the standard library, `websockets` and `uvloop` are used.
"""

import asyncio
import json
import os
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import uvloop
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

ANSWER_S, IDLE_S = 30.0, 3.0
FAILED = (OSError, TimeoutError, EOFError, ValueError, IndexError)
# What is asked, of a hundred calls.
QUOTES, ACCEPTS, CANCELS = 70, 10, 10
# An accepted request stands for so long before its driver may cancel.
STANDS_S = 8.0


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def read(self) -> Any:
        return json.loads(self.body)


class Http:
    """Lines to one server that stay open, as many as are needed at the same moment."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: deque[tuple[float, tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = deque()

    async def call(self, method: str, path: str, token: str, body: Any = None) -> Answer:
        async with asyncio.timeout(ANSWER_S):
            line = self._find_idle() or await asyncio.open_connection("127.0.0.1", self._port)
            try:
                answer = await self._say(line, method, path, token, body)
            except BaseException:
                line[1].close()
                raise
            self._idle.append((time.monotonic(), line))
            return answer

    def _find_idle(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Find a line that the server has not tired of."""
        while self._idle:
            since, line = self._idle.pop()
            if time.monotonic() - since < IDLE_S:
                return line
            line[1].close()
        return None

    async def _say(
        self,
        line: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        method: str,
        path: str,
        token: str,
        body: Any,
    ) -> Answer:
        reader, writer = line
        data = b"" if body is None else json.dumps(body).encode()
        head = [
            f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", f"Authorization: Bearer {token}",
            "Accept-Encoding: gzip", f"Idempotency-Key: {uuid4()}", "Content-Type: application/json",
            f"Content-Length: {len(data)}",
        ]  # fmt: skip
        writer.write(("\r\n".join(head) + "\r\n\r\n").encode() + data)
        status = int((await reader.readline()).split()[1])
        headers: dict[str, str] = {}
        while (row := await reader.readline()) not in (b"\r\n", b""):
            name, _, value = row.decode("latin1").partition(":")
            headers[name.strip().lower()] = value.strip()
        return Answer(status, headers, await self._read_body(reader, headers))

    async def _read_body(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if "content-length" in headers:
            return await reader.readexactly(int(headers["content-length"]))
        parts = []
        while size := int((await reader.readline()).strip() or b"0", 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)


class Calls:
    """Who has what, and what was answered."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan, self.http, self.dice = plan, Http(plan["port"]), Random(plan["seed"])
        self.idle = deque(plan["drivers"])
        self.offered: deque[tuple[dict[str, str], str]] = deque()
        self.accepted: deque[tuple[float, dict[str, str], str]] = deque()
        self.made: dict[str, str] = {}
        self.cancelled: set[str] = set()
        # phase, kind, when, milliseconds, status, code, Retry-After
        self.rows: list[tuple[str, str, float, float, int, str, str]] = []
        self.heard: list[tuple[float, str, int, Any]] = []
        self.phases: list[dict[str, Any]] = []

    async def run(self) -> None:
        watching = [asyncio.create_task(self.watch(path, token)) for path, token in self.plan["screens"]]
        await asyncio.sleep(2.0)
        running: set[asyncio.Task[None]] = set()
        for phase in self.plan["phases"]:
            used, begun = os.times(), time.time()
            number = 0
            while (due := begun + number / phase["rate"]) < begun + phase["seconds"]:
                await asyncio.sleep(max(0.0, due - time.time()))
                task = asyncio.create_task(self.one(phase["name"]))
                running.add(task)
                task.add_done_callback(running.discard)
                number += 1
            after = os.times()
            share = (after.user + after.system - used.user - used.system) / (time.time() - begun)
            self.phases.append({**phase, "begun": begun, "ended": time.time(), "load_cpu": share})
        await asyncio.gather(*running, return_exceptions=True)
        await asyncio.sleep(2.0)
        for task in watching:
            task.cancel()

    async def one(self, phase: str) -> None:
        """Make one call, of a kind the dice choose among those that are possible."""
        at = self.dice.randrange(100)
        if QUOTES <= at < QUOTES + ACCEPTS and self.offered:
            await self.accept(phase)
        elif QUOTES + ACCEPTS <= at < QUOTES + ACCEPTS + CANCELS and self._is_due():
            await self.cancel(phase)
        elif at >= QUOTES + ACCEPTS + CANCELS and self.accepted:
            _, driver, request = self.accepted[0]
            await self.ask(phase, "look", "GET", f"/api/driver/requests/{request}", driver["token"])
        else:
            await self.quote(phase)

    def _is_due(self) -> bool:
        return bool(self.accepted) and time.time() - self.accepted[0][0] >= STANDS_S

    async def quote(self, phase: str) -> None:
        driver = self.idle.popleft() if self.idle else self.offered.popleft()[0]
        lat, lon = self.dice.choice(self.plan["spots"])
        wish = {
            "vehicle": driver["vehicle"],
            "location": {"lat": lat, "lon": lon},
            "soc": 0.4,
            "energy_kwh": 8,
        }
        answer = await self.ask(phase, "quote", "POST", "/api/driver/quotes", driver["token"], wish)
        offers = answer.read()["offers"] if answer is not None and answer.status == 201 else []
        if offers:
            self.offered.append((driver, offers[0]["id"]))
        else:
            self.idle.append(driver)

    async def accept(self, phase: str) -> None:
        driver, offer = self.offered.pop()
        answer = await self.ask(
            phase, "accept", "POST", "/api/driver/requests", driver["token"], {"offer": offer}
        )
        if answer is not None and answer.status == 201:
            request = answer.read()["id"]
            self.made[request] = driver["token"]
            self.accepted.append((time.time(), driver, request))
        else:
            self.idle.append(driver)

    async def cancel(self, phase: str) -> None:
        _, driver, request = self.accepted.popleft()
        path = f"/api/driver/requests/{request}/cancel"
        answer = await self.ask(phase, "cancel", "POST", path, driver["token"], {})
        if answer is not None and answer.status == 200:
            self.cancelled.add(request)
            self.idle.append(driver)
        else:
            self.accepted.append((time.time(), driver, request))

    async def ask(
        self, phase: str, kind: str, method: str, path: str, token: str, body: Any = None
    ) -> Answer | None:
        begun, at = time.perf_counter(), time.time()
        status, code, retry, answer = 0, "", "", None
        try:
            answer = await self.http.call(method, path, token, body)
            status, retry = answer.status, answer.headers.get("retry-after", "")
            if status >= 400:
                code = str(answer.read().get("code"))
        except FAILED as error:
            code = type(error).__name__
        self.rows.append((phase, kind, at, (time.perf_counter() - begun) * 1000, status, code, retry))
        return answer

    async def watch(self, path: str, token: str) -> None:
        url, headers = f"ws://127.0.0.1:{self.plan['port']}{path}", {"Authorization": f"Bearer {token}"}
        while True:
            with suppress(*FAILED, WebSocketException):
                async with connect(
                    url, additional_headers=headers, max_size=None, ping_interval=None
                ) as line:
                    async for frame in line:
                        self._hear(path, json.loads(frame))
            await asyncio.sleep(0.5)

    def _hear(self, path: str, message: dict[str, Any]) -> None:
        if message["type"] in ("live", "beat", "snapshot") or "seq" not in message:
            return
        version = (message["data"].get("plan") or {}).get("version") if path == "/ws/ops" else None
        self.heard.append((time.time(), path, message["seq"], version))


def main(plan_path: str, out_path: str) -> None:
    calls = Calls(json.loads(Path(plan_path).read_text(encoding="utf-8")))
    uvloop.run(calls.run())
    told = {
        "rows": calls.rows,
        "heard": calls.heard,
        "made": list(calls.made),
        "cancelled": list(calls.cancelled),
        "phases": calls.phases,
    }
    Path(out_path).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

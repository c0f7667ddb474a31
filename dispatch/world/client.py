"""The world's way through the public door: signed in, patient, and never the same deed twice.

An unsafe call keeps its idempotency key until the server has given a definite answer, however often the
line or the server breaks meanwhile.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from dispatch.world.config import Account, Device
from dispatch.world.times import WorldClock, parse_instant

log = logging.getLogger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 3.0
# A server that keeps answering 5xx is not away but wrong; then the caller decides anew.
LONGEST_SERVER_FAULT_S = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    data: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def code(self) -> str:
        return str(self.data.get("code", "")) if isinstance(self.data, dict) else ""


class Refused(Exception):
    """The server said no where the world cannot go on without."""

    def __init__(self, path: str, answer: Answer) -> None:
        super().__init__(f"{path}: {answer.status} {answer.code} {answer.data}")
        self.answer = answer


def is_definite(answer: Answer) -> bool:
    """Say whether asking again could change the answer to the very same call."""
    if answer.status == 409:
        return answer.code != "in_progress"
    return answer.status < 500 and answer.status not in (401, 408, 425, 429)


class Door:
    """The server's address, one pool of connections, and the clock its answers set."""

    def __init__(
        self, base_url: str, clock: WorldClock, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.base_url, self.clock = base_url.rstrip("/"), clock
        self._http = httpx.AsyncClient(base_url=self.base_url, timeout=10.0, transport=transport)

    @property
    def ws_url(self) -> str:
        return "ws" + self.base_url.removeprefix("http")

    async def call(self, method: str, path: str, headers: Mapping[str, str], body: Any = None) -> Answer:
        """Make one attempt; raises httpx.TransportError when the line breaks."""
        response = await self._http.request(method, path, json=body, headers=dict(headers))
        if server_time := response.headers.get("Voltrun-Server-Time"):
            self.clock.observe(parse_instant(server_time), float(response.headers["Voltrun-Speed"]))
        is_json = "json" in response.headers.get("content-type", "")
        return Answer(response.status_code, response.json() if is_json and response.content else None)

    async def close(self) -> None:
        await self._http.aclose()


class Voice:
    """One caller: a person who signs in, or a device that carries its credential."""

    def __init__(self, door: Door, who: Account | Device) -> None:
        self.door, self._who = door, who
        self._token = who.token if isinstance(who, Device) else None

    @property
    def name(self) -> str:
        return self._who.email if isinstance(self._who, Account) else f"device {self._who.id}"

    async def headers(self) -> dict[str, str]:
        if self._token is None:
            self._token = await self._sign_in()
        return {"Authorization": f"Bearer {self._token}"}

    async def get(self, path: str, give_up_s: float | None = None) -> Any:
        answer = await self._until_definite("GET", path, {}, None, give_up_s)
        if not answer.ok:
            raise Refused(path, answer)
        return answer.data

    async def post(self, path: str, body: Any, key: str, give_up_s: float | None = None) -> Answer:
        return await self._until_definite("POST", path, {"Idempotency-Key": key}, body, give_up_s)

    async def _until_definite(
        self, method: str, path: str, headers: Mapping[str, str], body: Any, give_up_s: float | None
    ) -> Answer:
        loop, pause_s = asyncio.get_running_loop(), FIRST_PAUSE_S
        started = loop.time()
        while True:
            answer = await self._attempt(method, path, headers, body)
            if answer and is_definite(answer):
                return answer
            waited_s = loop.time() - started
            if answer and waited_s > (give_up_s or LONGEST_SERVER_FAULT_S):
                return answer
            if give_up_s and waited_s > give_up_s:
                raise TimeoutError(f"{method} {path}: no answer within {give_up_s:.0f} s")
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 1.7, LONGEST_PAUSE_S)

    async def _attempt(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> Answer | None:
        try:
            answer = await self.door.call(method, path, {**headers, **await self.headers()}, body)
        except httpx.TransportError as error:
            log.debug("%s %s: %r", method, path, error)
            return None
        if answer.status == 401 and isinstance(self._who, Account):
            self._token = None
        return answer

    async def _sign_in(self) -> str:
        assert isinstance(self._who, Account)
        body = {"email": self._who.email, "password": self._who.password}
        answer = await self.door.call("POST", "/api/auth/token", {}, body)
        if answer.status == 429 or answer.status >= 500:
            raise httpx.ReadError(f"sign-in answered {answer.status}")
        if not answer.ok:
            raise Refused("/api/auth/token", answer)
        return str(answer.data["token"])

"""One end of a WebSocket, in the process: what a client sends, and everything it was sent."""

import asyncio
import contextvars
import json
from collections.abc import Callable
from typing import Any, Self

from knox.models import AuthToken

from accounts.models import Person
from config.asgi import application
from dispatch.sockets.socket import in_thread
from tests.cast import Credential

DEADLINE_S = 8.0


async def eventually(condition: Callable[[], Any], what: str) -> None:
    """Wait for a condition on the server's end, of which no frame tells."""
    try:
        async with asyncio.timeout(DEADLINE_S):
            while not condition():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"{what} did not happen within {DEADLINE_S:g} s") from None


class Line:
    """A client of the real application, or a browser (a cookie). `slow` readers take nothing until let."""

    def __init__(self, path: str, who: Person | Credential | bytes | None = None) -> None:
        self.path, self.who = path, who
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.accepted = False
        self.takes = asyncio.Event()
        self.takes.set()
        self.token: AuthToken | None = None
        self._moved = asyncio.Event()
        self._input: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        headers = [(b"host", b"localhost")]
        if isinstance(self.who, Person):
            self.token, text = await in_thread(AuthToken.objects.create)(user=self.who)
            headers.append((b"authorization", f"Bearer {text}".encode()))
        elif isinstance(self.who, bytes):
            headers.append((b"cookie", self.who))
        elif self.who is not None:
            headers.append((b"authorization", f"Bearer {self.who.text}".encode()))
        path, _, query = self.path.partition("?")
        scope = {
            "type": "websocket",
            "path": path,
            "headers": headers,
            "query_string": query.encode(),
            "subprotocols": [],
        }
        await self._input.put({"type": "websocket.connect"})
        # A server begins each connection in a context of its own.
        self.task = contextvars.Context().run(
            asyncio.create_task, application(scope, self._input.get, self._take)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self.takes.set()
        await self._input.put({"type": "websocket.disconnect", "code": 1000})
        async with asyncio.timeout(DEADLINE_S):
            await self.task

    async def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            self.accepted = True
        elif message["type"] == "websocket.close":
            self.closed = message.get("code", 1000)
        else:
            await self.takes.wait()
            self.frames.append(json.loads(message["text"]))
        self._moved.set()

    async def send(self, content: Any) -> None:
        await self.send_text(json.dumps(content))

    async def send_text(self, text: str) -> None:
        await self._input.put({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data: bytes) -> None:
        await self._input.put({"type": "websocket.receive", "bytes": data})

    async def until(
        self, condition: Callable[[], Any], what: str = "it", within_s: float = DEADLINE_S
    ) -> Any:
        """Wait for a condition on what came; a crash of the application is raised here."""
        try:
            async with asyncio.timeout(within_s):
                while not (found := condition()):
                    if self.task.done():
                        self.task.result()
                        assert found, f"the socket ended before {what}"
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            raise AssertionError(
                f"{what} did not come within {within_s:g} s; there came {self.types}"
            ) from None
        return found

    async def first(self, type_: str) -> dict[str, Any]:
        """Wait for the first frame of a type."""
        return await self.until(lambda: next((f for f in self.frames if f["type"] == type_), None), type_)

    async def until_closed(self, code: int) -> None:
        await self.until(lambda: self.closed is not None, f"closing with {code}")
        assert self.closed == code

    @property
    def types(self) -> list[str]:
        return [frame["type"] for frame in self.frames]

    @property
    def seqs(self) -> list[int]:
        """The numbers of the durable messages, in the order they came."""
        return [f["seq"] for f in self.frames if "seq" in f and f["type"] not in ("beat", "snapshot")]

"""A charger's end of the line, in the process: says frames, hears answers, answers what it is asked."""

import asyncio
import base64
import contextvars
import json
from collections.abc import Callable
from typing import Any, Self

from ocpp.messages import Call, CallResult
from ocpp.messages import _validate_payload as hold_schema

from config.asgi import application

DEADLINE_S = 10.0
VERSIONS = {"ocpp1.6": "1.6", "ocpp2.0.1": "2.0.1"}
# What a willing charger says to what it is told.
WILLING: dict[str, dict[str, Any]] = {
    "DataTransfer": {"status": "Accepted"},
    "UnlockConnector": {"status": "Unlocked"},
    "GetConfiguration": {"configurationKey": [], "unknownKey": []},
    "SetVariables": {
        "setVariableResult": [
            {"attributeStatus": "Accepted", "component": {"name": "C"}, "variable": {"name": "V"}}
        ]
    },
}


class Station:
    def __init__(self, identity: str, key: str | None, protocol: str = "ocpp1.6") -> None:
        self.identity, self.key, self.protocol = identity, key, protocol
        self.spoken: str | None = None
        self.closed: int | None = None
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.frames: list[Any] = []
        self.answers: dict[str, Any] = {}
        self.replies: dict[str, Any] = dict(WILLING)
        self.accepted = False
        self.takes = asyncio.Event()
        self.takes.set()
        self._count = 0
        self._moved = asyncio.Event()
        self._input: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        headers = [(b"host", b"localhost")]
        if self.key is not None:
            shown = base64.b64encode(f"{self.identity}:{self.key}".encode())
            headers.append((b"authorization", b"Basic " + shown))
        scope = {
            "type": "websocket",
            "path": f"/ocpp/{self.identity}",
            "headers": headers,
            "query_string": b"",
            "subprotocols": [self.protocol] if self.protocol else [],
        }
        await self._input.put({"type": "websocket.connect"})
        self.task = contextvars.Context().run(
            asyncio.create_task, application(scope, self._input.get, self._take)
        )
        await self.until(lambda: self.accepted or self.closed is not None, "the handshake")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.takes.set()
        await self.hang_up()

    async def hang_up(self) -> None:
        if not self.task.done():
            await self._input.put({"type": "websocket.disconnect", "code": 1006})
        async with asyncio.timeout(DEADLINE_S):
            await self.task

    async def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            self.accepted, self.spoken = True, message.get("subprotocol")
        elif message["type"] == "websocket.close":
            self.closed = message.get("code", 1000)
        else:
            await self.takes.wait()
            await self._hear(json.loads(message["text"]))
        self._moved.set()

    async def _hear(self, frame: list[Any]) -> None:
        self.frames.append(frame)
        if frame[0] != 2:
            self.answers[frame[1]] = frame
            return
        _, message_id, action, payload = frame
        hold_schema(Call(message_id, action, payload), VERSIONS[self.protocol])
        self.asked.append((action, payload))
        reply = self.replies.get(action, {"status": "Accepted"})
        if reply is not None:
            await self.say([3, message_id, reply])

    async def say(self, frame: Any) -> None:
        await self.say_text(frame if isinstance(frame, str) else json.dumps(frame))

    async def say_text(self, text: str) -> None:
        await self._input.put({"type": "websocket.receive", "text": text})

    async def call(self, action: str, payload: dict[str, Any], message_id: str = "") -> dict[str, Any]:
        """Call and return the payload of the answer, which keeps to the standard's schema."""
        frame = await self.call_raw(action, payload, message_id)
        assert frame[0] == 3, frame
        hold_schema(CallResult(frame[1], frame[2], action), VERSIONS[self.protocol])
        return dict(frame[2])

    async def call_raw(self, action: str, payload: Any, message_id: str = "") -> list[Any]:
        self._count += 1
        key = message_id or f"m{self._count}"
        self.answers.pop(key, None)
        await self.say([2, key, action, payload])
        frame: list[Any] = await self.until(lambda: self.answers.get(key), f"an answer to {action}")
        return frame

    async def heard(self, action: str) -> dict[str, Any]:
        """Wait until it was told this."""
        return dict(await self.until(lambda: next((p for a, p in self.asked if a == action), None), action))

    async def until(self, condition: Callable[[], Any], what: str = "it") -> Any:
        try:
            async with asyncio.timeout(DEADLINE_S):
                while not (found := condition()):
                    if self.task.done():
                        self.task.result()
                        if found := condition():
                            return found
                        raise AssertionError(f"the line ended ({self.closed}) before {what}")
                    self._moved.clear()
                    waiting = asyncio.ensure_future(self._moved.wait())
                    await asyncio.wait({waiting, self.task}, return_when=asyncio.FIRST_COMPLETED)
                    waiting.cancel()
        except TimeoutError:
            raise AssertionError(f"{what} did not come; there came {self.frames}") from None
        return found

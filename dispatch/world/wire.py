"""One line of a charger: its calls and their answers, and what it is asked. OCPP-J, either version."""

import asyncio
import json
import logging
from base64 import b64encode
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from dispatch.world.config import OutletConfig

log = logging.getLogger(__name__)

ANSWER_WALL_S = 15.0
Payload = dict[str, Any]
Asked = Callable[[str, Payload], Payload | None]


class CallRefused(Exception):
    """The server answered a call with an error."""


class Wire:
    """Speaks on an open socket; `asked` answers what the server asks, None is an action unknown here."""

    def __init__(self, socket: ClientConnection, asked: Asked) -> None:
        self._socket, self._asked = socket, asked
        self._waiting: dict[str, asyncio.Future[Payload]] = {}

    async def call(self, action: str, payload: Payload) -> Payload:
        """Call and return the answer; raises TimeoutError when there is none."""
        message_id = str(uuid4())
        future: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting[message_id] = future
        try:
            await self._socket.send(json.dumps([2, message_id, action, payload]))
            async with asyncio.timeout(ANSWER_WALL_S):
                return await future
        finally:
            del self._waiting[message_id]

    async def listen(self) -> None:
        """Read until the line ends."""
        async for frame in self._socket:
            await self._take(json.loads(frame))

    async def _take(self, frame: list[Any]) -> None:
        kind, message_id = frame[0], frame[1]
        if kind == 2:
            answer = self._asked(frame[2], frame[3])
            unknown = [4, message_id, "NotImplemented", "", {}]
            await self._socket.send(json.dumps(unknown if answer is None else [3, message_id, answer]))
            return
        future = self._waiting.get(message_id)
        if future is None or future.done():
            return
        if kind == 3:
            future.set_result(frame[2])
        else:
            future.set_exception(CallRefused(f"{frame[2]}: {frame[3]}"))


@asynccontextmanager
async def open_wire(ws_url: str, outlet: OutletConfig, asked: Asked) -> Any:
    """Open a line as this charger."""
    shown = b64encode(f"{outlet.identity}:{outlet.key}".encode()).decode()
    async with connect(
        f"{ws_url}/ocpp/{outlet.identity}",
        subprotocols=[Subprotocol(outlet.protocol)],
        additional_headers={"Authorization": f"Basic {shown}"},
    ) as socket:
        yield Wire(socket, asked)

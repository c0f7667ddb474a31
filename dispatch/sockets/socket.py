"""What all our sockets have in common: they stay answerable, whatever the client or a server behind does.

A part that fails closes its socket: a client that is told comes back and is right again, one that
waits on a silent line is not.
"""

import asyncio
import json
from collections.abc import Coroutine
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import uuid4

import structlog
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError
from structlog.contextvars import bind_contextvars, clear_contextvars

from accounts.callers import Caller

# Asked this often, a lost right closes the socket within five seconds.
GUARD_S = 4.0
SEND_S = 10.0
NOT_YOURS, TOO_SLOW, REVOKED, TRY_AGAIN = 4404, 4408, 4401, 1013
SERVERS_AWAY = (RedisError, OperationalError, InterfaceError)
# The client's end of the line; servers of ours have errors of their own.
LINE_LOST = (OSError, TimeoutError)
log = structlog.get_logger(__name__)

# Each read in a thread of its own: one slow snapshot holds up no other socket.
in_thread = partial(database_sync_to_async, thread_sensitive=False)


class Socket(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Base of every socket."""

    _at_work: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        clear_contextvars()
        bind_contextvars(call=str(uuid4()))
        try:
            await super().__call__(scope, receive, send)
        except SERVERS_AWAY as error:
            log.warning("socket_closed", path=scope["path"], error=type(error).__name__)
            with suppress(Exception):
                await send({"type": "websocket.close", "code": TRY_AGAIN})
        except LINE_LOST:
            with suppress(Exception):
                await send({"type": "websocket.close", "code": TOO_SLOW})
        finally:
            self.end()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand a message to its method; unlike the base without a stop at the database's one thread."""
        await getattr(self, get_handler_name(message))(message)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Read a frame; what is no JSON object is told so and changes nothing."""
        try:
            content = json.loads(text_data or "")
        except (ValueError, RecursionError):
            await self.refuse("invalid_json")
            return
        if isinstance(content, dict):
            await self.receive_json(content, **kwargs)
        else:
            await self.refuse("invalid")

    async def refuse(self, code: str, **facts: Any) -> None:
        """Tell the client that a frame of theirs had no effect."""
        await self.say({"type": "error", "code": code, **facts})

    async def say(self, message: dict[str, Any]) -> None:
        """Send; a reader that takes nothing for so long is closed."""
        async with asyncio.timeout(SEND_S):
            await self.send_json(message)

    async def say_text(self, text: str) -> None:
        """Send what is written already."""
        async with asyncio.timeout(SEND_S):
            await self.send(text_data=text)

    # -- what goes on beside the reading of frames -------------------------------------------------
    def begin(self, *parts: Coroutine[Any, Any, None]) -> None:
        """Let these run until the socket ends; when one fails, the socket closes."""
        self._at_work = asyncio.create_task(self._work(parts))

    def end(self) -> None:
        """Stop them."""
        if self._at_work is not None:
            self._at_work.cancel()

    async def disconnect(self, code: int) -> None:
        self.end()

    async def _work(self, parts: tuple[Coroutine[Any, Any, None], ...]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for part in parts:
                    group.create_task(part)
        except* Closing as closing:
            await self._shut(next(_leaves(closing)).code)
        except* LINE_LOST:
            await self._shut(TOO_SLOW)
        except* SERVERS_AWAY as away:
            log.warning("socket_closed", stream=self.name, error=type(next(_leaves(away))).__name__)
            await self._shut(TRY_AGAIN)
        except* Exception:
            log.exception("socket_failed", stream=self.name)
            await self._shut(TRY_AGAIN)

    async def _shut(self, code: int) -> None:
        # The line may be full; whoever does not even take this is cut off by the server's ping.
        with suppress(Exception):
            async with asyncio.timeout(1):
                await self.close(code=code)

    @property
    def name(self) -> str:
        """Name this socket in the log."""
        path: str = self.scope["path"]
        return path

    # -- rights ------------------------------------------------------------------------------------
    async def guard(self) -> None:
        """Close when the caller lost the right to be here."""
        while True:
            await asyncio.sleep(GUARD_S)
            caller: Caller = await self.scope["reread_caller"]()
            if not await self.may_stay(caller):
                raise Closing(REVOKED)

    async def may_stay(self, caller: Caller) -> bool:
        """Say whether this caller may (still) be here."""
        raise NotImplementedError


class Closing(Exception):
    """Raised by a part that wants its socket closed."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def _leaves(group: BaseExceptionGroup[Any]) -> Any:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error

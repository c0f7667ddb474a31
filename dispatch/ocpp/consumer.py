"""A charger's socket: frames in, answers out, and commands one at a time."""

import asyncio
from contextlib import suppress
from typing import Any, ClassVar
from uuid import UUID

import structlog
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import InterfaceError, OperationalError

from dispatch import clock
from dispatch.ocpp import handshake, limits
from dispatch.ocpp.calls import Answer, Asked, answer_call, is_shared
from dispatch.ocpp.frames import Call, CallError, CallResult
from dispatch.ocpp.hall import find_hall
from dispatch.ocpp.mill import find_mill
from dispatch.ocpp.sending import Sending
from dispatch.ocpp.teller import find_teller
from dispatch.ocpp.threads import in_thread
from dispatch.ocpp.words import Unreadable, hear
from dispatch.services.charging.links import Link, Replaced, close_link, find_charger, open_link

SERVERS_AWAY = (OperationalError, InterfaceError)
LINE_LOST = (OSError, TimeoutError)
# Closing what is closed already: servers say so by a RuntimeError.
GONE = (*LINE_LOST, RuntimeError)
SEND_S = 10.0
POLICY, PROTOCOL_ERROR, NOT_TEXT, TOO_LARGE, TRY_AGAIN, REPLACED = 1008, 1002, 1003, 1009, 1013, 4409
log = structlog.get_logger(__name__)
_wrong_keys = limits.Buckets(limits.WRONG_KEYS_PER_S, limits.WRONG_KEYS_AT_ONCE)


class ChargerConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """One live socket per identity; the hall listens to the channel layer for all of them."""

    channel_layer_alias: ClassVar[str | None] = None
    link: Link

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._frames = limits.Bucket(limits.FRAMES_PER_S, limits.FRAMES_AT_ONCE)
        self._mistakes = limits.Bucket(limits.ERRORS_PER_S, limits.ERRORS_AT_ONCE)
        self._sending: Sending | None = None
        self._closing: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        except SERVERS_AWAY as error:
            log.warning("charger_closed", path=scope["path"], error=type(error).__name__)
            with suppress(*GONE):
                await send({"type": "websocket.close", "code": TRY_AGAIN})
        except LINE_LOST:
            with suppress(*GONE):
                await send({"type": "websocket.close", "code": POLICY})
        finally:
            await self._end()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand a message to its method; unlike the base without a stop at the database's one thread."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    # -- the handshake -----------------------------------------------------------------------------
    async def connect(self) -> None:
        address, identity = handshake.find_address(self.scope), handshake.find_identity(self.scope)
        key = handshake.find_key(self.scope, identity)
        if _wrong_keys.is_empty(address):
            await self._turn_away(429)
            return
        charger = None if key is None else await in_thread(find_charger)(identity, key)
        if charger is None:
            # An identity nobody has and a key that is wrong look the same.
            _wrong_keys.take(address)
            await self._turn_away(401)
            return
        protocol = handshake.choose_protocol(self.scope.get("subprotocols", []), charger)
        if protocol is None:
            # As OCPP-J asks: the handshake is completed without a subprotocol, then closed.
            await self.accept()
            await self.close(code=PROTOCOL_ERROR)
            return
        self.link = await in_thread(open_link)(charger, protocol, clock.wall())
        await self.accept(subprotocol=str(protocol))
        self._sending = Sending(self.link, self._say, self._leave)
        find_hall().enter(self)

    async def _turn_away(self, status: int) -> None:
        if "websocket.http.response" not in (self.scope.get("extensions") or {}):
            await self.close()
            return
        headers = [(b"www-authenticate", b'Basic realm="ocpp"')] if status == 401 else []
        start = {"type": "websocket.http.response.start", "status": status, "headers": headers}
        await self.base_send(start)
        await self.base_send({"type": "websocket.http.response.body", "body": b""})

    # -- frames ------------------------------------------------------------------------------------
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._closing is not None:
            return
        if text_data is None or len(text_data) > limits.LARGEST_FRAME:
            await self.close(code=NOT_TEXT if text_data is None else TOO_LARGE)
            return
        if (wait_s := self._frames.take()) > 0:
            await asyncio.sleep(wait_s)
        try:
            await self._take(text_data)
        except Replaced:
            self._leave(REPLACED)

    async def _take(self, text: str) -> None:
        heard = hear(text, self.link.protocol)
        if isinstance(heard, Call):
            answer = await self._answer(heard, text)
            find_teller().note(answer)
            await self._say(answer.text)
            if answer.is_error:
                await self._count_mistake()
        elif isinstance(heard, CallResult | CallError):
            await self._take_answer(heard, text)
        else:
            await self._refuse(heard)

    async def _answer(self, call: Call, text: str) -> Answer:
        shared = await find_mill().take(Asked(self.link, call, text)) if is_shared(call) else None
        return shared or await in_thread(answer_call)(self.link, call, text)

    async def _take_answer(self, heard: CallResult | CallError, text: str) -> None:
        # An answer to nothing we have asked (or asked too long ago) has no effect.
        if self._sending is not None:
            await self._sending.take_answer(heard, text)

    async def _refuse(self, unreadable: Unreadable) -> None:
        await in_thread(unreadable.keep)(self.link)
        await self._say(unreadable.answer)
        await self._count_mistake()

    async def _count_mistake(self) -> None:
        if self._mistakes.take() > 0:
            await self.close(code=POLICY)

    async def _say(self, text: str) -> None:
        async with asyncio.timeout(SEND_S):
            await self.send(text_data=text)

    # -- what the hall tells -----------------------------------------------------------------------
    def wake(self) -> None:
        """Look for commands."""
        if self._sending is not None:
            self._sending.wake()

    def leave_for(self, other: UUID | None) -> None:
        """Go: another socket speaks for this charger, or (None) the key that opened this one is gone."""
        self._leave(POLICY if other is None else REPLACED)

    def _leave(self, code: int) -> None:
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(code))

    async def _close(self, code: int) -> None:
        with suppress(*GONE):
            async with asyncio.timeout(1):
                await self.close(code=code)

    async def _end(self) -> None:
        if self._sending is None:
            return
        self._sending.end()
        find_hall().leave(self)
        with suppress(*SERVERS_AWAY):
            await in_thread(close_link)(self.link)

"""Commands out, one open call at a time: each is claimed as a row, said, and its answer stored."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError
from ocpp.exceptions import OCPPError

from dispatch import clock
from dispatch.models import CommandStatus
from dispatch.ocpp.frames import Call, CallError, CallResult, write_call
from dispatch.ocpp.orders import build_order, is_accepted
from dispatch.ocpp.schemas import check
from dispatch.ocpp.threads import in_thread
from dispatch.services.charging.commands import Order, claim_order, settle_order
from dispatch.services.charging.exchange import Heard, keep_answered, keep_said
from dispatch.services.charging.links import Link, Replaced

ANSWER_S = 30.0
POLICY, TRY_AGAIN, REPLACED = 1008, 1013, 4409
log = structlog.get_logger(__name__)
Say = Callable[[str], Awaitable[None]]


class Sending:
    """What we say unasked on one socket."""

    def __init__(self, link: Link, say: Say, leave: Callable[[int], None]) -> None:
        self._link, self._say, self._leave = link, say, leave
        self._awake = asyncio.Event()
        self._open: tuple[Call, asyncio.Future[CallResult | CallError]] | None = None
        self._is_over = self._is_answered = False
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(self._look_at_end)

    def wake(self) -> None:
        self._awake.set()

    def end(self) -> None:
        """Say nothing more. An answer that was heard before the line closed is still settled."""
        self._is_over = True
        if not self._is_answered:
            self._task.cancel()

    async def take_answer(self, answer: CallResult | CallError, text: str) -> None:
        """Take the answer to the open call."""
        if self._open is None or self._open[0].unique_id != answer.unique_id:
            return
        call, future = self._open
        await in_thread(keep_answered)(
            self._link, Heard(text, call.unique_id, call.action), await clock.anow()
        )
        if not future.done():
            self._is_answered = True
            future.set_result(answer)

    async def _run(self) -> None:
        try:
            while not self._is_over:
                await self._awake.wait()
                self._awake.clear()
                while not self._is_over and (order := await self._claim()) is not None:
                    await self._send(order)
        except Replaced:
            self._leave(REPLACED)
        except (OSError, TimeoutError):
            self._leave(POLICY)
        except (OperationalError, InterfaceError):
            self._leave(TRY_AGAIN)

    async def _claim(self) -> Order | None:
        order: Order | None = await in_thread(claim_order)(self._link, clock.wall())
        return order

    def _look_at_end(self, task: asyncio.Task[None]) -> None:
        """A line on which nothing can be said any more is ended; the charger opens another one."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("command_failed", charger=self._link.identity, exc_info=error)
            self._leave(TRY_AGAIN)

    async def _send(self, order: Order) -> None:
        try:
            call = build_order(order, self._link.protocol)
            check(call, self._link.protocol)
        except (OCPPError, KeyError, ValueError) as error:
            # What the standard has no words for is not sent.
            await self._settle(order, CommandStatus.REJECTED, {"error": type(error).__name__})
            return
        text, future = write_call(call), asyncio.get_running_loop().create_future()
        self._open = (call, future)
        try:
            await in_thread(keep_said)(
                self._link, Heard(text, call.unique_id, call.action), await clock.anow()
            )
            await self._say(text)
            async with asyncio.timeout(ANSWER_S):
                answer = await future
        except TimeoutError:
            await self._settle(order, CommandStatus.TIMED_OUT, None)
            return
        finally:
            self._open = None
        await self._settle(order, *self._judge(order, call, answer))

    def _judge(self, order: Order, call: Call, answer: CallResult | CallError) -> tuple[CommandStatus, Any]:
        if isinstance(answer, CallError):
            return CommandStatus.REJECTED, {"error": answer.error_code}
        try:
            check(CallResult(answer.unique_id, answer.payload, call.action), self._link.protocol)
        except OCPPError as error:
            return CommandStatus.REJECTED, {"error": error.code}
        accepted = is_accepted(order.verb, answer.payload)
        return CommandStatus.ACCEPTED if accepted else CommandStatus.REJECTED, answer.payload

    async def _settle(self, order: Order, status: CommandStatus, answer: Any) -> None:
        await in_thread(settle_order)(order.id, status, answer, clock.wall())
        self._is_answered = False

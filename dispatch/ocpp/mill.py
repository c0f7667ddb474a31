"""Frames that wait at the same moment are taken together: one transaction, one commit, an answer for each.

While one lot is in the database the next gathers, so that lots grow with what there is to do. A charger has
one open call, so a lot holds one frame of each.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from weakref import WeakKeyDictionary

import structlog

from dispatch.ocpp.calls import Answer, Asked, answer_calls
from dispatch.ocpp.threads import in_thread

# So long the first frame waits for others; a lot has at most so many, and so many characters.
GATHER_S, MOST, MOST_TEXT = 0.1, 200, 400_000
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Waiting:
    asked: Asked
    answer: asyncio.Future[Answer | None]


class Mill:
    """What waits in one event loop."""

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def take(self, asked: Asked) -> Answer | None:
        """Answer a call together with others; None says that it must be answered alone."""
        waiting = _Waiting(asked, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await waiting.answer

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_S)
            if lot := self._gather():
                self._hand_out(lot, await self._grind(lot))

    def _gather(self) -> list[_Waiting]:
        """Take what fits into a lot, in the order it came."""
        sizes = accumulate(len(waiting.asked.text) for waiting in self._waiting[:MOST])
        count = max(sum(size <= MOST_TEXT for size in sizes), 1)
        lot, self._waiting = self._waiting[:count], self._waiting[count:]
        return [waiting for waiting in lot if not waiting.answer.done()]

    async def _grind(self, lot: list[_Waiting]) -> list[Answer | None]:
        try:
            answers: list[Answer | None] = await in_thread(answer_calls)([one.asked for one in lot])
            return answers
        except Exception as error:  # noqa: BLE001  # alone, each says what is wrong with it
            log.warning("mill_stood_still", error=type(error).__name__)
            return [None] * len(lot)

    def _hand_out(self, lot: Iterable[_Waiting], answers: Iterable[Answer | None]) -> None:
        for waiting, answer in zip(lot, answers, strict=True):
            if not waiting.answer.done():
                waiting.answer.set_result(answer)


_mills: WeakKeyDictionary[asyncio.AbstractEventLoop, Mill] = WeakKeyDictionary()


def find_mill() -> Mill:
    """Return the mill of the running loop."""
    return _mills.setdefault(asyncio.get_running_loop(), Mill())

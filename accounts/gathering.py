"""Questions that many ask at about the same moment are put to the database together; each gets its answer.

While one lot is being answered the next gathers, so that lots grow with what there is to do and the number of
statements does not grow with the number of sockets.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async


@dataclass(slots=True)
class _Waiting[Q, A]:
    question: Q
    answer: asyncio.Future[A]


class Gathering[Q, A]:
    """Gathers questions, separately in each event loop; `answer` takes a lot of them, in a thread."""

    def __init__(
        self, answer: Callable[[Sequence[Q]], Sequence[A | Exception]], gather_s: float, most: int = 500
    ) -> None:
        self._answer, self._gather_s, self._most = answer, gather_s, most
        self._loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _Lots[Q, A]] = WeakKeyDictionary()

    async def ask(self, question: Q) -> A:
        """Ask together with others; what goes wrong with all of them is raised to each."""
        loop = asyncio.get_running_loop()
        lots = self._loops.setdefault(loop, _Lots(self._answer, self._gather_s, self._most))
        return await lots.ask(question)


class _Lots[Q, A]:
    """What waits in one event loop."""

    def __init__(
        self, answer: Callable[[Sequence[Q]], Sequence[A | Exception]], gather_s: float, most: int
    ) -> None:
        self._answer, self._gather_s, self._most = answer, gather_s, most
        self._waiting: list[_Waiting[Q, A]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        waiting = _Waiting[Q, A](question, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await waiting.answer

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._gather_s)
            lot, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            # Who was cut off meanwhile wants no answer any more.
            await self._answer_lot([one for one in lot if not one.answer.done()])

    async def _answer_lot(self, lot: list[_Waiting[Q, A]]) -> None:
        answers: Sequence[A | Exception]
        try:
            questions = [one.question for one in lot]
            answers = await database_sync_to_async(self._answer, thread_sensitive=False)(questions)
        except Exception as error:  # noqa: BLE001  # whoever asked knows what to do about it
            answers = [error] * len(lot)
        for one, answer in zip(lot, answers, strict=True):
            if one.answer.done():
                continue
            if isinstance(answer, Exception):
                one.answer.set_exception(answer)
            else:
                one.answer.set_result(answer)

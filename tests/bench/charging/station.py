"""A charger of the bench: keeps what is not answered, says it again on its next line, and can be unlucky."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import WebSocketException

from dispatch.world.config import OutletConfig
from dispatch.world.dialect import DIALECTS, Reading, Words
from dispatch.world.wire import Wire, open_wire

BROKEN_LINE = (OSError, WebSocketException, TimeoutError, EOFError)
RETRY_S = 0.3


@dataclass
class Transaction:
    """One charge; `number` is what the server calls it (1.6)."""

    ref: str
    number: int | None = None
    seq: int = 0


# What is said, of which charge, its readings (what was kept offline goes together), and its number.
Item = tuple[str, Transaction, tuple[Reading, ...], int]


@dataclass
class Station:
    """One charger and its line."""

    port: int
    outlet: OutletConfig
    token: str
    unit: str = ""
    register_wh: int = 1_000
    queue: deque[Item] = field(default_factory=deque)
    said: int = 0
    wire: Wire | None = None
    live: asyncio.Event = field(default_factory=asyncio.Event)
    fresh: asyncio.Event = field(default_factory=asyncio.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep_line(self) -> None:
        """Hold a line, and empty the queue on it, until cancelled."""
        while True:
            with suppress(*BROKEN_LINE):
                await self._hold()
            self.live.clear()
            self.wire = None
            await asyncio.sleep(RETRY_S)

    async def _hold(self) -> None:
        self.closing.clear()
        url = f"ws://127.0.0.1:{self.port}"
        async with open_wire(url, self.outlet, lambda action, payload: {"status": "Accepted"}) as wire:
            parts = [
                asyncio.ensure_future(part) for part in (wire.listen(), self._talk(wire), self.closing.wait())
            ]
            try:
                await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for part in parts:
                    part.cancel()
                await asyncio.gather(*parts, return_exceptions=True)

    async def _talk(self, wire: Wire) -> None:
        self.wire = wire
        await wire.call(*self.dialect.boot("PowerUp"))
        while True:
            while self.queue:
                item = self.queue[0]
                await self.deliver(wire, item)
                self.queue.popleft()
            self.live.set()
            self.fresh.clear()
            await self.fresh.wait()

    async def deliver(self, wire: Wire, item: Item) -> None:
        """Say one thing until it is answered."""
        self._hear(item[1], await wire.call(*self.words(item)))
        self.said += 1

    def _hear(self, transaction: Transaction, answer: dict[str, Any]) -> None:
        transaction.number = answer.get("transactionId", transaction.number)

    def say(self, what: str, transaction: Transaction, *readings: Reading) -> None:
        self.queue.append((what, transaction, readings, transaction.seq))
        transaction.seq += 1
        self.fresh.set()

    def drop(self) -> None:
        """Let the line break."""
        self.closing.set()

    def words(self, item: Item) -> Words:
        what, transaction, readings, seq = item
        if what == "begin":
            return self.dialect.begin(transaction.ref, self.token, readings[0])
        if what == "end":
            return self.dialect.end(transaction.ref, transaction.number, seq, readings[0], "Local")
        said = [self.dialect.sample(transaction.ref, transaction.number, seq, one) for one in readings]
        action, payload = said[-1]
        return action, {**payload, "meterValue": [value for _, one in said for value in one["meterValue"]]}

    @property
    def dialect(self) -> Any:
        return DIALECTS[self.outlet.protocol]

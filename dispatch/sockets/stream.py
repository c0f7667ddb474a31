"""One screen's stream: a snapshot, then every durable event in order, live values once a tick.

What is heard goes at once into two small places: the latest live values, and a short list of durable
events. One sender empties both, so nothing overtakes. What the list cannot
hold is dropped: the sender sees the gap and takes the missing events from the database, or sends a
fresh snapshot. Memory never grows with a reader's slowness; one that takes nothing for ten seconds is
closed and will come back for what it missed.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from accounts.callers import Caller
from accounts.gathering import Gathering
from dispatch import clock, tally
from dispatch.broadcast.groups import events_group, live_group
from dispatch.broadcast.messages import build_messages
from dispatch.selectors.render import iso
from dispatch.selectors.streams import find_missed, get_seqs
from dispatch.sockets.hearing import Take, Told, find_hearing
from dispatch.sockets.latest import Latest, Values
from dispatch.sockets.socket import NOT_YOURS, Socket, in_thread

TICK_S = 1.0
BEAT_S = 5.0
MOST_WAITING = 200
# How far streams have come is asked by all screens every few seconds: together.
_seqs: Gathering[str, int] = Gathering(get_seqs, gather_s=0.05)


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose a stream is, and of which area."""

    operator_id: UUID
    area_id: UUID


class StreamConsumer(Socket):
    """Base of the screens' sockets; a subclass says which stream, which live group, which snapshot."""

    # One listener hears for all screens of this process.
    channel_layer_alias: ClassVar[str | None] = None
    stream: str
    ground: Ground
    _follows: tuple[tuple[str, str, Take], ...] = ()

    async def connect(self) -> None:
        # Accepted first: a browser is only told the code of a socket that was open.
        await self.accept()
        found = await self.find_stream(self.scope["caller"])
        if found is None:
            await self.close(code=NOT_YOURS)
            return
        self.stream = found
        self._seq = -1
        self._latest = Latest()
        self._waiting: deque[Told] = deque(maxlen=MOST_WAITING)
        self._asked: int | None = None
        self._beat_seq: int | None = None
        self._tick_due = False
        self._awake = asyncio.Event()
        # Listening begins before the snapshot is read: nothing falls between the two.
        self._follows = (
            (events_group(self.ground.operator_id), found, self._hear),
            (live_group(self.ground.area_id), self.name_live(), self._latest.take),
        )
        for followed in self._follows:
            await find_hearing().enter(*followed)
        self.begin(self._send_all(), self._tick(), self._beat(), self.guard())

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content.get("type") != "replay":
            await self.refuse("unknown_message")
            return
        after = content.get("after")
        if not isinstance(after, int) or isinstance(after, bool) or after < 0:
            await self.refuse("invalid", path="after")
            return
        if not self._follows:
            return
        # However often it is asked, there is one replay at a time, from the earliest number.
        self._asked = after if self._asked is None else min(after, self._asked)
        self._awake.set()

    # -- what the channel layer brings -------------------------------------------------------------
    def _hear(self, told: Told) -> None:
        self._waiting.append(told)
        self._awake.set()

    # -- what a subclass says ----------------------------------------------------------------------
    async def find_stream(self, caller: Caller) -> str | None:
        """Return the stream the caller may follow here, and note its ground; None closes the socket."""
        raise NotImplementedError

    def name_live(self) -> str:
        """Name whose live values it shows."""
        raise NotImplementedError

    async def read_snapshot(self) -> tuple[int, Any]:
        """Read the snapshot, with the sequence it holds at least."""
        found: tuple[int, Any] = await in_thread(self.build_snapshot)()
        return found

    def build_snapshot(self) -> tuple[int, Any]:
        """Return the sequence a snapshot holds at least, and the snapshot; runs in a thread."""
        raise NotImplementedError

    def note(self, data: Any) -> None:
        """See what the reader is told durably; live values that contradict it are held back."""

    def shape_live(self, values: Values) -> dict[str, Any]:
        """Shape a tick's values for this screen; nothing means that there is nothing to say."""
        return values

    async def may_stay(self, caller: Caller) -> bool:
        return await self.find_stream(caller) == self.stream

    def end(self) -> None:
        super().end()
        for followed in self._follows:
            find_hearing().leave(*followed)

    # -- the one sender ----------------------------------------------------------------------------
    async def _send_all(self) -> None:
        after = _after(self.scope.get("query_string", b""))
        if after is None:
            await self._snapshot()
        else:
            await self._replay(after)
            # Whoever comes back is told at once that this was all.
            self._beat_seq = self._seq
            self._awake.set()
        while True:
            await self._awake.wait()
            self._awake.clear()
            await self._send_asked()
            await self._send_events()
            await self._send_beat()
            await self._send_live()

    async def _send_asked(self) -> None:
        if self._asked is not None:
            after, self._asked = self._asked, None
            await self._replay(after)

    async def _send_events(self) -> None:
        while self._waiting:
            told = self._waiting.popleft()
            if told.seq > self._seq + 1:
                await self._replay(self._seq)
            await self._forward(told)
            tally.observe("stream_lag", clock.wall().timestamp() - told.said_at)

    async def _send_beat(self) -> None:
        seq, self._beat_seq = self._beat_seq, None
        if seq is None:
            return
        if seq > self._seq:
            # The last messages were lost on their way here, and nothing came after them.
            await self._replay(self._seq)
        now, speed = await clock.anow(), await clock.aspeed()
        await self.say({"type": "beat", "seq": seq, "now": iso(now), "speed": speed})

    async def _send_live(self) -> None:
        if not self._tick_due:
            return
        self._tick_due = False
        data = self.shape_live(self._latest.drain())
        if data:
            await self.say({"type": "live", "at": iso(await clock.anow()), "data": data})

    async def _snapshot(self) -> None:
        seq, data = await self.read_snapshot()
        self._seq = seq
        self.note(data)
        await self.say({"type": "snapshot", "seq": seq, "at": iso(await clock.anow()), "data": data})

    async def _replay(self, after: int) -> None:
        if await _seqs.ask(self.stream) == after:
            # Most who come back have missed nothing, which costs one question for all of them.
            self._seq = after
            return
        messages = await in_thread(self._list_missed)(after)
        if messages is None:
            await self._snapshot()
            return
        self._seq = after
        for message in messages:
            await self._forward(Told(message))

    def _list_missed(self, after: int) -> list[dict[str, Any]] | None:
        missed = find_missed(self.stream, after)
        return None if missed is None else build_messages(missed, clock.now(), clock.wall())

    async def _forward(self, told: Told) -> None:
        # What a replay or the snapshot brought already is not said twice.
        if told.seq == self._seq + 1:
            self._seq = told.seq
            self.note(told.message["data"])
            await self.say_text(told.text)

    # -- what wakes the sender by the clock --------------------------------------------------------
    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if self._latest:
                self._tick_due = True
                self._awake.set()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            self._beat_seq = await _seqs.ask(self.stream)
            self._awake.set()


def _after(query: bytes) -> int | None:
    for part in query.split(b"&"):
        name, _, value = part.partition(b"=")
        if name == b"after" and value.isdigit() and len(value) < 19:
            return int(value)
    return None

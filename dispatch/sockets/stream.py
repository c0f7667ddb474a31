"""One screen's stream: a snapshot, then every durable event in order, live values once a tick.

Messages of the channel layer are drained at once into two small places: the latest live values, and
a short list of durable events. One sender empties both, so nothing overtakes. What the list cannot
hold is dropped: the sender sees the gap and takes the missing events from the database, or sends a
fresh snapshot. Memory never grows with a reader's slowness; one that takes nothing for ten seconds is
closed and will come back for what it missed.
"""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any
from uuid import UUID

from accounts.callers import Caller
from accounts.gathering import Gathering
from dispatch import clock, tally
from dispatch.broadcast.groups import stream_group
from dispatch.broadcast.messages import build_messages
from dispatch.selectors.render import iso
from dispatch.selectors.streams import find_missed, get_seqs
from dispatch.sockets.hearing import find_hearing
from dispatch.sockets.latest import Latest, Values
from dispatch.sockets.socket import NOT_YOURS, Socket, in_thread

TICK_S = 1.0
BEAT_S = 5.0
MOST_WAITING = 200
# How far streams have come is asked by all screens every few seconds: together.
_seqs: Gathering[str, int] = Gathering(get_seqs, gather_s=0.1)


class StreamConsumer(Socket):
    """Base of the screens' sockets; a subclass says which stream, which live group, which snapshot."""

    stream: str
    area_id: UUID
    _group: str | None = None
    _follows: tuple[UUID, str] | None = None

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
        self._waiting: deque[tuple[dict[str, Any], float]] = deque(maxlen=MOST_WAITING)
        self._asked: int | None = None
        self._beat_seq: int | None = None
        self._tick_due = False
        self._awake = asyncio.Event()
        # Listening begins before the snapshot is read: nothing falls between the two.
        self._group = stream_group(found)
        await self.channel_layer.group_add(self._group, self.channel_name)
        self._follows = (self.area_id, self.live_group())
        find_hearing().enter(*self._follows, self._latest.take)
        self.begin(self._send_all(), self._tick(), self._beat(), self.guard())

    async def disconnect(self, code: int) -> None:
        await super().disconnect(code)
        if self._group is None:
            return
        # Valkey may be away, which is often why we are here.
        with suppress(Exception):
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content.get("type") != "replay":
            await self.refuse("unknown_message")
            return
        after = content.get("after")
        if not isinstance(after, int) or isinstance(after, bool) or after < 0:
            await self.refuse("invalid", path="after")
            return
        if self._group is None:
            return
        # However often it is asked, there is one replay at a time, from the earliest number.
        self._asked = after if self._asked is None else min(after, self._asked)
        self._awake.set()

    # -- what the channel layer brings -------------------------------------------------------------
    async def stream_message(self, event: dict[str, Any]) -> None:
        self._waiting.append((event["message"], event["said_at"]))
        self._awake.set()

    # -- what a subclass says ----------------------------------------------------------------------
    async def find_stream(self, caller: Caller) -> str | None:
        """Return the stream the caller may follow here, and note its area; None closes the socket."""
        raise NotImplementedError

    def live_group(self) -> str:
        raise NotImplementedError

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
        if self._follows is not None:
            find_hearing().leave(*self._follows, self._latest.take)

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
            message, said_at = self._waiting.popleft()
            if message["seq"] > self._seq + 1:
                await self._replay(self._seq)
            await self._forward(message)
            tally.observe("stream_lag", clock.wall().timestamp() - said_at)

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
        seq, data = await in_thread(self.build_snapshot)()
        self._seq = seq
        self.note(data)
        await self.say({"type": "snapshot", "seq": seq, "at": iso(await clock.anow()), "data": data})

    async def _replay(self, after: int) -> None:
        messages = await in_thread(self._list_missed)(after)
        if messages is None:
            await self._snapshot()
            return
        self._seq = after
        for message in messages:
            await self._forward(message)

    def _list_missed(self, after: int) -> list[dict[str, Any]] | None:
        missed = find_missed(self.stream, after)
        return None if missed is None else build_messages(missed, clock.now(), clock.wall())

    async def _forward(self, message: dict[str, Any]) -> None:
        # What a replay or the snapshot brought already is not said twice.
        if message["seq"] == self._seq + 1:
            self._seq = message["seq"]
            self.note(message["data"])
            await self.say(message)

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

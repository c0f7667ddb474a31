"""Two clocks by name: `now()` is world time, `wall()` is human time.

World time is one row that every process reads. The row is a model (so that migrations and the
register of fields know it), yet this module stands below the models, whose rules ask for the time:
it reads and writes the row by plain SQL. A reader handed in at start would be one more thing that
every process, command and test must not forget.

Without a row (production) world time is wall time. With one, it runs `speed` times as fast, never
goes backwards, and stands still ten seconds after the last heartbeat: a house that was switched off
for the night goes on where it stopped.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection, transaction

GRACE = timedelta(seconds=10)
KEPT_S = 0.5
_COLUMNS = "speed, anchor, anchor_wall, alive_wall, running"


@dataclass(frozen=True, slots=True)
class Face:
    """What the row says."""

    speed: float
    anchor: datetime
    anchor_wall: datetime
    alive_wall: datetime
    running: bool

    def stands_still(self, at: datetime) -> bool:
        """Say whether the world waits at this wall time."""
        return not self.running or at > self.alive_wall + GRACE

    def read(self, at: datetime) -> datetime:
        """Read world time at a wall time."""
        end = min(at, self.alive_wall + GRACE) if self.running else self.anchor_wall
        gone = max(end - self.anchor_wall, timedelta())
        return self.anchor + gone * self.speed


@dataclass(frozen=True, slots=True)
class _Known:
    """The row as last read, and when, by the machine's steady clock."""

    face: Face | None
    read_at: float


@dataclass(slots=True)
class _Memory:
    """What this process knows: the row, and the latest time it told."""

    known: _Known | None = None
    told: datetime | None = None


_memory = _Memory()
_reads: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Callable[[], Any], asyncio.Task[Any]]] = (
    WeakKeyDictionary()
)


def wall() -> datetime:
    """Human time: expiry of offers and tokens, throttles, idempotency, deadlines, back-off."""
    return datetime.now(UTC)


def now() -> datetime:
    """World time: windows, shifts, fixes, sessions, promises, tariffs."""
    return _tell(_face())


def speed() -> float:
    """How fast world time runs at this moment; 0 while it stands still."""
    return _tell_speed(_face())


async def anow() -> datetime:
    """World time for an event loop; leaves the loop only when the row must be read again.

    Freshness is asked once: a row that grows stale between two looks would be read from within the loop.
    """
    known = _find_known()
    return _tell(known.face) if known else await _in_one_thread(now)


async def aspeed() -> float:
    """The world's speed for an event loop."""
    known = _find_known()
    return _tell_speed(known.face) if known else await _in_one_thread(speed)


def _tell(face: Face | None) -> datetime:
    if face is None:
        return wall()
    told = face.read(wall())
    # A process that read the row a moment ago must not hear an earlier time after a new anchor.
    if _memory.told is not None and _memory.told > told:
        return _memory.told
    _memory.told = told
    return told


def _tell_speed(face: Face | None) -> float:
    if face is None:
        return 1.0
    return 0.0 if face.stands_still(wall()) else face.speed


async def _in_one_thread[T](read: Callable[[], T]) -> T:
    """Read once for all who ask at the same moment: thousands of sockets do, when the row grows stale."""
    reads = _reads.setdefault(asyncio.get_running_loop(), {})
    task = reads.get(read)
    if task is None or task.done():
        task = reads[read] = asyncio.create_task(_in_thread(read))
    # One who leaves takes nothing from the others.
    found: T = await asyncio.shield(task)
    return found


async def _in_thread[T](read: Callable[[], T]) -> T:
    """Read with a connection that is looked at first and given back: a dead one is not kept for ever."""

    def run() -> T:
        close_old_connections()
        try:
            return read()
        finally:
            close_old_connections()

    return await sync_to_async(run, thread_sensitive=False)()


def start(speed: float, anchor: datetime) -> None:
    """Let the world run: from `anchor` the first time, later from where it stopped."""
    with transaction.atomic():
        face, at = _select(lock=True), wall()
        begin = anchor if face is None else face.read(at)
        _store(Face(speed, begin, at, at, running=True))


def heartbeat() -> None:
    """Say that the house is alive; call it every few seconds from any long-lived process."""
    with transaction.atomic():
        face, at = _select(lock=True), wall()
        if face is None or not face.running:
            return
        if face.stands_still(at):
            # Asleep or cut off meanwhile: go on from there, do not jump.
            face = replace(face, anchor=face.read(at), anchor_wall=at)
        _store(replace(face, alive_wall=max(at, face.alive_wall)))


def stop() -> None:
    """Let the world stand still at once."""
    with transaction.atomic():
        face, at = _select(lock=True), wall()
        if face is not None:
            _store(Face(face.speed, face.read(at), at, at, running=False))


def build_morning(time_zone: str, at: datetime, hour: int = 8) -> datetime:
    """Build the instant at which the area's clocks show this hour on the day of `at`."""
    local = at.astimezone(ZoneInfo(time_zone))
    return local.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)


def forget() -> None:
    """Forget what this process knows; the next call reads the row."""
    _memory.known, _memory.told = None, None


def _find_known() -> _Known | None:
    """Find the row as known here, while it is fresh."""
    known = _memory.known
    return known if known and time.monotonic() - known.read_at < KEPT_S else None


def _face() -> Face | None:
    known = _find_known()
    if known is None:
        known = _memory.known = _Known(_select(lock=False), time.monotonic())
    return known.face


def _select(*, lock: bool) -> Face | None:
    tail = " FOR UPDATE" if lock else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM dispatch_world_clock WHERE id = 1{tail}")  # noqa: S608  # constants
        row = cursor.fetchone()
    return Face(*row) if row else None


def _store(face: Face) -> None:
    values = (face.speed, face.anchor, face.anchor_wall, face.alive_wall, face.running)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dispatch_world_clock (id, {_COLUMNS}) VALUES (1, %s, %s, %s, %s, %s)"  # noqa: S608
            f" ON CONFLICT (id) DO UPDATE SET ({_COLUMNS}) = ROW (EXCLUDED.speed, EXCLUDED.anchor,"
            " EXCLUDED.anchor_wall, EXCLUDED.alive_wall, EXCLUDED.running)",
            values,
        )
    _memory.known = None

"""The fixes of many units wait for a moment and are written together: one statement, no wait for the disk.

What a process takes down with it when it is killed is half a second of a trace. Where a unit *is* does not
wait here: `tracking.py` writes it at once.
"""

import atexit
import threading
from collections import deque
from collections.abc import Sequence
from functools import cache

import structlog
from django.conf import settings
from django.db import Error, connection, transaction

from dispatch.broadcast.committed import after_commit
from dispatch.models import Position

# While the database is away, the newest are kept.
MOST_WAITING = 20_000
PAUSE_S = 1.0
log = structlog.get_logger(__name__)

# A unit that is gone takes its fixes with it, rather than those of all others.
_INSERT = """
    INSERT INTO dispatch_position (operator_id, unit_id, at, lat, lon, heading, speed_mps)
    SELECT unit.operator_id, unit.id, said.at, said.lat, said.lon, said.heading, said.speed_mps
    FROM unnest(%s::uuid[], %s::timestamptz[], %s::float8[], %s::float8[], %s::float8[], %s::float8[])
        AS said (unit_id, at, lat, lon, heading, speed_mps)
    JOIN dispatch_unit unit ON unit.id = said.unit_id
    ON CONFLICT (unit_id, at) DO NOTHING
"""


def keep_positions(rows: Sequence[Position]) -> None:
    """Keep fixes, soon; at once where nothing is to wait (`FIX_BUFFER_SECONDS=0`)."""
    if not rows:
        return
    if settings.FIX_BUFFER_SECONDS <= 0:
        write_positions(rows)
    else:
        after_commit(_buffer().add, rows)


def write_positions(rows: Sequence[Position]) -> None:
    """Write fixes as one statement; an instant of a unit is kept once."""
    columns = (
        [row.unit_id for row in rows],
        [row.at for row in rows],
        [row.lat for row in rows],
        [row.lon for row in rows],
        [row.heading for row in rows],
        [row.speed_mps for row in rows],
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(_INSERT, columns)


class TraceBuffer:
    """One for each process, with a thread that writes what has come together."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: deque[Position] = deque(maxlen=MOST_WAITING)
        self._room = threading.Lock()
        self._come = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="trace", daemon=True)
        self._thread.start()

    def add(self, rows: Sequence[Position]) -> None:
        """Take fixes; never waits."""
        with self._room:
            self._waiting.extend(rows)
        self._come.set()

    def close(self) -> None:
        """Write what is left and end; the process does."""
        self._closing.set()
        self._come.set()
        self._thread.join(timeout=2.0)

    def _run(self) -> None:
        while not self._closing.is_set():
            self._come.wait()
            self._closing.wait(self._seconds)
            self._come.clear()
            self._write()
        self._write()

    def _write(self) -> None:
        with self._room:
            rows = list(self._waiting)
            self._waiting.clear()
        if not rows:
            return
        try:
            write_positions(rows)
        except Error as error:
            log.warning("trace not written", fixes=len(rows), error=type(error).__name__)
            with self._room:
                self._waiting.extendleft(reversed(rows))
            self._closing.wait(PAUSE_S)
            self._come.set()
        finally:
            # Back to the pool: this thread needs one for a moment only.
            connection.close()


@cache
def _buffer() -> TraceBuffer:
    buffer = TraceBuffer(settings.FIX_BUFFER_SECONDS)
    atexit.register(buffer.close)
    return buffer

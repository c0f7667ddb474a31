"""The trace of units: a partition for each day, made ahead and dropped when its time is over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

TABLE = "dispatch_position"
AHEAD_DAYS = 3
_PREFIX = f"{TABLE}_d"


def keep_trace(now: datetime) -> int:
    """Make the partitions of the days ahead, and forget days older than they are kept; returns how many."""
    today = now.astimezone(UTC).date()
    dropped = 0
    with transaction.atomic(), connection.cursor() as cursor:
        # Who reads the whole table (a backup) must not make all fixes wait behind us: another turn will do.
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        # One at a time: the other finds everything done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('trace', 0))")
        there = set(_list_days(cursor))
        for number in range(AHEAD_DAYS + 1):
            day = today + timedelta(days=number)
            if day not in there:
                _make(cursor, day)
        oldest = today - timedelta(days=settings.TRACE_DAYS)
        for day in sorted(there):
            if day < oldest:
                cursor.execute(f"DROP TABLE {_name(day)}")
                dropped += 1
        cursor.execute(f"DELETE FROM {TABLE}_other WHERE at < %s", [_begin(oldest)])  # noqa: S608
        return dropped


def _list_days(cursor: CursorWrapper) -> Iterator[date]:
    cursor.execute(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        " WHERE i.inhparent = %s::regclass",
        [TABLE],
    )
    for (name,) in cursor.fetchall():
        if name.startswith(_PREFIX):
            yield datetime.strptime(name.removeprefix(_PREFIX), "%Y%m%d").replace(tzinfo=UTC).date()


def _make(cursor: CursorWrapper, day: date) -> None:
    """Make a day's partition; what came in before it was there lies among the others and moves over."""
    first, end, name = _begin(day), _begin(day + timedelta(days=1)), _name(day)
    cursor.execute(f"CREATE TABLE {name} (LIKE {TABLE})")
    cursor.execute(
        f"WITH moved AS (DELETE FROM {TABLE}_other WHERE at >= %s AND at < %s RETURNING *)"  # noqa: S608
        f" INSERT INTO {name} SELECT * FROM moved",
        [first, end],
    )
    cursor.execute(f"ALTER TABLE {TABLE} ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{end}')")


def _name(day: date) -> str:
    return f"{_PREFIX}{day:%Y%m%d}"


def _begin(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat()

"""Whether a unit was on duty at an instant: off duty nobody keeps where it is. Its way is its crew's way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from dispatch.models import UnitState
from dispatch.services.fix_sense import Fix

# A crew gets ready before its shift begins.
BEFORE = timedelta(minutes=10)
Span = tuple[datetime, datetime]
# Of each unit the shifts that began last before an instant: a history is not read for it.
_NEWEST = """
    SELECT asked.unit_id, shift.starts_at, shift.ends_at
    FROM unnest(%s::uuid[], %s::timestamptz[]) AS asked (unit_id, until)
    CROSS JOIN LATERAL (
        SELECT starts_at, ends_at FROM dispatch_shift
        WHERE unit_id = asked.unit_id AND starts_at <= asked.until
        ORDER BY starts_at DESC LIMIT 4
    ) AS shift
    ORDER BY shift.starts_at DESC
"""


def list_on_duty(said: Mapping[UUID, tuple[UnitState, Sequence[Fix]]]) -> dict[UUID, list[Fix]]:
    """List of each unit's fixes those of times on duty.

    That is within a shift, or after the last one while the unit is still out.
    """
    newest = _list_newest({key: max(fix.at for fix in fixes) for key, (_, fixes) in said.items()})
    return {key: _choose(state, fixes, newest[key]) for key, (state, fixes) in said.items()}


def _choose(state: UnitState, fixes: Sequence[Fix], newest: Sequence[Span]) -> list[Fix]:
    first = min(fix.at for fix in fixes)
    # The shifts that touch these times, else the one that began last before them.
    spans = [(start - BEFORE, end) for start, end in newest if end >= first] or list(newest[:1])
    is_out = state.activity != UnitState.Activity.OFF_DUTY
    began = max((start for start, _ in spans), default=None)
    return [fix for fix in fixes if _is_within(spans, fix.at) or (is_out and _is_after(began, fix.at))]


def _list_newest(until: Mapping[UUID, datetime]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [list(until), [at + BEFORE for at in until.values()]])
        for unit_id, start, end in cursor.fetchall():
            found[unit_id].append((start, end))
    return found


def _is_within(spans: Iterable[Span], at: datetime) -> bool:
    return any(start <= at <= end for start, end in spans)


def _is_after(began: datetime | None, at: datetime) -> bool:
    """A unit that is out although no shift was ever planned is on duty all the same."""
    return began is None or at >= began

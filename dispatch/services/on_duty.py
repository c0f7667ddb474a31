"""Whether a unit was on duty at an instant: off duty nobody keeps where it is. Its way is its crew's way."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Shift, UnitState
from dispatch.services.fix_sense import Fix

# A crew gets ready before its shift begins.
BEFORE = timedelta(minutes=10)
_HOUSE = Caller.system()


def list_on_duty(state: UnitState, fixes: Iterable[Fix]) -> list[Fix]:
    """List the fixes of times on duty: within a shift, or after the last one while the unit is still out."""
    listed = list(fixes)
    if not listed:
        return []
    first, last = min(fix.at for fix in listed), max(fix.at for fix in listed)
    spans = _list_shifts(state.unit_id, first, last)
    is_out = state.activity != UnitState.Activity.OFF_DUTY
    began = max((start for start, _ in spans), default=None)
    return [fix for fix in listed if _is_within(spans, fix.at) or (is_out and _is_after(began, fix.at))]


def _list_shifts(unit_id: UUID, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """List the shifts that touch these times, and the one that began last before them."""
    rows = Shift.objects.of(_HOUSE).filter(unit=unit_id, starts_at__lte=last + BEFORE)
    newest = rows.order_by("-starts_at").values_list("starts_at", "ends_at")[:4]
    return [(start - BEFORE, end) for start, end in newest if end >= first] or list(newest[:1])


def _is_within(spans: Iterable[tuple[datetime, datetime]], at: datetime) -> bool:
    return any(start <= at <= end for start, end in spans)


def _is_after(began: datetime | None, at: datetime) -> bool:
    """A unit that is out although no shift was ever planned is on duty all the same."""
    return began is None or at >= began

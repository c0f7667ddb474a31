"""A unit that fails for good: what it was to do is planned again, with others."""

from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Stop, StopState
from dispatch.services.stages import Heard, follow_stops

FAULT = "unit_fault"
_HOUSE = Caller.system()


def clear_unit(unit_id: UUID, now: datetime) -> list[Heard]:
    """Take everything planned off a unit, its locks with it; the caller holds the area's lock."""
    planned = Stop.objects.of(_HOUSE).filter(unit=unit_id, state=StopState.PLANNED)
    requests = list(planned.filter(request__isnull=False).values_list("request_id", flat=True))
    planned.delete()
    return follow_stops([key for key in requests if key is not None], now, FAULT)

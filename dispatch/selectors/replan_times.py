"""How long events wait for the plan that answers them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import F

from accounts.callers import Caller
from dispatch.models import Plan

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReplanTimes:
    """From the first event a plan answers to the plan, in seconds of the human clock."""

    count: int
    p50_s: float
    p95_s: float


def find_replan_times(caller: Caller, wall: datetime, span: timedelta = HOUR) -> ReplanTimes | None:
    """Measure the plans published lately; None when none was."""
    rows = Plan.objects.of(caller).filter(made_at__gt=wall - span, wanted_at__isnull=False)
    spans = rows.values_list(F("made_at") - F("wanted_at"), flat=True)
    waits = sorted(waited.total_seconds() for waited in spans)
    if not waits:
        return None
    return ReplanTimes(len(waits), _quantile(waits, 0.5), _quantile(waits, 0.95))


def _quantile(ordered: list[float], share: float) -> float:
    """Return the least value that so large a share does not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]

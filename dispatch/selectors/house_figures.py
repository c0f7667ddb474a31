"""How the house stands at this moment, by its rows: for whoever watches it, and for its own page."""

from dataclasses import dataclass
from datetime import datetime

from accounts.callers import Caller
from dispatch.models import OPEN, ChargeRequest, Plan, ReplanWanted, ServiceArea, UnitState
from dispatch.selectors.documents.eta_quality import EtaQuality
from dispatch.selectors.eta_quality import find_quarter_hour_quality
from dispatch.selectors.replan_times import ReplanTimes, find_replan_times
from dispatch.selectors.units import is_stale


@dataclass(frozen=True, slots=True)
class HouseFigures:
    """What the caller's part of the house looks like; seconds of plans are of the world, waits human."""

    open_requests: int
    units: int
    stale_units: int
    replans_waiting: int
    longest_wait_s: float
    plan_age_s: float
    replans: ReplanTimes | None
    arrivals: EtaQuality | None


def get_house_figures(caller: Caller, now: datetime, wall: datetime) -> HouseFigures:
    """Look at the rows."""
    states = list(UnitState.objects.of(caller))
    waiting = [row for row in ReplanWanted.objects.of(caller) if row.wanted > row.done]
    return HouseFigures(
        open_requests=ChargeRequest.objects.of(caller).filter(status__in=OPEN).count(),
        units=len(states),
        stale_units=sum(is_stale(state, wall) for state in states),
        replans_waiting=len(waiting),
        longest_wait_s=max(((wall - (row.urgent_at or wall)).total_seconds() for row in waiting), default=0),
        plan_age_s=_plan_age(caller, now),
        replans=find_replan_times(caller, wall),
        arrivals=find_quarter_hour_quality(caller, now),
    )


def _plan_age(caller: Caller, now: datetime) -> float:
    ages = [0.0]
    for area in ServiceArea.objects.of(caller):
        running = Plan.objects.of(caller).filter(area=area, version=area.plan_version)
        published = running.values_list("published_at", flat=True).first()
        if published is not None:
            ages.append((now - published).total_seconds())
    return max(ages)

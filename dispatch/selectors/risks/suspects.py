"""Whom to look at: in a fleet of hundreds most go as planned, and the database can say so by itself.

Looked at is who shows a sign (late, silent, paused, low, planned late), who has a risk already, and a share
of the others each time, so that nobody is out of sight for long.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery

from accounts.callers import Caller
from dispatch.models import (
    LIVE,
    ChargingSession,
    Promise,
    ServiceArea,
    Stop,
    StopState,
    Unit,
    UnitState,
)
from dispatch.models.charger import FAULTED
from dispatch.selectors.risks.means import BEHIND_WH
from dispatch.selectors.risks.works import NOT_CHARGING, SUSPENDED
from dispatch.selectors.units import STALE

# A sign is smaller than any risk.
SLIP, NEXT, DOORS = timedelta(seconds=60), timedelta(minutes=15), timedelta(hours=2)
WRAPUP = timedelta(minutes=3)
# Of the rest, one in so many is looked at each time; a time is so long.
SHARES, TURN_S = 16, 2
_HOUSE = Caller.system()
_STATE = ChargingSession.State
_PAUSED = (_STATE.SUSPENDED_EV, _STATE.SUSPENDED_EVSE)


def list_suspects(
    area: ServiceArea,
    known_units: Collection[UUID],
    known_requests: Collection[UUID],
    now: datetime,
    wall: datetime,
) -> set[UUID]:
    """List the units to look at now."""
    live = Stop.objects.of(_HOUSE).filter(unit__area=area, state__in=LIVE)
    signs = _late(now) | _low(now) | _idle(now) | Q(request__in=known_requests)
    signed = live.annotate(told_p50=_told("arrival_p50"), told_p90=_told("arrival_p90"))
    planned_late = Q(state=StopState.PLANNED, start_at__gt=_PLANNED_LATE)
    # Doors open and close by a clock of their own.
    behind_doors = Q(request__site__hours__isnull=False, start_at__lt=now + DOORS)
    found = set(signed.filter(signs | planned_late | behind_doors).values_list("unit_id", flat=True))
    fleet = Unit.objects.of(_HOUSE).filter(area=area, in_service=True)
    silent = Q(state__seen_at__lt=wall - STALE) & ~Q(state__activity=UnitState.Activity.OFF_DUTY)
    found |= set(
        fleet.filter(silent | Q(charger__state__status=FAULTED)).values_list("id", flat=True),
    )
    turn = int(wall.timestamp()) // TURN_S % SHARES
    found |= {key for key in fleet.values_list("id", flat=True) if key.int % SHARES == turn}
    return found | set(known_units)


def _late(now: datetime) -> Q:
    """What should have begun or ended, or is expected later than planned."""
    waits = Q(state=StopState.PLANNED, depart_at__lt=now - SLIP)
    drives = Q(state=StopState.DISPATCHED) & (
        Q(arrive_at__lt=now - SLIP)
        | Q(unit__state__next_arrival_at__gt=F("arrive_at") + SLIP)
        | Q(departed_at__gt=F("depart_at") + SLIP)
    )
    stands = Q(state=StopState.ARRIVED) & (
        Q(arrived_at__gt=F("arrive_at") + SLIP) | Q(arrived_at__lte=now - NOT_CHARGING)
    )
    works = Q(state=StopState.WORKING) & (
        Q(flow_ends_at__gt=F("end_at") - WRAPUP)
        | Q(end_at__lt=now + WRAPUP)
        | Q(arrived_at__gt=F("arrive_at") + SLIP)
    )
    return waits | drives | stands | works


def _low(now: datetime) -> Q:
    """Less in the pack than what comes next reckons with."""
    begins = Q(state__in=(StopState.DISPATCHED, StopState.ARRIVED)) | Q(
        state=StopState.PLANNED, depart_at__lt=now + NEXT
    )
    works = Q(state=StopState.WORKING, kind=Stop.Kind.SERVE)
    return (begins & Q(pack_before_wh__gt=F("unit__state__pack_wh") + BEHIND_WH)) | (
        works & Q(pack_after_wh__gt=F("unit__state__pack_wh") + BEHIND_WH)
    )


def _idle(now: datetime) -> Q:
    """At a car where nothing flows, or no more."""
    sessions = ChargingSession.objects.of(_HOUSE).filter(stop=OuterRef("id"))
    flows = sessions.filter(Q(energy_wh__gt=0) | Q(state=_STATE.CHARGING))
    paused = sessions.filter(ended_at__isnull=True, state__in=_PAUSED, started_at__lte=now - SUSPENDED)
    return Q(state=StopState.WORKING) & (~Exists(flows) | Exists(paused))


def _told(name: str) -> Subquery:
    rows = Promise.objects.of(_HOUSE).filter(request=OuterRef("request")).order_by("-version")
    return Subquery(rows.values(name)[:1])


# The planner may use half of the promised margin: beyond, the plan itself is the sign.
_MARGIN = ExpressionWrapper(F("told_p90") - F("told_p50"), output_field=DurationField())
_PLANNED_LATE = ExpressionWrapper(F("told_p50") + _MARGIN * 0.6, output_field=DateTimeField())

"""A unit that stands at its stop has arrived, also when nobody says so; who leaves it unfinished is noticed.

What a crew says counts first: it has time to say it. Both are kept: the event's actor is the house, its
cause names the geofence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import DispatchError
from dispatch.models import UNDER_WAY, Stop, StopState, Unit, UnitState
from dispatch.routing_bridge.places import measure_m
from dispatch.services.actors import SYSTEM
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.stops import Report, arrive_at_stop

ARRIVED, LEFT = "geofence.arrived", "geofence.left"
# Within so far of a stop a unit is at it; farther than that it has left. Between the two nothing changes.
INSIDE_M, OUTSIDE_M = 60.0, 250.0
STANDING_MPS = 2.0
# So long it must have stood there by its own time, and by ours, so that a crew can say it first.
WORLD_DWELL, WALL_DWELL = timedelta(seconds=90), timedelta(seconds=20)
_HOUSE = Caller.system()
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit with its newest fix."""

    unit: Unit
    state: UnitState
    at: datetime
    lat: float
    lon: float
    speed_mps: float


def watch_fences(seen: Sequence[Seen], now: datetime, wall: datetime) -> None:
    """Notice arrivals nobody has told, and units that have left what they began."""
    # Inside a car park fixes are too poor to say where a unit stands.
    by_unit = {one.unit.id: one for one in seen if one.unit.mobility == Unit.Mobility.ROAD}
    stops = Stop.objects.of(_HOUSE).filter(unit__in=by_unit.keys(), state__in=UNDER_WAY)
    for stop in stops.only("unit_id", "state", "lat", "lon", "departed_at"):
        _watch_fence(by_unit[stop.unit_id], stop, now, wall)


def _watch_fence(seen: Seen, stop: Stop, now: datetime, wall: datetime) -> None:
    metres = measure_m(seen.lat, seen.lon, stop.lat, stop.lon)
    if stop.state == StopState.DISPATCHED:
        _watch_arrival(seen, stop, metres, now, wall)
    elif metres > OUTSIDE_M:
        _notice_leaving(seen, stop, now)


def _watch_arrival(seen: Seen, stop: Stop, metres: float, now: datetime, wall: datetime) -> None:
    stands = metres <= INSIDE_M and seen.speed_mps <= STANDING_MPS
    state = seen.state
    if not stands:
        _remember(state, None, None)
    elif state.near_at is None or state.near_wall is None or _is_of_before(state.near_at, stop):
        _remember(state, seen.at, wall)
    elif seen.at - state.near_at >= WORLD_DWELL and wall - state.near_wall >= WALL_DWELL:
        _arrive(stop.id, state.near_at, now, wall)
        _remember(state, None, None)


def _is_of_before(near_at: datetime, stop: Stop) -> bool:
    """Say whether it stood there before it set out: for the stop before this one, at the same place."""
    return stop.departed_at is not None and near_at < stop.departed_at


def _remember(state: UnitState, at: datetime | None, wall: datetime | None) -> None:
    if (state.near_at, state.near_wall) != (at, wall):
        UnitState.objects.of(_HOUSE).filter(id=state.id).update(near_at=at, near_wall=wall)


def _arrive(stop_id: UUID, at: datetime, now: datetime, wall: datetime) -> None:
    try:
        arrive_at_stop(_HOUSE, stop_id, Report(at=at, reason=ARRIVED), now, wall)
    except DispatchError as error:
        # Its crew, or a dispatcher, was faster.
        log.info("arrival not taken", stop=str(stop_id), code=error.code)


@transaction.atomic
def _notice_leaving(seen: Seen, stop: Stop, now: datetime) -> None:
    """Tell once that a unit has left a stop that is not finished; nothing is finished for it."""
    area = lock_area(seen.unit.area_id)
    rows = Stop.objects.of(_HOUSE).filter(id=stop.id, state__in=UNDER_WAY, left_at__isnull=True)
    if not rows.exclude(state=StopState.DISPATCHED).update(left_at=seen.at):
        return
    facts = list_facts(area.id, "unit.changed", units=[seen.unit.id], cause=LEFT)
    record(area.operator_id, SYSTEM, now, facts)

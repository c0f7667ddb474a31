"""Fixes: where units are. Latest device time wins; a trace is kept; screens hear it within a tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from accounts.callers import Caller
from dispatch.broadcast.live import send_area_values, send_request_values, send_unit_values
from dispatch.errors import NotFound
from dispatch.models import Position, Stop, StopState, Unit, UnitState
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import find_travel_s
from dispatch.selectors.live_values import build_live_values

# A device's clock may be a little ahead of ours; what lies further ahead is a wrong clock.
SKEW = timedelta(seconds=5)
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Fix:
    """One position with what the device knew then."""

    at: datetime
    lat: float
    lon: float
    heading: float | None = None
    speed_mps: float = 0.0
    pack_soc: float | None = None


def record_fixes(caller: Caller, unit_id: UUID, fixes: Sequence[Fix], now: datetime, wall: datetime) -> int:
    """Take a batch of fixes; returns how many were new. Their order does not matter."""
    unit = Unit.objects.of(caller).select_related("pack", "state").filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    good = sorted((fix for fix in fixes if fix.at <= now + SKEW), key=lambda fix: fix.at)
    if not good:
        return 0
    arrival = _next_arrival(unit, good[-1], now)
    with transaction.atomic():
        # A lost fix is followed by the next one; waiting for the disk would cost more than it.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        kept = _keep(unit, good)
        _move(unit, good[-1], arrival, wall)
    _tell(unit.area_id, unit_id, now)
    return kept


def _keep(unit: Unit, fixes: list[Fix]) -> int:
    rows = [
        Position(
            operator_id=unit.operator_id,
            unit=unit,
            at=fix.at,
            lat=fix.lat,
            lon=fix.lon,
            heading=fix.heading,
            speed_mps=fix.speed_mps,
        )
        for fix in fixes
    ]
    known = Position.objects.of(_HOUSE).filter(unit=unit, at__in=[fix.at for fix in fixes]).count()
    Position.objects.of(_HOUSE).bulk_create(rows, ignore_conflicts=True)
    return len(rows) - known


def _move(unit: Unit, fix: Fix, arrival: datetime | None, wall: datetime) -> None:
    """Write the state, unless a newer fix came meanwhile."""
    state = UnitState.objects.of(_HOUSE).filter(unit=unit)
    newer = state.exclude(fix_at__gte=fix.at)
    newer.update(
        lat=fix.lat,
        lon=fix.lon,
        heading=fix.heading,
        speed_mps=fix.speed_mps,
        fix_at=fix.at,
        seen_at=wall,
        next_arrival_at=arrival,
    )
    if fix.pack_soc is not None:
        level = round(fix.pack_soc * unit.pack.usable_wh)
        state.filter(pack_at__lte=fix.at).update(pack_wh=level, pack_at=fix.at)


def _next_arrival(unit: Unit, fix: Fix, now: datetime) -> datetime | None:
    """Say when a travelling unit is there: the rest of the way from this fix."""
    stops = Stop.objects.of(_HOUSE).filter(unit=unit, state=StopState.DISPATCHED)
    stop = stops.first()
    if stop is None:
        return None
    seconds = find_travel_s(unit.profile, build_place(fix.lat, fix.lon), build_place(stop.lat, stop.lon))
    if seconds is None:
        return unit.state.next_arrival_at
    return max(fix.at + timedelta(seconds=seconds), now)


def _tell(area_id: UUID, unit_id: UUID, now: datetime) -> None:
    values = build_live_values(unit_id, now)
    send_area_values(area_id, values.for_area)
    send_unit_values(unit_id, values.for_area)
    for request_id, heard in values.for_requests.items():
        send_request_values(request_id, heard)

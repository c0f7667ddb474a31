"""Fixes: where units are. Latest device time wins; a trace is kept; screens hear it within a tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.callers import Caller
from dispatch.broadcast.live import send_area_values, send_request_values, send_unit_values
from dispatch.errors import NotFound
from dispatch.models import Position, Stop, StopState, Unit, UnitState
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import find_travel_s
from dispatch.selectors.live_values import build_live_values
from dispatch.services.fix_sense import (
    SKEW,
    Fix,
    Sorted,
    Spot,
    list_usable,
    read_doubts,
    sort_out,
    write_doubts,
)
from dispatch.services.geofence import Seen, watch_fence
from dispatch.services.lateness import DRIFT, count_drifts
from dispatch.services.on_duty import list_on_duty
from dispatch.services.replans import want_replan
from dispatch.services.trace_buffer import keep_positions

__all__ = ["DRIFT", "SKEW", "Fix", "record_fixes"]

_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """When a travelling unit is expected at the stop it drives to."""

    stop: UUID
    planned: datetime
    at: datetime
    told: int


def record_fixes(caller: Caller, unit_id: UUID, fixes: Sequence[Fix], now: datetime, wall: datetime) -> int:
    """Take a batch of fixes; returns how many were new. Their order does not matter."""
    unit = Unit.objects.of(caller).select_related("pack", "state").filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    usable = list_usable(fixes, now)
    if not usable:
        return 0
    said = _sort_out(unit.state, list_on_duty(unit.state, usable))
    newest = said.good[-1] if said.good else None
    arrival = None if newest is None else _expect(unit, newest, now)
    with transaction.atomic():
        # A lost fix is followed by the next one; waiting for the disk would cost more than it.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        kept = _keep(unit, said.good)
        _write(unit, _News(said, newest, _find_level(usable), arrival), wall)
    if newest is not None:
        watch_fence(Seen(unit, newest.at, newest.lat, newest.lon, newest.speed_mps), now, wall)
    _tell(unit.area_id, unit_id, now)
    return kept


def _sort_out(state: UnitState, fixes: Sequence[Fix]) -> Sorted:
    last = None if state.fix_at is None else Spot(state.fix_at, state.lat, state.lon)
    return sort_out(fixes, last, read_doubts(state.doubts))


def _find_level(fixes: Sequence[Fix]) -> Fix | None:
    """Find the newest that says what is in the pack. That is nobody's way: it counts off duty, too."""
    return next((fix for fix in reversed(fixes) if fix.pack_soc is not None), None)


@dataclass(frozen=True, slots=True)
class _News:
    """What a batch says: what is believed of it, the newest place, the newest level, the next arrival."""

    said: Sorted
    newest: Fix | None
    level: Fix | None
    arrival: "_Arrival | None"


def _keep(unit: Unit, fixes: Sequence[Fix]) -> int:
    """Keep the trace; returns how many were new."""
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
    newest = unit.state.fix_at
    late = [fix.at for fix in fixes if newest is not None and fix.at <= newest]
    known = Position.objects.of(_HOUSE).filter(unit=unit, at__in=late).count() if late else 0
    keep_positions(rows)
    return len(rows) - known


def _write(unit: Unit, news: _News, wall: datetime) -> None:
    """Write what is newer than what is known; crews write the same row, so it is locked first."""
    state = UnitState.objects.of(_HOUSE).select_for_update().get(unit=unit)
    state.doubts = write_doubts(news.said.doubts)
    fix = news.newest
    if fix is not None and (state.fix_at is None or state.fix_at < fix.at):
        state.lat, state.lon = fix.lat, fix.lon
        state.heading, state.speed_mps = fix.heading, fix.speed_mps
        state.fix_at, state.seen_at = fix.at, wall
        _expect_arrival(unit, state, news.arrival, wall)
    level = news.level
    if level is not None and level.pack_soc is not None and state.pack_at <= level.at:
        state.pack_wh, state.pack_at = round(level.pack_soc * unit.pack.usable_wh), level.at
    state.save(update_fields=_FIELDS)


_FIELDS = [
    "lat",
    "lon",
    "heading",
    "speed_mps",
    "fix_at",
    "seen_at",
    "next_arrival_at",
    "pack_wh",
    "pack_at",
    "doubts",
]


def _expect_arrival(unit: Unit, state: UnitState, arrival: _Arrival | None, wall: datetime) -> None:
    """Keep the expected arrival, if the unit still drives there; it may have arrived meanwhile."""
    if arrival is None or not _drives(unit).filter(id=arrival.stop).exists():
        return
    state.next_arrival_at = arrival.at
    slipped = count_drifts(arrival.at - arrival.planned, arrival.told)
    if slipped != arrival.told:
        _drives(unit).filter(id=arrival.stop).update(slipped=slipped)
        want_replan(unit.area_id, "eta.drifted", wall)


def _drives(unit: Unit) -> QuerySet[Stop]:
    return Stop.objects.of(_HOUSE).filter(unit=unit, state=StopState.DISPATCHED)


def _expect(unit: Unit, fix: Fix, now: datetime) -> _Arrival | None:
    """Say when a travelling unit is there: the rest of the way from this fix."""
    stop = _drives(unit).first()
    if stop is None:
        return None
    seconds = find_travel_s(unit.profile, build_place(fix.lat, fix.lon), build_place(stop.lat, stop.lon))
    if seconds is None:
        return None
    there = max(fix.at + timedelta(seconds=seconds), now)
    return _Arrival(stop.id, stop.arrive_at, there, stop.slipped)


def _tell(area_id: UUID, unit_id: UUID, now: datetime) -> None:
    values = build_live_values(unit_id, now)
    send_area_values(area_id, values.for_area)
    send_unit_values(unit_id, values.for_area)
    for request_id, heard in values.for_requests.items():
        send_request_values(request_id, heard)

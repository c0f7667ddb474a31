"""Fixes: where units are. Latest device time wins; a trace is kept; screens hear it within a tick.

What many units say at about the same moment is taken together: so many statements for all of them, and one
message for each area.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.callers import Caller
from dispatch.broadcast.live import send_values
from dispatch.errors import NotFound
from dispatch.models import Position, Stop, StopState, Unit, UnitState
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import find_travel_s
from dispatch.selectors.live_values import build_live_values
from dispatch.services.charging import many
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
from dispatch.services.geofence import Seen, watch_fences
from dispatch.services.lateness import DRIFT, count_drifts
from dispatch.services.on_duty import list_on_duty
from dispatch.services.replans import want_replan
from dispatch.services.trace_buffer import keep_positions

__all__ = ["DRIFT", "SKEW", "Fix", "Said", "record_fixes", "record_many"]

_HOUSE = Caller.system()
_COLUMNS = {
    "id": "uuid",
    "lat": "float8",
    "lon": "float8",
    "heading": "float8",
    "speed_mps": "float8",
    "fix_at": "timestamptz",
    "seen_at": "timestamptz",
    "pack_wh": "integer",
    "pack_at": "timestamptz",
    "next_arrival_at": "timestamptz",
    "doubts": "jsonb",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A batch of fixes, and who says that they are this unit's."""

    caller: Caller
    unit_id: UUID
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """When a travelling unit is expected at the stop it drives to."""

    stop: UUID
    planned: datetime
    at: datetime
    told: int


@dataclass(frozen=True, slots=True)
class _News:
    """What a batch says: what is believed of it, the newest place, the newest level, the next arrival."""

    unit: Unit
    said: Sorted
    newest: Fix | None
    level: Fix | None
    arrival: _Arrival | None = None


def record_fixes(caller: Caller, unit_id: UUID, fixes: Sequence[Fix], now: datetime, wall: datetime) -> int:
    """Take a batch of fixes; returns how many were new. Their order does not matter."""
    (taken,) = record_many([Said(caller, unit_id, tuple(fixes))], now, wall)
    if isinstance(taken, Exception):
        raise taken
    return taken


def record_many(said: Sequence[Said], now: datetime, wall: datetime) -> list[int | NotFound]:
    """Take batches of several units; says of each how many were new, or that there is no such unit."""
    answers: dict[int, int | NotFound] = {}
    rest = dict(enumerate(said))
    while rest:
        # A unit that speaks twice is heard twice, one after the other.
        lot = {one.unit_id: index for index, one in reversed(rest.items())}
        heard = _record_lot([rest[index] for index in lot.values()], now, wall)
        answers |= zip(lot.values(), heard, strict=True)
        rest = {index: one for index, one in rest.items() if index not in answers}
    return [answers[index] for index in range(len(said))]


def _record_lot(said: Sequence[Said], now: datetime, wall: datetime) -> list[int | NotFound]:
    units = _find_units(said)
    usable = {one.unit_id: list_usable(one.fixes, now) for one in said if one.unit_id in units}
    news = _read_news(units, {key: fixes for key, fixes in usable.items() if fixes}, now)
    kept: Mapping[UUID, int] = {}
    if news:
        with transaction.atomic():
            # A lost fix is followed by the next one; waiting for the disk would cost more than it.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
            kept = _keep(news)
            states = _write(news, wall)
        watch_fences(
            [
                Seen(one.unit, states[one.unit.id], fix.at, fix.lat, fix.lon, fix.speed_mps)
                for one in news
                if (fix := one.newest) is not None
            ],
            now,
            wall,
        )
        _tell([one.unit.id for one in news], now)
    return [kept.get(one.unit_id, 0) if one.unit_id in units else NotFound() for one in said]


def _find_units(said: Iterable[Said]) -> dict[UUID, Unit]:
    """Find the units these callers may speak for."""
    rows = Unit.objects.of(_HOUSE).select_related("pack", "state")
    units = rows.in_bulk([one.unit_id for one in said])
    return {
        one.unit_id: units[one.unit_id]
        for one in said
        if one.unit_id in units and _may_speak(one.caller, units[one.unit_id])
    }


def _may_speak(caller: Caller, unit: Unit) -> bool:
    """Of a unit's own device it is known without asking again; of everybody else their scope says it."""
    if caller.drives(unit.id):
        return caller.operator_id == unit.operator_id
    return Unit.objects.of(caller).filter(id=unit.id).exists()


def _read_news(units: Mapping[UUID, Unit], usable: Mapping[UUID, list[Fix]], now: datetime) -> list[_News]:
    if not usable:
        return []
    on_duty = list_on_duty({key: (units[key].state, fixes) for key, fixes in usable.items()})
    said = {key: _sort_out(units[key].state, fixes) for key, fixes in on_duty.items()}
    driving = _drives(key for key, one in said.items() if one.good)
    stops = {stop.unit_id: stop for stop in driving.only("unit_id", "lat", "lon", "arrive_at", "slipped")}
    news = []
    for key, sorted_ in said.items():
        newest = sorted_.good[-1] if sorted_.good else None
        arrival = None if newest is None else _expect(units[key], newest, stops.get(key), now)
        news.append(_News(units[key], sorted_, newest, _find_level(usable[key]), arrival))
    return news


def _sort_out(state: UnitState, fixes: Sequence[Fix]) -> Sorted:
    last = None if state.fix_at is None else Spot(state.fix_at, state.lat, state.lon)
    return sort_out(fixes, last, read_doubts(state.doubts))


def _find_level(fixes: Sequence[Fix]) -> Fix | None:
    """Find the newest that says what is in the pack. That is nobody's way: it counts off duty, too."""
    return next((fix for fix in reversed(fixes) if fix.pack_soc is not None), None)


def _keep(news: Iterable[_News]) -> dict[UUID, int]:
    """Keep the traces; returns of each unit how many fixes were new."""
    rows, counts, late = [], {}, set[tuple[UUID, datetime]]()
    for one in news:
        unit, newest = one.unit, one.unit.state.fix_at
        counts[unit.id] = len(one.said.good)
        late |= {(unit.id, fix.at) for fix in one.said.good if newest is not None and fix.at <= newest}
        rows += [
            Position(
                operator_id=unit.operator_id,
                unit=unit,
                at=fix.at,
                lat=fix.lat,
                lon=fix.lon,
                heading=fix.heading,
                speed_mps=fix.speed_mps,
            )
            for fix in one.said.good
        ]
    for key, at in _list_known(late):
        counts[key] -= (key, at) in late
    keep_positions(rows)
    return counts


def _list_known(late: Iterable[tuple[UUID, datetime]]) -> list[tuple[UUID, datetime]]:
    """List which of these are kept already; the rest came late, and is new all the same."""
    asked = list(late)
    if not asked:
        return []
    rows = Position.objects.of(_HOUSE).filter(
        unit__in={key for key, _ in asked}, at__in={at for _, at in asked}
    )
    return list(rows.values_list("unit_id", "at"))


def _write(news: Sequence[_News], wall: datetime) -> dict[UUID, UnitState]:
    """Write what is newer than what is known; crews write the same rows, so they are locked first."""
    # In the order in which everybody locks several.
    rows = UnitState.objects.of(_HOUSE).select_for_update().order_by("unit_id")
    states = {state.unit_id: state for state in rows.filter(unit__in=[one.unit.id for one in news])}
    # They may have arrived meanwhile.
    driving = _drives(one.unit.id for one in news if one.arrival is not None)
    still = set(driving.values_list("id", flat=True))
    slipped: dict[UUID, int] = {}
    for one in news:
        state = states[one.unit.id]
        state.doubts = write_doubts(one.said.doubts)
        fix = one.newest
        if fix is not None and (state.fix_at is None or state.fix_at < fix.at):
            state.lat, state.lon = fix.lat, fix.lon
            state.heading, state.speed_mps = fix.heading, fix.speed_mps
            state.fix_at, state.seen_at = fix.at, wall
            if one.arrival is not None and one.arrival.stop in still:
                state.next_arrival_at = one.arrival.at
                slipped |= _count_slips(one.arrival)
        level = one.level
        if level is not None and level.pack_soc is not None and state.pack_at <= level.at:
            state.pack_wh, state.pack_at = round(level.pack_soc * one.unit.pack.usable_wh), level.at
    values = [tuple(getattr(state, name) for name in _COLUMNS) for state in states.values()]
    many.update("dispatch_unitstate", _COLUMNS, values)
    _want_plans(news, slipped, wall)
    return states


def _count_slips(arrival: _Arrival) -> dict[UUID, int]:
    slips = count_drifts(arrival.at - arrival.planned, arrival.told)
    return {} if slips == arrival.told else {arrival.stop: slips}


def _want_plans(news: Iterable[_News], slipped: Mapping[UUID, int], wall: datetime) -> None:
    for stop, slips in slipped.items():
        Stop.objects.of(_HOUSE).filter(id=stop, state=StopState.DISPATCHED).update(slipped=slips)
    areas = {one.unit.area_id for one in news if one.arrival is not None and one.arrival.stop in slipped}
    for area_id in sorted(areas):
        want_replan(area_id, "eta.drifted", wall)


def _drives(units: Iterable[UUID]) -> QuerySet[Stop]:
    return Stop.objects.of(_HOUSE).filter(unit__in=list(units), state=StopState.DISPATCHED)


def _expect(unit: Unit, fix: Fix, stop: Stop | None, now: datetime) -> _Arrival | None:
    """Say when a travelling unit is there: the rest of the way from this fix."""
    if stop is None:
        return None
    seconds = find_travel_s(unit.profile, build_place(fix.lat, fix.lon), build_place(stop.lat, stop.lon))
    if seconds is None:
        return None
    there = max(fix.at + timedelta(seconds=seconds), now)
    return _Arrival(stop.id, stop.arrive_at, there, stop.slipped)


def _tell(units: Sequence[UUID], now: datetime) -> None:
    for area_id, values in build_live_values(units, now).items():
        send_values(area_id, values)

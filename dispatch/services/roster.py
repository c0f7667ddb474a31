"""Shifts are made from the roster, a day and a half ahead; units come on and off duty by them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.models import RosterLine, ServiceArea, Shift, Stop, StopState, UnitState
from dispatch.selectors.render import iso
from dispatch.services.actors import SYSTEM
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan

AHEAD = timedelta(hours=36)
_HOUSE = Caller.system()


def extend_shifts(area: ServiceArea, now: datetime, wall: datetime) -> int:
    """Make the shifts of the coming day and a half that are not there yet."""
    lines = RosterLine.objects.of(_HOUSE).filter(unit__area=area).select_related("unit")
    wanted = [shift for line in lines for shift in _shifts(line, area, now)]
    known = set(
        Shift.objects.of(_HOUSE)
        .filter(unit__area=area, ends_at__gt=now - timedelta(days=1))
        .values_list("unit", "starts_at")
    )
    new = [shift for shift in wanted if (shift.unit_id, shift.starts_at) not in known]
    if new:
        with transaction.atomic():
            Shift.objects.of(_HOUSE).bulk_create(new)
            want_replan(area.id, "shifts.changed", wall)
    return len(new)


def _shifts(line: RosterLine, area: ServiceArea, now: datetime) -> Iterator[Shift]:
    zone = ZoneInfo(area.time_zone)
    today = now.astimezone(zone).date()
    for day in range(-1, 3):
        start = _local(today + timedelta(days=day), line, zone)
        end = start + timedelta(seconds=line.duration_s)
        if end > now and start < now + AHEAD:
            yield Shift(
                operator_id=line.operator_id,
                unit_id=line.unit_id,
                crew_id=line.crew_id,
                starts_at=start,
                ends_at=end,
                breaks=[_pause(number, pause, start) for number, pause in enumerate(line.breaks, start=1)],
            )


def _local(day: date, line: RosterLine, zone: ZoneInfo) -> datetime:
    # Through UTC: on the night the clocks change, a shift keeps its length and its local start.
    return datetime.combine(day, line.starts_local, tzinfo=zone).astimezone(ZoneInfo("UTC"))


def _pause(number: int, pause: dict[str, int], start: datetime) -> dict[str, str | int]:
    return {
        "id": f"break-{number}",
        "earliest": iso(start + timedelta(seconds=pause["after_s"])),
        "latest": iso(start + timedelta(seconds=pause["before_s"])),
        "duration_s": pause["duration_s"],
    }


def turn_duty(area_id: UUID, now: datetime) -> list[UUID]:
    """Bring units on duty whose shift has begun, and off duty whose shift is over and who are home."""
    if not _turning(area_id, now):
        return []
    with transaction.atomic():
        area = lock_area(area_id)
        turned = _turning(area_id, now)
        for state, activity in turned:
            state.activity = activity
            state.save(update_fields=["activity"])
        units = [state.unit_id for state, _ in turned]
        _close_routes(units, now)
        if units:
            record(area.operator_id, SYSTEM, now, list_facts(area_id, "unit.changed", units=units))
    return units


def _turning(area_id: UUID, now: datetime) -> list[tuple[UnitState, str]]:
    activity = UnitState.Activity
    on_shift = set(
        Shift.objects.of(_HOUSE)
        .filter(unit__area=area_id, starts_at__lte=now, ends_at__gt=now)
        .values_list("unit", flat=True)
    )
    rows = UnitState.objects.of(_HOUSE).filter(unit__area=area_id, unit__in_service=True)
    turned = [
        (state, str(activity.AVAILABLE))
        for state in rows.filter(activity=activity.OFF_DUTY)
        if state.unit_id in on_shift
    ]
    over = rows.filter(activity=activity.AVAILABLE).exclude(unit__in=on_shift)
    return turned + [(state, str(activity.OFF_DUTY)) for state in over if not _has_way_home(state, now)]


def _has_way_home(state: UnitState, now: datetime) -> bool:
    """Say whether a unit whose shift is over still has a way to go."""
    stops = Stop.objects.of(_HOUSE).filter(
        unit=state.unit_id, route__shift__ends_at__lte=now, state=StopState.PLANNED, kind=Stop.Kind.HOLD
    )
    return any(stop.arrive_at > stop.depart_at for stop in stops)


def _close_routes(units: list[UUID], now: datetime) -> None:
    """Skip what is left of shifts that are over: holds of units that are home already."""
    Stop.objects.of(_HOUSE).filter(
        unit__in=units, route__shift__ends_at__lte=now, state=StopState.PLANNED, request__isnull=True
    ).update(state=StopState.SKIPPED, done_at=now)

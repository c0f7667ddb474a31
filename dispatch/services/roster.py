"""Shifts are made from the roster, a day and a half ahead."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.models import RosterLine, ServiceArea, Shift
from dispatch.selectors.render import iso
from dispatch.services.actors import SYSTEM
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan

AHEAD = timedelta(hours=36)
UTC = ZoneInfo("UTC")
_HOUSE = Caller.system()


def extend_shifts(area: ServiceArea, now: datetime, wall: datetime) -> int:
    """Make the shifts of the coming day and a half that are not there yet; returns how many."""
    if not _list_new(area, now):
        return 0
    with transaction.atomic():
        lock_area(area.id)
        new = _list_new(area, now)
        if not new:
            return 0
        Shift.objects.bulk_create(new)
        want_replan(area.id, "shifts.changed", wall)
        units = sorted({shift.unit_id for shift in new})
        record(area.operator_id, SYSTEM, now, list_facts(area.id, "unit.changed", units=units))
    return len(new)


def _list_new(area: ServiceArea, now: datetime) -> list[Shift]:
    """List wanted shifts that meet no shift of their unit: those by hand stand, too."""
    lines = RosterLine.objects.of(_HOUSE).filter(unit__area=area).order_by("unit", "starts_local")
    taken = _taken(area, now)
    new: list[Shift] = []
    for shift in sorted((s for line in lines for s in _shifts(line, area, now)), key=lambda s: s.starts_at):
        spans = taken.setdefault(shift.unit_id, [])
        if all(shift.ends_at <= start or end <= shift.starts_at for start, end in spans):
            spans.append((shift.starts_at, shift.ends_at))
            new.append(shift)
    return new


def _taken(area: ServiceArea, now: datetime) -> dict[UUID, list[tuple[datetime, datetime]]]:
    rows = Shift.objects.of(_HOUSE).filter(unit__area=area, ends_at__gt=now - timedelta(days=1))
    taken: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for unit, start, end in rows.values_list("unit", "starts_at", "ends_at"):
        taken.setdefault(unit, []).append((start, end))
    return taken


def _shifts(line: RosterLine, area: ServiceArea, now: datetime) -> Iterator[Shift]:
    zone = ZoneInfo(area.time_zone)
    today = now.astimezone(zone).date()
    for day in range(-2, 3):
        start, end = _span(today + timedelta(days=day), line, zone)
        if start < end and end > now and start < now + AHEAD:
            yield Shift(
                operator_id=line.operator_id,
                unit_id=line.unit_id,
                crew_id=line.crew_id,
                starts_at=start,
                ends_at=end,
                breaks=[_pause(number, pause, start) for number, pause in enumerate(line.breaks, start=1)],
            )


def _span(day: date, line: RosterLine, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both ends by the clock on the wall, as a roster means it.

    On the night the clocks change a shift is an hour shorter or longer, and the next still begins where
    it ends.
    """
    start = datetime.combine(day, line.starts_local)
    end = start + timedelta(seconds=line.duration_s)
    return start.replace(tzinfo=zone).astimezone(UTC), end.replace(tzinfo=zone).astimezone(UTC)


def _pause(number: int, pause: dict[str, int], start: datetime) -> dict[str, str | int]:
    """A break is counted in hours of work since the start, whatever the clocks say."""
    return {
        "id": f"break-{number}",
        "earliest": iso(start + timedelta(seconds=pause["after_s"])),
        "latest": iso(start + timedelta(seconds=pause["before_s"])),
        "duration_s": pause["duration_s"],
    }

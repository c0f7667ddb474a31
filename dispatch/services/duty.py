"""Units come on duty when a shift begins, and off duty when it is over and they are home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.models import Shift, Stop, StopState, UnitState
from dispatch.services.actors import SYSTEM
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts

ACTIVITY = UnitState.Activity
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the hour asks for: units to turn, and left-over stops of shifts that are over."""

    on: list[UUID]
    off: list[UUID]
    left_over: list[Stop]

    def __bool__(self) -> bool:
        return bool(self.on or self.off or self.left_over)


def turn_duty(area_id: UUID, now: datetime) -> list[UUID]:
    """Turn the duty of units whose shift began or is over; returns whom it concerned."""
    if not _find_turn(area_id, now):
        return []
    with transaction.atomic():
        area = lock_area(area_id)
        turn = _find_turn(area_id, now)
        _set(turn.on, ACTIVITY.AVAILABLE)
        _set(turn.off, ACTIVITY.OFF_DUTY)
        for stop in turn.left_over:
            stop.state, stop.done_at = StopState.SKIPPED, now
        Stop.objects.of(_HOUSE).bulk_update(turn.left_over, ["state", "done_at"])
        units = sorted({*turn.on, *turn.off, *(stop.unit_id for stop in turn.left_over)})
        if units:
            record(area.operator_id, SYSTEM, now, list_facts(area_id, "unit.changed", units=units))
    return units


def _set(units: list[UUID], activity: str) -> None:
    if units:
        UnitState.objects.of(_HOUSE).filter(unit__in=units).update(activity=activity)


def _find_turn(area_id: UUID, now: datetime) -> _Turn:
    present = Shift.objects.of(_HOUSE).filter(unit__area=area_id, starts_at__lte=now, ends_at__gt=now)
    on_shift = set(present.values_list("unit", flat=True))
    rows = UnitState.objects.of(_HOUSE).filter(unit__area=area_id, unit__in_service=True)
    states = dict(rows.values_list("unit", "activity"))
    left_over = list(_list_left_over(area_id, now))
    out = {
        stop.unit_id for stop in left_over if stop.kind == Stop.Kind.HOLD and stop.arrive_at > stop.depart_at
    }
    idle = {unit for unit, activity in states.items() if activity == ACTIVITY.AVAILABLE}
    return _Turn(
        on=sorted(unit for unit in on_shift if states.get(unit) == ACTIVITY.OFF_DUTY),
        off=sorted(idle - on_shift - out),
        # Whoever is on duty now brings the unit home; who is home already has nothing left to do.
        left_over=[
            s for s in left_over if s.unit_id in on_shift or (s.unit_id in idle and s.unit_id not in out)
        ],
    )


def _list_left_over(area_id: UUID, now: datetime) -> Iterable[Stop]:
    """List planned stops of shifts that are over, other than promised visits: those are planned again."""
    return Stop.objects.of(_HOUSE).filter(
        request__isnull=True, route__area=area_id, state=StopState.PLANNED, route__shift__ends_at__lte=now
    )

"""What a crew does at a stop: depart, arrive, start, stop, finish, fail. Each moves the stop exactly once,
but `stop`, which ends the energy and leaves the end to the charger's last reading.

All of them take the area's lock: what is under way must not change while a plan is being written.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, NotFound
from dispatch.models import UNDER_WAY, Stop, StopState, UnitState
from dispatch.services import sessions
from dispatch.services.actors import actor_of
from dispatch.services.areas import lock_area
from dispatch.services.confirming import hold_right_car
from dispatch.services.device_time import find_instant
from dispatch.services.facts import list_facts
from dispatch.services.failures import fail
from dispatch.services.lateness import count_drifts
from dispatch.services.photos import keep_photo, read_photo
from dispatch.services.replans import want_replan
from dispatch.services.reports import keep_note
from dispatch.services.stages import Heard, follow, status_of
from dispatch.services.step import Report, Step, already, end, take_pack

__all__ = [
    "Report",
    "arrive_at_stop",
    "depart_for_stop",
    "fail_stop",
    "finish_stop",
    "start_stop",
    "stop_charge",
]

Action = Callable[[Step], str]
_HOUSE = Caller.system()
_ACTIVITY = UnitState.Activity
_WORK = {
    Stop.Kind.SERVE: _ACTIVITY.DELIVERING,
    Stop.Kind.RECHARGE: _ACTIVITY.RECHARGING,
    Stop.Kind.BREAK: _ACTIVITY.ON_BREAK,
}
_STOP_FIELDS = [
    "state",
    "departed_at",
    "arrived_at",
    "worked_from",
    "done_at",
    "reason",
    "revision",
    "slipped",
]
_STATE_FIELDS = ["activity", "next_arrival_at", "pack_wh", "pack_at"]


def depart_for_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Set out: from here on the solver leaves this stop alone."""
    _do(caller, stop_id, report, now, wall, _depart)


def arrive_at_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Be there."""
    _do(caller, stop_id, report, now, wall, _arrive)


def start_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Let energy flow (or the break begin); a car's first reading comes with it."""
    _do(caller, stop_id, report, now, wall, _start)


def stop_charge(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Have the charger end the energy; it tells its last reading itself."""
    _do(caller, stop_id, report, now, wall, _stop_charge)


def finish_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Have done it; a car's last reading comes with it."""
    _do(caller, stop_id, report, now, wall, _finish)


def fail_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Give up; why decides whether the request is planned again or over."""
    _do(caller, stop_id, report, now, wall, fail)


def _do(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime, action: Action) -> None:
    area_id = Stop.objects.of(caller).filter(id=stop_id).values_list("route__area_id", flat=True).first()
    if area_id is None:
        raise NotFound
    picture = read_photo(report.photo)
    with transaction.atomic():
        area = lock_area(area_id)
        step = _begin(caller, stop_id, report, now, wall)
        step.photo = keep_photo(caller, step, picture)
        type_ = action(step)
        take_pack(step)
        drifts = _drifts(step)
        step.stop.revision += 1
        step.stop.save(update_fields=_STOP_FIELDS)
        step.state.save(update_fields=_STATE_FIELDS)
        keep_note(caller, step.stop, report, step.at)
        heard = [*step.heard, *_follow(step)]
        if type_ in ("stop.done", "stop.failed") or drifts:
            want_replan(area.id, type_, wall)
        facts = list_facts(area.id, type_, requests=heard, units=[step.stop.unit_id], cause=report.reason)
        record(area.operator_id, actor_of(caller), now, facts)


def _begin(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> Step:
    rows = Stop.objects.of(caller).select_related(
        "request", "unit__pack", "unit__charger", "unit__state", "plug"
    )
    stop = rows.filter(id=stop_id).first()
    if stop is None:
        # A plan that was published a moment ago does without it.
        raise NotFound
    # Fixes write this row without the area's lock.
    state = UnitState.objects.of(_HOUSE).select_for_update().get(unit=stop.unit_id)
    return Step(stop, state, report, find_instant(stop, report.at, now), wall)


def _follow(step: Step) -> list[Heard]:
    """Let the request follow its stop, unless its end was decided with it."""
    stop = step.stop
    if stop.request is None or stop.state == StopState.FAILED:
        return []
    return follow(stop.request, status_of(stop.state, told=True), step.at)


def _drifts(step: Step) -> bool:
    """Say whether the plan after this stop fits no more, late or early; what fixes told is not told again."""
    stop = step.stop
    if stop.state not in (StopState.DISPATCHED, StopState.ARRIVED):
        return False
    arrival = step.state.next_arrival_at or stop.arrived_at
    told, slip = stop.slipped, timedelta() if arrival is None else arrival - stop.arrive_at
    stop.slipped = count_drifts(slip, told)
    return stop.slipped != told


def _depart(step: Step) -> str:
    stop = step.stop
    _expect(stop, StopState.PLANNED)
    others = Stop.objects.of(_HOUSE).filter(unit=stop.unit_id)
    under_way = others.filter(state__in=UNDER_WAY).first()
    if under_way is not None:
        raise Conflict("not_next", "Another stop of this unit is under way.", stop=str(under_way.id))
    before = others.filter(route=stop.route_id, state=StopState.PLANNED, position__lt=stop.position)
    first = before.order_by("position").first()
    if first is not None:
        raise Conflict("not_next", "Another stop comes before this one.", stop=str(first.id))
    stop.state, stop.departed_at = StopState.DISPATCHED, step.at
    step.state.activity = _ACTIVITY.TRAVELLING
    step.state.next_arrival_at = step.at + (stop.arrive_at - stop.depart_at)
    sessions.close_outlet(stop, step.wall)
    return "stop.dispatched"


def _arrive(step: Step) -> str:
    stop = step.stop
    _expect(stop, StopState.DISPATCHED)
    stop.state, stop.arrived_at = StopState.ARRIVED, step.at
    step.state.next_arrival_at = None
    step.state.activity = _ACTIVITY.ON_SITE
    sessions.open_outlet(stop, step.wall)
    if stop.kind == Stop.Kind.HOLD:
        # Home again: there is nothing to do there.
        return end(step, StopState.DONE, _ACTIVITY.AVAILABLE)
    return "stop.arrived"


def _start(step: Step) -> str:
    stop = step.stop
    _expect(stop, StopState.ARRIVED)
    hold_right_car(step)
    # From here on its end is what may slip.
    stop.state, stop.worked_from, stop.slipped = StopState.WORKING, step.at, 0
    sessions.begin_work(step, step.wall)
    step.state.activity = _WORK[Stop.Kind(stop.kind)]
    return "stop.working"


def _stop_charge(step: Step) -> str:
    _expect(step.stop, StopState.WORKING)
    sessions.end_flow(step.stop, step.wall)
    return "stop.stopping"


def _finish(step: Step) -> str:
    stop = step.stop
    _expect(stop, StopState.WORKING)
    sessions.end_work(step)
    return end(step, StopState.DONE, _ACTIVITY.AVAILABLE)


def _expect(stop: Stop, state: StopState) -> None:
    if stop.state != state:
        raise already(stop)

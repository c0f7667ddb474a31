"""What a crew does at a stop: depart, arrive, start, finish, fail. Each moves the stop exactly once.

All of them take the area's lock: what is under way must not change while a plan is being written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, Invalid, NotFound
from dispatch.models import UNDER_WAY, ChargeRequest, Status, Stop, StopState, UnitState
from dispatch.services import sessions
from dispatch.services.actors import actor_of
from dispatch.services.areas import lock_area
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan
from dispatch.services.stages import OF_STOP, reach

_HOUSE = Caller.system()
_NO_SHOW = ("no_show", "car_gone")
_OVER = ("cancelled_on_site", "ev_refuses", "wrong_car", "unsafe")


@dataclass(frozen=True, slots=True)
class Report:
    """What a crew says with an action."""

    at: datetime | None = None
    meter_wh: int | None = None
    car_soc: float | None = None
    pack_soc: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One action on a stop within its transaction."""

    stop: Stop
    state: UnitState
    report: Report
    at: datetime


def depart_for_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Set out: from here on the solver leaves this stop alone."""
    _do(caller, stop_id, report, now, wall, _depart)


def arrive_at_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Be there."""
    _do(caller, stop_id, report, now, wall, _arrive)


def start_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Let energy flow (or the break begin); a car's first reading comes with it."""
    _do(caller, stop_id, report, now, wall, _start)


def finish_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Have done it; a car's last reading comes with it."""
    _do(caller, stop_id, report, now, wall, _finish)


def fail_stop(caller: Caller, stop_id: UUID, report: Report, now: datetime, wall: datetime) -> None:
    """Give up; why decides whether the request is planned again or over."""
    _do(caller, stop_id, report, now, wall, _fail)


def _do(
    caller: Caller,
    stop_id: UUID,
    report: Report,
    now: datetime,
    wall: datetime,
    action: Callable[[_Step], str],
) -> None:
    area_id = Stop.objects.of(caller).filter(id=stop_id).values_list("route__area_id", flat=True).first()
    if area_id is None:
        raise NotFound
    with transaction.atomic():
        area = lock_area(area_id)
        stop = (
            Stop.objects.of(caller).select_related("request", "unit__pack", "unit__charger").get(id=stop_id)
        )
        state = UnitState.objects.of(_HOUSE).select_for_update().get(unit=stop.unit_id)
        step = _Step(stop, state, report, _instant(stop, report, now))
        type_ = action(step)
        _take_pack(step)
        stop.revision += 1
        stop.save()
        state.save()
        requests = _move_request(step)
        if type_ in ("stop.done", "stop.failed"):
            want_replan(area.id, type_, wall)
        facts = list_facts(area.id, type_, requests=requests, units=[stop.unit_id], cause=report.reason)
        record(area.operator_id, actor_of(caller), now, facts)


def _instant(stop: Stop, report: Report, now: datetime) -> datetime:
    """Take the device's time when it can be true: not in the future, not before what came before."""
    before = stop.worked_from or stop.arrived_at or stop.departed_at
    at = report.at or now
    at = now if at > now else at
    return max(at, before) if before is not None else at


def _depart(step: _Step) -> str:
    stop = step.stop
    _expect(stop, StopState.PLANNED)
    others = Stop.objects.of(_HOUSE).filter(unit=stop.unit_id)
    if others.filter(state__in=UNDER_WAY).exists():
        raise Conflict("stop_under_way", "Another stop of this unit is under way.")
    before = others.filter(route=stop.route_id, state=StopState.PLANNED, position__lt=stop.position)
    if before.exists():
        raise Conflict("not_next", "Another stop comes before this one.")
    stop.state, stop.departed_at = StopState.DISPATCHED, step.at
    step.state.activity = UnitState.Activity.TRAVELLING
    step.state.next_arrival_at = step.at + (stop.arrive_at - stop.depart_at)
    return "stop.dispatched"


def _arrive(step: _Step) -> str:
    stop = step.stop
    _expect(stop, StopState.DISPATCHED)
    stop.state, stop.arrived_at = StopState.ARRIVED, step.at
    step.state.next_arrival_at = None
    step.state.activity = UnitState.Activity.ON_SITE
    if stop.kind == Stop.Kind.HOLD:
        # Home again: there is nothing to do there.
        return _end(step, StopState.DONE, UnitState.Activity.AVAILABLE)
    return "stop.arrived"


_WORK = {
    Stop.Kind.SERVE: UnitState.Activity.DELIVERING,
    Stop.Kind.RECHARGE: UnitState.Activity.RECHARGING,
    Stop.Kind.BREAK: UnitState.Activity.ON_BREAK,
}


def _start(step: _Step) -> str:
    stop = step.stop
    _expect(stop, StopState.ARRIVED)
    if stop.kind == Stop.Kind.SERVE:
        sessions.open_session(stop, step.at, _meter(step), step.report.car_soc)
    stop.state, stop.worked_from = StopState.WORKING, step.at
    step.state.activity = _WORK[Stop.Kind(stop.kind)]
    return "stop.working"


def _finish(step: _Step) -> str:
    stop = step.stop
    _expect(stop, StopState.WORKING)
    if stop.kind == Stop.Kind.SERVE:
        sessions.close_session(stop, step.at, _meter(step), step.report.car_soc)
    return _end(step, StopState.DONE, UnitState.Activity.AVAILABLE)


def _fail(step: _Step) -> str:
    if step.stop.state not in (StopState.PLANNED, *UNDER_WAY):
        raise _already(step.stop)
    if not step.report.reason:
        raise Invalid("reason_missing", "Say why.", path="reason")
    if step.stop.state == StopState.WORKING and step.stop.kind == Stop.Kind.SERVE:
        sessions.close_session(step.stop, step.at, _meter(step), step.report.car_soc)
    step.stop.reason = step.report.reason
    broken = step.report.reason == "unit_fault"
    idle = UnitState.Activity.OUT_OF_SERVICE if broken else UnitState.Activity.AVAILABLE
    return _end(step, StopState.FAILED, idle)


def _end(step: _Step, state: StopState, activity: str) -> str:
    step.stop.state, step.stop.done_at = state, step.at
    step.state.activity, step.state.next_arrival_at = activity, None
    return "stop.done" if state == StopState.DONE else "stop.failed"


def _expect(stop: Stop, state: StopState) -> None:
    if stop.state != state:
        raise _already(stop)


def _already(stop: Stop) -> Conflict:
    return Conflict("not_in_that_state", f"The stop is {stop.state}.", state=stop.state)


def _meter(step: _Step) -> int:
    if step.report.meter_wh is None:
        raise Invalid("meter_missing", "The charger's meter reading is needed.", path="meter_wh")
    return step.report.meter_wh


def _take_pack(step: _Step) -> None:
    if step.report.pack_soc is not None and step.at >= step.state.pack_at:
        step.state.pack_wh = round(step.report.pack_soc * step.stop.unit.pack.usable_wh)
        step.state.pack_at = step.at


def _move_request(step: _Step) -> list[tuple[UUID, str]]:
    """Let the request follow its stop; returns what its driver hears."""
    request = step.stop.request
    if request is None:
        return []
    if step.stop.state == StopState.FAILED:
        return [(request.id, _after_failure(request, step))]
    heard = []
    status = OF_STOP[StopState(step.stop.state)]
    if status == Status.EN_ROUTE and Status.ASSIGNED not in request.stage_at:
        # It set out before the sweep told the driver which unit comes: both are true now.
        reach(request, Status.ASSIGNED, step.at)
        heard.append((request.id, str(Status.ASSIGNED)))
    reach(request, status, step.at)
    return [*heard, (request.id, str(status))]


def _after_failure(request: ChargeRequest, step: _Step) -> str:
    reason = step.report.reason
    if reason in _NO_SHOW:
        reach(request, Status.NO_SHOW, step.at, reason)
    elif reason in _OVER:
        reach(request, Status.FAILED, step.at, reason)
    else:
        # The fault is ours: what is left is planned again.
        reach(request, Status.BOOKED, step.at, reason)
        return "updated"
    return str(request.status)

"""A stop that fails: whose fault it is decides whether its request is over or planned again."""

from accounts.callers import Caller
from dispatch.errors import Conflict, Invalid
from dispatch.models import UNDER_WAY, Status, Stop, StopState, UnitState
from dispatch.services import sessions
from dispatch.services.charging import interlock
from dispatch.services.faults import FAULT, clear_unit
from dispatch.services.stages import Heard, end_request, follow
from dispatch.services.step import Step, already, end

_HOUSE = Caller.system()
NO_SHOW = ("no_show", "car_gone")
OVER = ("cancelled_on_site", "ev_refuses", "wrong_car", "unsafe")


def fail(step: Step) -> str:
    """Give a stop up; the unit is free for other work, unless the unit itself is at fault."""
    stop, reason = step.stop, step.report.reason
    if stop.state not in (StopState.PLANNED, *UNDER_WAY):
        raise already(stop)
    if not reason:
        raise Invalid("reason_missing", "Say why.", path="reason")
    broken = reason == FAULT
    if broken and stop.state == StopState.PLANNED and _other_under_way(stop):
        raise Conflict("not_next", "Report the fault at the stop that is under way.")
    if stop.state == StopState.WORKING:
        interlock.stop_charging(stop, reason, step.wall)
        sessions.break_off(step)
    stop.reason = reason
    type_ = _end(step, broken=broken)
    # Stored first: what is planned for the unit is looked up again below.
    stop.save(update_fields=["state"])
    step.heard += _settle_request(step)
    if broken:
        step.heard += clear_unit(stop.unit_id, step.at)
    return type_


def _end(step: Step, *, broken: bool) -> str:
    if broken:
        return end(step, StopState.FAILED, UnitState.Activity.OUT_OF_SERVICE)
    if step.stop.state == StopState.PLANNED:
        # What the unit does now is not touched by what it will not do later.
        step.stop.state, step.stop.done_at = StopState.FAILED, step.at
        return "stop.failed"
    return end(step, StopState.FAILED, UnitState.Activity.AVAILABLE)


def _other_under_way(stop: Stop) -> bool:
    return Stop.objects.of(_HOUSE).filter(unit=stop.unit_id, state__in=UNDER_WAY).exists()


def _settle_request(step: Step) -> list[Heard]:
    request, reason = step.stop.request, step.report.reason
    if request is None:
        return []
    if reason in NO_SHOW:
        return end_request(request, Status.NO_SHOW, step.at, reason)
    if reason in OVER:
        return end_request(request, Status.FAILED, step.at, reason)
    # The fault is ours: what is left is planned again.
    return follow(request, Status.BOOKED, step.at, reason) or [(request.id, "updated")]

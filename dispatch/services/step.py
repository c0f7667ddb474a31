"""One action on a stop within its transaction: what was said, what it does to stop and unit."""

from dataclasses import dataclass, field
from datetime import datetime

from dispatch.errors import Conflict, Invalid
from dispatch.models import Attachment, Stop, StopState, UnitState
from dispatch.services.stages import Heard


@dataclass(frozen=True, slots=True)
class Report:
    """What a crew says with an action."""

    at: datetime | None = None
    meter_wh: int | None = None
    car_soc: float | None = None
    pack_soc: float | None = None
    reason: str = ""
    note: str = ""
    plate: str = ""
    pin: str = ""
    photo: str = ""


@dataclass(slots=True)
class Step:
    """A stop and its unit's state, both locked; `heard` is what drivers hear of it."""

    stop: Stop
    state: UnitState
    report: Report
    at: datetime
    wall: datetime
    heard: list[Heard] = field(default_factory=list)
    photo: Attachment | None = None


def end(step: Step, state: StopState, activity: str) -> str:
    """Be done with a stop that was under way; returns the event's type."""
    step.stop.state, step.stop.done_at = state, step.at
    step.state.activity, step.state.next_arrival_at = activity, None
    return "stop.done" if state == StopState.DONE else "stop.failed"


def already(stop: Stop) -> Conflict:
    """Say that an action does not fit the stop's state; a repeated one never does."""
    return Conflict("not_in_that_state", f"The stop is {stop.state}.", state=stop.state)


def read_meter(step: Step) -> int:
    """Return the meter reading that must come with the action."""
    if step.report.meter_wh is None:
        raise Invalid("meter_missing", "The charger's meter reading is needed.", path="meter_wh")
    return step.report.meter_wh


def take_pack(step: Step) -> None:
    """Take the pack's level, unless a newer one is known."""
    if step.report.pack_soc is not None and step.at >= step.state.pack_at:
        step.state.pack_wh = round(step.report.pack_soc * step.stop.unit.pack.usable_wh)
        step.state.pack_at = step.at

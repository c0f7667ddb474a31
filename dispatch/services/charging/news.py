"""What the plan and the screens learn of a session: its power, when it ends, what is left in the pack."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.broadcast.committed import after_commit
from dispatch.broadcast.live import send_area_values, send_request_values, send_unit_values
from dispatch.models import ChargingSession, MeterReading, Stop, StopState, UnitState
from dispatch.routing_bridge.charging import find_time_left
from dispatch.selectors.charging import power_document
from dispatch.services.charging.links import Scene
from dispatch.services.facts import list_facts
from dispatch.services.replans import want_replan
from dispatch.services.tracking import DRIFT

_HOUSE = Caller.system()
# So long the power that was measured says how the rest will go.
_MEASURED = timedelta(minutes=3)
# A change smaller than this is no news.
_NOTICED = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Gain:
    """What some samples added: so much energy between two instants."""

    energy_wh: int
    since: datetime
    until: datetime


def learn(scene: Scene, session: ChargingSession, gain: Gain | None) -> None:
    """Let the unit's pack, the stop's end and the screens follow what was measured."""
    if session.ended_at is None:
        scene.state.power_w, scene.state.measured_at = session.power_w, session.read_at
    stop = session.stop
    if stop is None:
        return
    if gain is not None:
        _correct_pack(session, stop, gain)
    if stop.state == StopState.WORKING:
        _anchor(scene, session, stop)
    after_commit(_show, session, stop)


def tell_begun(scene: Scene, session: ChargingSession) -> None:
    """Tell the screens that energy may flow."""
    _tell(scene, session, "session.started")


def tell_changed(scene: Scene, session: ChargingSession) -> None:
    """Tell the screens that a session does something else now."""
    _tell(scene, session, "session.changed")


def tell_ended(scene: Scene, session: ChargingSession) -> None:
    """Tell the screens that a session is over."""
    scene.state.power_w = None
    _tell(scene, session, "session.ended")


def _tell(scene: Scene, session: ChargingSession, type_: str) -> None:
    stop = session.stop
    if stop is None:
        return
    heard: list[tuple[UUID, str]] = [] if stop.request_id is None else [(stop.request_id, "updated")]
    facts = list_facts(stop.unit.area_id, type_, requests=heard, units=[stop.unit_id])
    scene.facts.extend(facts)


def _anchor(scene: Scene, session: ChargingSession, stop: Stop) -> None:
    """Move the expected end of the energy to where the measured power puts it."""
    ends_at = session.ended_at or _expect_end(scene, session, stop)
    if ends_at is None or stop.worked_from is None:
        return
    known = stop.flow_ends_at
    if known is not None and abs(ends_at - known) < _NOTICED:
        return
    Stop.objects.of(_HOUSE).filter(id=stop.id).update(flow_ends_at=ends_at)
    stop.flow_ends_at = ends_at
    flow = stop.end_at - stop.start_at - timedelta(seconds=stop.setup_s + stop.wrapup_s)
    planned = stop.worked_from + flow
    if _slips(ends_at, planned) != _slips(known or planned, planned):
        want_replan(stop.unit.area_id, "charge.drifted", scene.wall)


def _slips(at: datetime, planned: datetime) -> int:
    """Count how many noticeable delays (or gains, below nought) lie between two instants."""
    return int((at - planned) / DRIFT)


def _expect_end(scene: Scene, session: ChargingSession, stop: Stop) -> datetime | None:
    request = stop.request
    if request is None or session.read_at is None:
        return None
    soc = session.soc_end if session.soc_end is not None else request.soc_from
    rest_wh = max(stop.energy_wh - session.energy_wh, 0)
    left = find_time_left(request.vehicle, scene.charger, soc, rest_wh, _list_measured(session))
    return None if left is None else session.read_at + left


def _list_measured(session: ChargingSession) -> list[tuple[float, int]]:
    if session.read_at is None:
        return []
    rows = MeterReading.objects.of(_HOUSE).filter(
        session=session, at__gte=session.read_at - _MEASURED, power_w__gt=0, soc__isnull=False
    )
    return [(soc, power) for soc, power in rows.values_list("soc", "power_w") if soc is not None and power]


def _correct_pack(session: ChargingSession, stop: Stop, gain: Gain) -> None:
    """Take out of the pack (or into it) what the meter counted since its level was read last."""
    rows = UnitState.objects.of(_HOUSE).filter(unit=stop.unit_id)
    read_at = rows.values_list("pack_at", flat=True).get()
    if gain.until <= read_at or not gain.energy_wh:
        return
    state = rows.select_for_update().get()
    span = gain.until - gain.since
    share = min((gain.until - state.pack_at) / span, 1.0) if span else 1.0
    if share <= 0:
        return
    pct = session.charger.efficiency_pct
    flowed_wh = gain.energy_wh * share
    into_wh = flowed_wh * pct / 100 if session.pack_id else -flowed_wh * 100 / pct
    usable_wh = stop.unit.pack.usable_wh
    state.pack_wh = round(min(max(state.pack_wh + into_wh, 0), usable_wh))
    state.pack_at = gain.until
    state.save(update_fields=["pack_wh", "pack_at"])


def _show(session: ChargingSession, stop: Stop) -> None:
    """Send the live values, by the same words as the snapshots."""
    shown = power_document(session, stop)
    values = {"power": {str(stop.unit_id): shown}}
    send_area_values(stop.unit.area_id, values)
    send_unit_values(stop.unit_id, values)
    if stop.request_id is not None:
        send_request_values(stop.request_id, {"power": {"": shown}})

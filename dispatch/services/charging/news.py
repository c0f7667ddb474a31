"""What the plan and the screens learn of a session: its power, when it ends, what is left in the pack."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.broadcast.committed import after_commit
from dispatch.broadcast.live import Values, send_values
from dispatch.models import ChargingSession, MeterReading, Stop, StopState, UnitState
from dispatch.routing_bridge.charging import find_time_left
from dispatch.selectors.charging import power_document
from dispatch.services.charging import many
from dispatch.services.charging.links import Scene
from dispatch.services.facts import list_facts
from dispatch.services.lateness import count_drifts
from dispatch.services.replans import want_replan

_HOUSE = Caller.system()
# So long the power that was measured says how the rest will go.
_MEASURED = timedelta(minutes=3)
# A change smaller than this is no news.
_NOTICED = timedelta(seconds=5)
_PACK = {"unit_id": "uuid", "pack_wh": "integer", "pack_at": "timestamptz"}


@dataclass(frozen=True, slots=True)
class Gain:
    """What some samples added: so much energy between two instants."""

    energy_wh: int
    since: datetime
    until: datetime


def learn(scene: Scene, session: ChargingSession, gain: Gain | None) -> None:
    """Let the unit's pack, the stop's end and the screens follow what was measured."""
    note_power(scene, session)
    stop = session.stop
    if stop is None:
        return
    if gain is not None:
        correct_packs([(session, gain)])
    anchor(session, stop, scene.wall)
    after_commit(show, [session])


def note_power(scene: Scene, session: ChargingSession) -> None:
    """Let the charger's state say what it gives now."""
    if session.ended_at is None:
        scene.state.power_w, scene.state.measured_at = session.power_w, session.read_at


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


def anchor(session: ChargingSession, stop: Stop, wall: datetime) -> None:
    """Move the expected end of the energy to where the measured power puts it."""
    if stop.state != StopState.WORKING or stop.worked_from is None:
        return
    ends_at = session.ended_at or _expect_end(session, stop)
    if ends_at is None:
        return
    known = stop.flow_ends_at
    if known is not None and abs(ends_at - known) < _NOTICED:
        return
    flow = stop.end_at - stop.start_at - timedelta(seconds=stop.setup_s + stop.wrapup_s)
    slipped = count_drifts(ends_at - (stop.worked_from + flow), stop.slipped)
    if slipped != stop.slipped:
        want_replan(stop.unit.area_id, "charge.drifted", wall)
    stop.flow_ends_at, stop.slipped = ends_at, slipped
    Stop.objects.of(_HOUSE).filter(id=stop.id).update(flow_ends_at=ends_at, slipped=slipped)


def _expect_end(session: ChargingSession, stop: Stop) -> datetime | None:
    request = stop.request
    if request is None or session.read_at is None:
        return None
    soc = session.soc_end if session.soc_end is not None else request.soc_from
    rest_wh = max(stop.energy_wh - session.energy_wh, 0)
    left = find_time_left(request.vehicle, session.charger, soc, rest_wh, _list_measured(session))
    return None if left is None else session.read_at + left


def _list_measured(session: ChargingSession) -> list[tuple[float, int]]:
    if session.read_at is None:
        return []
    rows = MeterReading.objects.of(_HOUSE).filter(
        session=session, at__gte=session.read_at - _MEASURED, power_w__gt=0, soc__isnull=False
    )
    return [(soc, power) for soc, power in rows.values_list("soc", "power_w") if soc is not None and power]


def correct_packs(gained: Sequence[tuple[ChargingSession, Gain]]) -> None:
    """Take out of packs (or into them) what the meters counted since their levels were read last."""
    stops = {session.stop_id: session.stop for session, gain in gained if gain.energy_wh}
    rows = UnitState.objects.of(_HOUSE).select_for_update(of=("self",)).order_by("unit_id")
    units = rows.filter(unit__in=[stop.unit_id for stop in stops.values() if stop is not None])
    states = {state.unit_id: state for state in units}
    corrected = [
        states[stop.unit_id]
        for session, gain in gained
        if (stop := stops.get(session.stop_id)) is not None
        and _correct_pack(session, stop, gain, states[stop.unit_id])
    ]
    values = [(state.unit_id, state.pack_wh, state.pack_at) for state in corrected]
    many.update("dispatch_unitstate", _PACK, values)


def _correct_pack(session: ChargingSession, stop: Stop, gain: Gain, state: UnitState) -> bool:
    span = gain.until - gain.since
    share = min((gain.until - state.pack_at) / span, 1.0) if span else 1.0
    if gain.until <= state.pack_at or not gain.energy_wh or share <= 0:
        return False
    pct = session.charger.efficiency_pct
    flowed_wh = gain.energy_wh * share
    into_wh = flowed_wh * pct / 100 if session.pack_id else -flowed_wh * 100 / pct
    usable_wh = stop.unit.pack.usable_wh
    state.pack_wh = round(min(max(state.pack_wh + into_wh, 0), usable_wh))
    state.pack_at = gain.until
    return True


def show(sessions: Sequence[ChargingSession]) -> None:
    """Send the live values, by the same words as the snapshots; an area's in one message."""
    areas: defaultdict[UUID, dict[tuple[str, UUID], Values]] = defaultdict(dict)
    for session in sessions:
        stop = session.stop
        if stop is None:
            continue
        shown = power_document(session, stop)
        unit_id, area_id = stop.unit_id, stop.unit.area_id
        heard = areas[area_id]
        heard.setdefault(("area", area_id), {"power": {}})["power"][str(unit_id)] = shown
        heard["unit", unit_id] = {"power": {str(unit_id): shown}}
        if stop.request_id is not None:
            heard["request", stop.request_id] = {"power": {"": shown}}
    for area_id, values in areas.items():
        send_values(area_id, values)

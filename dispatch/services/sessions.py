"""Charging sessions at a stop: a charger that speaks reads for itself, else the crew reads for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from accounts.callers import Caller
from dispatch.errors import Conflict, Invalid
from dispatch.models import Attachment, Charger, ChargerState, ChargingSession, Flag, MeterReading, Stop
from dispatch.services.charging import interlock
from dispatch.services.charging.transactions import close_unheard
from dispatch.services.step import Step, read_meter

# Two readings of one session are never of the same instant.
TICK = timedelta(milliseconds=1)
_HOUSE = Caller.system()
_STATE = ChargingSession.State


@dataclass(frozen=True, slots=True)
class _Read:
    """What a crew read, and what the session is then."""

    at: datetime
    meter_wh: int
    car_soc: float | None
    state: str
    photo: Attachment | None = None


def close_outlet(stop: Stop, wall: datetime) -> None:
    """While a unit travels, its charger is not to be used."""
    charger = stop.unit.charger
    if is_listening(charger):
        interlock.set_available(charger, available=False, why="unit_travels", wall=wall)


def open_outlet(stop: Stop, wall: datetime) -> None:
    """Where a car is waiting, it is."""
    charger = stop.unit.charger
    if stop.kind == Stop.Kind.SERVE and is_listening(charger):
        interlock.set_available(charger, available=True, why="unit_arrived", wall=wall)


def begin_work(step: Step, wall: datetime) -> None:
    """Let energy flow: told to a charger that listens, read by hand at one that does not."""
    charger = find_charger(step.stop)
    if charger is not None and is_listening(charger):
        interlock.allow(step.stop, charger, wall)
    elif step.stop.kind == Stop.Kind.SERVE:
        open_session(step.stop, step.at, read_meter(step), step.report.car_soc)


def end_flow(stop: Stop, wall: datetime) -> None:
    """Have the charger end what flows, where it listens."""
    charger = find_charger(stop)
    if charger is None or not is_listening(charger):
        raise Conflict("charger_silent", "The charger does not listen: stop it by hand and read its meter.")
    interlock.stop_charging(stop, "crew_stops", wall)


def end_work(step: Step) -> None:
    """Hold that a visit is not done without an end reading: the charger's, or the crew's in its place."""
    stop = step.stop
    still_open = list(ChargingSession.objects.of(_HOUSE).filter(stop=stop, ended_at__isnull=True))
    if not still_open:
        _hold_some_session(stop)
        return
    for session in still_open:
        if session.charger.speaks and step.report.meter_wh is None:
            raise Conflict("session_running", "The charger has not told its last reading yet.")
        if session.charger.speaks and step.photo is None:
            raise Invalid("photo_missing", "A reading in the charger's place needs a photo.", path="photo")
        close_session(step, session)


def break_off(step: Step) -> None:
    """End what is open at a visit that failed, as it was read last; a true end that comes corrects it."""
    for session in ChargingSession.objects.of(_HOUSE).filter(stop=step.stop, ended_at__isnull=True):
        if session.charger.speaks and step.report.meter_wh is None:
            close_unheard(session, step.at)
        else:
            break_off_session(session, step.at, step.report.meter_wh, step.report.car_soc)


def find_charger(stop: Stop) -> Charger | None:
    """Find the charger that works at a stop: the unit's own at a car, the plug's at a recharge."""
    if stop.kind == Stop.Kind.SERVE:
        return stop.unit.charger
    if stop.kind != Stop.Kind.RECHARGE:
        return None
    return Charger.objects.of(_HOUSE).filter(plug=stop.plug_id).first()


def is_listening(charger: Charger) -> bool:
    """Say whether a charger has a line to us at this moment."""
    rows = ChargerState.objects.of(_HOUSE).filter(charger=charger, link__isnull=False)
    return charger.speaks and rows.exists()


def open_session(stop: Stop, at: datetime, meter_wh: int, car_soc: float | None) -> None:
    """Begin a session with the register as it stands; it never stands lower than it did."""
    assert stop.request_id is not None, "a serve stop has a request: the database holds it"
    charger = stop.unit.charger
    before = (
        ChargingSession.objects.of(_HOUSE).filter(charger=charger).aggregate(wh=Max("meter_end_wh"))["wh"]
    )
    _hold_forwards(meter_wh, before or 0)
    session = ChargingSession(
        operator_id=stop.operator_id,
        request_id=stop.request_id,
        charger=charger,
        stop=stop,
        state=_STATE.CHARGING,
        started_at=at,
        meter_start_wh=meter_wh,
        soc_start=car_soc,
        flags=[Flag.CREW_READING] if charger.speaks else [],
    )
    session.save(force_insert=True)
    _keep_reading(session, _Read(at, meter_wh, car_soc, _STATE.CHARGING))


def close_session(step: Step, session: ChargingSession) -> None:
    """End a session by a crew's reading; a register that went backwards is refused, nothing is invented."""
    meter_wh = read_meter(step)
    _hold_forwards(meter_wh, session.meter_end_wh or session.meter_start_wh)
    if session.charger.speaks:
        session.mark(Flag.CREW_READING)
        # Its own end, when it is told, counts before this one.
        session.mark(Flag.END_MISSING)
    read = _Read(
        max(step.at, session.started_at + TICK), meter_wh, step.report.car_soc, _STATE.FINISHING, step.photo
    )
    _end(session, read)


def break_off_session(
    session: ChargingSession, at: datetime, meter_wh: int | None, car_soc: float | None
) -> None:
    """End a session of a visit that failed; a meter nobody can read stands where it was read last."""
    last = session.readings.aggregate(wh=Max("register_wh"))["wh"]
    register = last if meter_wh is None else meter_wh
    _hold_forwards(register, session.meter_start_wh)
    _end(session, _Read(max(at, session.started_at + TICK), register, car_soc, _STATE.FAULTED))


def _hold_some_session(stop: Stop) -> None:
    """A car is not served without a session; a pack may be, at a plug that tells nothing."""
    if stop.kind == Stop.Kind.SERVE and not ChargingSession.objects.of(_HOUSE).filter(stop=stop).exists():
        raise Conflict("session_missing", "No energy has flowed here: say why, then it is given up.")


def _hold_forwards(meter_wh: int, before_wh: int) -> None:
    if meter_wh < before_wh:
        raise Invalid("meter_went_backwards", f"It stood at {before_wh} Wh before.", path="meter_wh")


def _end(session: ChargingSession, read: _Read) -> None:
    session.state = read.state
    session.ended_at, session.meter_end_wh, session.soc_end = read.at, read.meter_wh, read.car_soc
    session.energy_wh, session.power_w = read.meter_wh - session.meter_start_wh, None
    session.save(
        update_fields=["state", "ended_at", "meter_end_wh", "soc_end", "energy_wh", "power_w", "flags"]
    )
    _keep_reading(session, read)


def _keep_reading(session: ChargingSession, read: _Read) -> None:
    MeterReading(
        operator_id=session.operator_id,
        session=session,
        at=read.at,
        said_at=read.at,
        register_wh=read.meter_wh,
        soc=read.car_soc,
        source="crew",
        photo=read.photo,
    ).save(force_insert=True)

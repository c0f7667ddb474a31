"""Charging sessions from a crew's readings, until chargers speak for themselves."""

from datetime import datetime, timedelta

from django.db.models import Max

from accounts.callers import Caller
from dispatch.errors import Invalid
from dispatch.models import ChargingSession, MeterReading, Stop

# Two readings of one session are never of the same instant.
TICK = timedelta(milliseconds=1)
_HOUSE = Caller.system()


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
        state=ChargingSession.State.CHARGING,
        started_at=at,
        meter_start_wh=meter_wh,
        soc_start=car_soc,
    )
    session.save(force_insert=True)
    _keep_reading(session, at, meter_wh, car_soc)


def close_session(stop: Stop, at: datetime, meter_wh: int, car_soc: float | None) -> None:
    """End a session; a register that went backwards is refused, nothing is invented."""
    session = ChargingSession.objects.of(_HOUSE).get(stop=stop)
    _hold_forwards(meter_wh, session.meter_start_wh)
    _end(session, max(at, session.started_at + TICK), meter_wh, car_soc, ChargingSession.State.FINISHING)


def break_off_session(stop: Stop, at: datetime, meter_wh: int | None, car_soc: float | None) -> None:
    """End a session of a visit that failed; a meter nobody can read stands where it was read last."""
    session = ChargingSession.objects.of(_HOUSE).get(stop=stop)
    last = session.readings.aggregate(wh=Max("register_wh"))["wh"]
    register = last if meter_wh is None else meter_wh
    _hold_forwards(register, session.meter_start_wh)
    _end(session, max(at, session.started_at + TICK), register, car_soc, ChargingSession.State.FAULTED)


def _hold_forwards(meter_wh: int, before_wh: int) -> None:
    if meter_wh < before_wh:
        raise Invalid("meter_went_backwards", f"It stood at {before_wh} Wh before.", path="meter_wh")


def _end(session: ChargingSession, at: datetime, meter_wh: int, car_soc: float | None, state: str) -> None:
    session.state = state
    session.ended_at, session.meter_end_wh, session.soc_end = at, meter_wh, car_soc
    session.save(update_fields=["state", "ended_at", "meter_end_wh", "soc_end"])
    _keep_reading(session, at, meter_wh, car_soc)


def _keep_reading(session: ChargingSession, at: datetime, meter_wh: int, car_soc: float | None) -> None:
    MeterReading(
        operator_id=session.operator_id,
        session=session,
        at=at,
        register_wh=meter_wh,
        soc=car_soc,
        source="crew",
    ).save(force_insert=True)

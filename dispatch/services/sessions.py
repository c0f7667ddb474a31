"""Charging sessions from a crew's readings, until chargers speak for themselves."""

from datetime import datetime

from accounts.callers import Caller
from dispatch.errors import Invalid
from dispatch.models import ChargingSession, MeterReading, Stop

_HOUSE = Caller.system()


def open_session(stop: Stop, at: datetime, meter_wh: int, car_soc: float | None) -> None:
    """Begin a session with the register as it stands."""
    assert stop.request_id is not None, "a serve stop has a request: the database holds it"
    session = ChargingSession(
        operator_id=stop.operator_id,
        request_id=stop.request_id,
        charger=stop.unit.charger,
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
    if meter_wh < session.meter_start_wh:
        raise Invalid(
            "meter_went_backwards", f"The session began at {session.meter_start_wh} Wh.", path="meter_wh"
        )
    session.state = ChargingSession.State.FINISHING
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

"""A second look at sessions: from the frames themselves, and by other code than counted them first."""

import json
from collections.abc import Iterator
from typing import Any

from accounts.callers import Caller
from dispatch.models import ChargingSession, Flag, OcppMessage

_HOUSE = Caller.system()
_REGISTER = "Energy.Active.Import.Register"
# With these, the registers at begin and end alone do not say what was delivered.
_NOT_PLAIN = {
    str(flag) for flag in (Flag.NO_START, Flag.END_MISSING, Flag.REPLACED, Flag.ROLLOVER, Flag.BACKWARDS)
}
_BEGINS, _ENDS = ("StartTransaction", "Started"), ("StopTransaction", "Ended")


def list_contradictions() -> Iterator[str]:
    """Say of which sessions the frames tell another energy, or of readings no frame tells."""
    rows = ChargingSession.objects.of(_HOUSE).filter(messages__isnull=False).distinct()
    for session in rows.prefetch_related("readings").iterator(chunk_size=500):
        yield from _look_at(session)


def _look_at(session: ChargingSession) -> Iterator[str]:
    told = [_read(json.loads(frame)) for frame in _list_frames(session)]
    registers = {register for _, found in told for register in found}
    for reading in session.readings.all():
        if reading.source == "charger" and reading.register_wh not in {None, *registers}:
            yield f"session {session.id}: no frame tells of {reading.register_wh} Wh"
    if session.ended_at is None or not _NOT_PLAIN.isdisjoint(session.flags):
        return
    begins = [found[0] for kind, found in told if kind in _BEGINS and found]
    ends = [found[-1] for kind, found in told if kind in _ENDS and found]
    if begins and ends and ends[0] - begins[0] != session.energy_wh:
        yield f"session {session.id}: {session.energy_wh} Wh, its frames say {ends[0] - begins[0]} Wh"


def _list_frames(session: ChargingSession) -> list[str]:
    rows = OcppMessage.objects.of(_HOUSE).filter(session=session, ours=False, answer__startswith="[3")
    return list(rows.order_by("id").values_list("frame", flat=True))


def _read(frame: list[Any]) -> tuple[str, list[int]]:
    """Return what a frame tells of, and the registers in it, the last one last."""
    action, payload = frame[2], frame[3]
    values = payload.get("meterValue") or payload.get("transactionData") or []
    registers = [wh for value in values for wh in map(_register, value["sampledValue"]) if wh is not None]
    own = [payload[name] for name in ("meterStart", "meterStop") if name in payload]
    return payload.get("eventType", action), [*registers, *own]


def _register(value: dict[str, Any]) -> int | None:
    if value.get("measurand", _REGISTER) != _REGISTER or value.get("format") == "SignedData":
        return None
    unit = value.get("unitOfMeasure") or {}
    thousands = 1_000 if value.get("unit", unit.get("unit")) == "kWh" else 1
    return round(float(value["value"]) * thousands * float(10 ** unit.get("multiplier", 0)))

"""Sampled values of both versions as samples of ours: units and phases are taken out of them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from ocpp.exceptions import FormatViolationError

from dispatch.services.charging.reports import Sample

Value = Mapping[str, Any]
REGISTER, POWER, OFFERED, SOC = (
    "Energy.Active.Import.Register",
    "Power.Active.Import",
    "Power.Offered",
    "SoC",
)
# A register this high is a broken one; it must not break us.
_MOST = 2**53
_MOST_W = 2**31


def parse_time(text: str) -> datetime:
    """Read an instant; one without a zone is UTC, as the standard asks."""
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise FormatViolationError(details={"cause": "not an instant of ISO 8601"}) from None


def read_samples(meter_values: Iterable[Value]) -> tuple[Sample, ...]:
    """Read the meter values of a message."""
    return tuple(_read(value["timestamp"], value["sampledValue"]) for value in meter_values)


def read_register(number: int) -> int | None:
    """Read a register that is no sampled value."""
    return number if 0 <= number < _MOST else None


def _read(timestamp: str, sampled: list[Value]) -> Sample:
    found: dict[str, float] = {}
    signed = ""
    for value in sampled:
        measurand = value.get("measurand", REGISTER)
        signed = signed or _signed(value)
        if value.get("phase") is None and (number := _number(value)) is not None:
            found.setdefault(measurand, number)
    return Sample(
        at=parse_time(timestamp),
        register_wh=_whole(found.get(REGISTER), _MOST),
        power_w=_whole(found.get(POWER), _MOST_W),
        offered_w=_whole(found.get(OFFERED), _MOST_W),
        soc=_share(found.get(SOC)),
        signed=signed,
    )


def _number(value: Value) -> float | None:
    """Read a value in its base unit; signed data and words are no numbers."""
    if value.get("format") == "SignedData":
        return None
    try:
        number = float(value["value"])
    except (ValueError, OverflowError):
        return None
    unit = value.get("unit") or (value.get("unitOfMeasure") or {}).get("unit", "")
    exponent = (value.get("unitOfMeasure") or {}).get("multiplier", 0)
    # Beyond this no meter counts; ten to the power of a million would take the process with it.
    scale = float(10.0 ** min(max(int(exponent), -12), 12))
    return number * scale * (1_000 if str(unit).startswith("k") else 1)


def _signed(value: Value) -> str:
    if value.get("format") == "SignedData":
        return str(value["value"])
    return str((value.get("signedMeterValue") or {}).get("signedMeterData", ""))


def _whole(number: float | None, most: int) -> int | None:
    return None if number is None or not 0 <= number < most else round(number)


def _share(percent: float | None) -> float | None:
    return None if percent is None or not 0 <= percent <= 100 else round(percent / 100, 4)

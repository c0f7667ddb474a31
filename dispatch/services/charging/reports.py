"""What a charger reports, in no protocol's words."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sample:
    """What the meter (and the car) said at one instant; None is what was not said."""

    at: datetime
    register_wh: int | None = None
    power_w: int | None = None
    offered_w: int | None = None
    soc: float | None = None
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Which:
    """Which transaction is meant: our number (1.6) or the charger's own name for it (2.0.1)."""

    connector: int = 1
    number: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Begin:
    """Energy may flow: the charger has begun a transaction."""

    which: Which
    token: str
    at: datetime
    samples: tuple[Sample, ...]
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A transaction goes on; `state` is OCPP's word for what the connector does, if it was said."""

    which: Which
    at: datetime
    samples: tuple[Sample, ...]
    state: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Progress, and what makes it heard once: its own name (2.0.1), or else its readings' (1.6)."""

    progress: Progress
    key: str = ""
    said: object = None


@dataclass(frozen=True, slots=True)
class End:
    """A transaction is over; the last sample carries the register at its end."""

    which: Which
    at: datetime
    samples: tuple[Sample, ...]
    reason: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """What a charger says of itself when it boots."""

    vendor: str
    model: str
    firmware: str = ""
    reason: str = field(default="")

"""What is asked: energy into a car, at a place, in a window."""

from dataclasses import dataclass, field
from typing import Final, Literal

from routing.model.connectors import require_known
from routing.model.unit import Points, UnitKind
from routing.model.units import Kilograms, Milli, Millimetres, Seconds, Soc, WattHours, Watts
from routing.model.values import Hashed, Value, about, require, require_ordered, require_rising

STRANDED: Final = 2
NORMAL: Final = 1
FLEXIBLE: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle(Hashed):
    """The car that is charged."""

    usable_wh: WattHours = field(default=60_000, metadata=about("of its battery", minimum=1))
    soc: Soc = field(default=0.2, metadata=about("when the unit comes", minimum=0, maximum=1))
    max_dc_w: Watts = field(default=100_000, metadata=about("direct current, at the outlet", minimum=0))
    max_ac_w: Watts = field(default=11_000, metadata=about("alternating current, at the outlet", minimum=0))
    connectors: tuple[str, ...] = ("ccs2", "type2")
    voltage_v: int = field(default=400, metadata=about("of its battery", minimum=1))
    efficiency_pct: int = field(default=96, metadata=about("outlet to battery", minimum=1, maximum=100))
    curve: Points = field(
        default=(),
        metadata=about("[soc, watts] or, all at most 1, shares of max_dc_w; left out: a typical car"),
    )

    __hash__ = Hashed.__hash__

    def check(self) -> None:
        require_known(self.connectors, "connectors")
        require_rising(self.curve, "curve")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Value):
    """Energy wanted for a car, and under which conditions."""

    id: str
    place: str
    energy_wh: WattHours = field(metadata=about("at the outlet's meter", minimum=1))
    vehicle: Vehicle = field(default_factory=Vehicle)
    earliest_s: Seconds = field(default=0, metadata=about("service starts at or after"))
    latest_s: Seconds = field(default=24 * 3600, metadata=about("service starts at or before; hard"))
    finish_by_s: Seconds | None = field(default=None, metadata=about("service has ended by then; hard"))
    promise_s: Seconds | None = field(default=None, metadata=about("arrival that was promised; soft, dear"))
    priority: Literal[0, 1, 2] = field(default=NORMAL, metadata=about("2 stranded, 1 normal, 0 flexible"))
    value_milli: Milli = field(default=60_000, metadata=about("of serving it", minimum=0))
    wait_milli_per_h: Milli = field(default=0, metadata=about("price of an hour after earliest_s", minimum=0))
    setup_s: Seconds = field(default=300, metadata=about("before energy flows", minimum=0))
    wrapup_s: Seconds = field(default=240, metadata=about("after the energy has flowed", minimum=0))
    max_height_mm: Millimetres | None = field(default=None, metadata=about("of the way in", minimum=0))
    max_weight_kg: Kilograms | None = field(default=None, metadata=about("of the way in", minimum=0))
    kinds: tuple[UnitKind, ...] | None = field(default=None, metadata=about("kinds of unit admitted"))
    access: tuple[tuple[Seconds, Seconds], ...] | None = field(
        default=None, metadata=about("opening hours; the whole visit lies in one of them")
    )
    unit: str | None = field(default=None, metadata=about("locked to this unit"))
    start_s: Seconds | None = field(default=None, metadata=about("locked to start just then"))
    previous_unit: str | None = field(default=None, metadata=about("the driver was told of this one"))

    def check(self) -> None:
        late = self.latest_s < self.earliest_s
        require(not late, "latest_s", f"is {self.latest_s}, before earliest_s {self.earliest_s}")
        require_ordered(self.access or (), "access")

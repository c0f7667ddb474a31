"""A mobile charger: its pack, its charger, where it is, and when somebody works on it."""

from dataclasses import dataclass, field
from typing import Literal

from routing.model.connectors import require_known
from routing.model.units import Kilograms, Milli, Millimetres, Seconds, WattHours, Watts
from routing.model.values import Hashed, Value, about, require, require_rising

type UnitKind = Literal["van", "robot", "trolley", "portable", "trailer"]
type Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack(Hashed):
    """The battery a unit delivers from."""

    usable_wh: WattHours = field(metadata=about("between empty and full as the unit shows it", minimum=1))
    reserve_wh: WattHours = field(default=0, metadata=about("never stand anywhere with less", minimum=0))
    target_wh: WattHours = field(default=0, metadata=about("wanted at the end of a shift", minimum=0))
    max_charge_w: Watts = field(
        default=0, metadata=about("0: what empties or fills it in an hour", minimum=0)
    )
    curve: Points = field(default=(), metadata=about("[soc, watts] it takes; left out: flat"))
    inlets: tuple[str, ...] = field(default=(), metadata=about("connectors it recharges by; left out: any"))

    __hash__ = Hashed.__hash__

    def check(self) -> None:
        for name in ("reserve_wh", "target_wh"):
            within = getattr(self, name) <= self.usable_wh
            require(within, name, f"must not exceed usable_wh {self.usable_wh}, is {getattr(self, name)}")
        require_rising(self.curve, "curve")
        require_known(self.inlets, "inlets")

    @property
    def charge_limit_w(self) -> Watts:
        """The most the pack takes at any state of charge."""
        return self.max_charge_w or self.usable_wh


@dataclass(frozen=True, slots=True, kw_only=True)
class Charger(Hashed):
    """What a unit charges cars with."""

    power_w: Watts = field(metadata=about("at the outlet", minimum=1))
    efficiency_pct: int = field(default=92, metadata=about("pack to outlet", minimum=1, maximum=100))
    connectors: tuple[str, ...] = ("ccs2",)
    min_v: int = field(default=150, metadata=about("lowest voltage of a direct-current car", minimum=0))
    max_v: int = field(default=1000, metadata=about("highest voltage of a direct-current car", minimum=1))

    __hash__ = Hashed.__hash__

    def check(self) -> None:
        require_known(self.connectors, "connectors")
        require(self.min_v <= self.max_v, "min_v", f"must not exceed max_v {self.max_v}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState(Value):
    """Where and when a unit is next free, after everything that cannot be changed any more."""

    place: str
    at_s: Seconds = 0
    energy_wh: WattHours = field(metadata=about("in the pack then", minimum=0))
    plug: str | None = field(default=None, metadata=about("plugged in here, recharging"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Value):
    """A pause the crew must have; it is taken where the unit stands."""

    id: str
    earliest_s: Seconds
    latest_s: Seconds = field(metadata=about("the pause begins by then"))
    duration_s: Seconds = field(metadata=about("its length", minimum=1))

    def check(self) -> None:
        require(self.latest_s >= self.earliest_s, "latest_s", "must not lie before earliest_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Value):
    """Somebody works on the unit from start to end; back at the end place by then, or in overtime."""

    id: str
    start_s: Seconds
    end_s: Seconds
    start_place: str | None = field(default=None, metadata=about("left out: where the unit is"))
    end_place: str | None = field(default=None, metadata=about("left out: the start place"))
    overtime_s: Seconds = field(default=0, metadata=about("how long after its end at most", minimum=0))
    breaks: tuple[Break, ...] = ()

    def check(self) -> None:
        require(
            self.end_s > self.start_s, "end_s", f"ends at {self.end_s}, not after its start {self.start_s}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Value):
    """A mobile charger, as the planner sees it."""

    id: str
    kind: UnitKind = "van"
    mobility: Literal["road", "on_site", "carried", "placed"] = "road"
    profile: str = field(default="car", metadata=about("how it moves: a profile of travel"))
    site: str | None = field(default=None, metadata=about("on_site: serves only places of this site"))
    traction: Literal["shared", "separate"] = field(
        default="shared", metadata=about("shared: it also drives on its pack")
    )
    pack: Pack
    charger: Charger
    height_mm: Millimetres = field(default=0, metadata=about("loaded", minimum=0))
    weight_kg: Kilograms = field(default=0, metadata=about("loaded", minimum=0))
    drive_wh_per_km: WattHours = field(default=0, metadata=about("at the battery", minimum=0))
    consumption_pct: int = field(
        default=100, metadata=about("of drive_wh_per_km, by load and temperature", minimum=1, maximum=1000)
    )
    aux_w: Watts = field(default=0, metadata=about("while driving: heating, computers", minimum=0))
    cost_per_km_milli: Milli = field(default=400, metadata=about("of driving", minimum=0))
    cost_per_h_milli: Milli = field(default=20_000, metadata=about("of driving and serving", minimum=0))
    overtime_milli_per_h: Milli = field(default=30_000, metadata=about("after a shift's end", minimum=0))
    cost_per_use_milli: Milli = field(default=0, metadata=about("of using it in a shift at all", minimum=0))
    state: UnitState
    rest_w: Watts = field(default=0, metadata=about("into the pack between two shifts", minimum=0))
    shifts: tuple[Shift, ...] = ()

    def check(self) -> None:
        fits = self.state.energy_wh <= self.pack.usable_wh
        require(fits, "state.energy_wh", f"must not exceed pack.usable_wh {self.pack.usable_wh}")
        require(self.mobility != "on_site" or self.site is not None, "site", "an on_site unit needs its site")
        for index in range(1, len(self.shifts)):
            apart = self.shifts[index].start_s >= self.shifts[index - 1].end_s
            require(apart, f"shifts[{index}].start_s", "must not lie before the end of the shift before it")

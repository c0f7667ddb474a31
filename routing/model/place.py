"""The ground of a problem: places, and the plugs where packs recharge."""

from dataclasses import dataclass, field

from routing.model.connectors import require_known
from routing.model.travel import Profile, Travel
from routing.model.units import Seconds, Watts
from routing.model.values import Value, about, require, require_ordered

__all__ = [
    "Grid",
    "Place",
    "Plug",
    "Profile",
    "Travel",
]  # the last two: the frozen benchmark asks for them here


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Value):
    """A point where something can happen; its index in the problem is its row of the matrix."""

    id: str
    lat: float = field(default=0.0, metadata=about("degrees north", minimum=-90, maximum=90))
    lon: float = field(default=0.0, metadata=about("degrees east", minimum=-180, maximum=180))
    site: str | None = field(default=None, metadata=about("the parking place it lies in"))
    entrance_lat: float | None = field(
        default=None, metadata=about("where one drives in; the rest is walked", minimum=-90, maximum=90)
    )
    entrance_lon: float | None = field(default=None, metadata=about("the same", minimum=-180, maximum=180))

    def check(self) -> None:
        both = (self.entrance_lat is None) == (self.entrance_lon is None)
        require(both, "entrance_lat", "an entrance has both entrance_lat and entrance_lon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Value):
    """What a connection to the grid gives all its plugs together."""

    id: str
    power_w: Watts = field(metadata=about("until the first step", minimum=0))
    steps: tuple[tuple[Seconds, Watts], ...] = field(
        default=(), metadata=about("[from, watts]: what it gives from then on")
    )

    def check(self) -> None:
        previous_s: Seconds | None = None
        for index, (from_s, power_w) in enumerate(self.steps):
            later = previous_s is None or from_s > previous_s
            require(later, f"steps[{index}]", "must begin after the one before it")
            require(power_w >= 0, f"steps[{index}]", f"power must be at least 0, is {power_w}")
            previous_s = from_s

    def power_at(self, at_s: Seconds) -> Watts:
        """Return what it gives at an instant."""
        return next((power_w for from_s, power_w in reversed(self.steps) if from_s <= at_s), self.power_w)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plug(Value):
    """A socket where packs recharge; one unit at a time."""

    id: str
    place: str
    power_w: Watts = field(metadata=about("from the grid", minimum=1))
    efficiency_pct: int = field(default=91, metadata=about("grid to pack", minimum=1, maximum=100))
    connector: str = "ccs2"
    grid: str | None = field(default=None, metadata=about("the grid it shares; left out: no limit"))
    unit: str | None = field(default=None, metadata=about("reserved for this unit"))
    busy: tuple[tuple[Seconds, Seconds], ...] = field(default=(), metadata=about("use that stands already"))

    def check(self) -> None:
        require_known((self.connector,), "connector")
        require_ordered(self.busy, "busy")

    def is_out(self, from_s: Seconds, to_s: Seconds) -> bool:
        """Say whether it is out of order: taken without a gap all the time."""
        free_s = from_s
        for start_s, end_s in self.busy:
            if start_s <= free_s:
                free_s = max(free_s, end_s)
        return from_s < to_s <= free_s

"""The ground of a problem: places, the travel between them, and the plugs where packs recharge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from routing.model.connectors import require_known
from routing.model.units import Metres, Seconds, Watts
from routing.model.values import Value, about, require, require_ordered

type Durations = tuple[tuple[Seconds | None, ...], ...]
type Distances = tuple[tuple[Metres | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Value):
    """A point where something can happen; its index in the problem is its row of the matrix."""

    id: str
    lat: float = field(default=0.0, metadata=about("degrees north", minimum=-90, maximum=90))
    lon: float = field(default=0.0, metadata=about("degrees east", minimum=-180, maximum=180))
    site: str | None = field(default=None, metadata=about("the parking place it lies in"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Value):
    """Travel between all places by one means; null where there is no way."""

    durations_s: Durations
    distances_m: Distances = field(
        default=(), metadata=about("left out: the durations at 10 metres a second")
    )

    def check(self) -> None:
        _require_square(self.durations_s, "durations_s")
        if self.distances_m:
            _require_square(self.distances_m, "distances_m")
            same = len(self.distances_m) == len(self.durations_s)
            require(same, "distances_m", "must be as large as durations_s")

    def distance_m(self, origin: int, target: int) -> Metres:
        """Return the metres between two places by index; 0 where unknown."""
        if self.distances_m:
            return self.distances_m[origin][target] or 0
        return (self.durations_s[origin][target] or 0) * 10


def _require_square(rows: tuple[tuple[int | None, ...], ...], path: str) -> None:
    for index, row in enumerate(rows):
        require(len(row) == len(rows), f"{path}[{index}]", f"has {len(row)} entries instead of {len(rows)}")
        lowest = min((cell for cell in row if cell is not None), default=0)
        if lowest < 0:
            raise_at = row.index(lowest)
            require(False, f"{path}[{index}][{raise_at}]", f"must be at least 0 or null, is {lowest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel(Value):
    """Where travel times come from: given here, or computed by the provider that is named."""

    provider: Literal["matrix", "osrm", "great_circle"] = "matrix"
    dataset: str | None = field(default=None, metadata=about("name of the road data, for osrm"))
    profiles: Mapping[str, Profile] = field(default_factory=dict, metadata=about("by name: car, foot"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plug(Value):
    """A socket where packs recharge; one unit at a time."""

    id: str
    place: str
    power_w: Watts = field(metadata=about("from the grid", minimum=1))
    efficiency_pct: int = field(default=91, metadata=about("grid to pack", minimum=1, maximum=100))
    connector: str = "ccs2"
    unit: str | None = field(default=None, metadata=about("reserved for this unit"))
    busy: tuple[tuple[Seconds, Seconds], ...] = field(default=(), metadata=about("use that stands already"))

    def check(self) -> None:
        require_known((self.connector,), "connector")
        require_ordered(self.busy, "busy")

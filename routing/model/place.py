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
    entrance_lat: float | None = field(
        default=None, metadata=about("where one drives in; the rest is walked", minimum=-90, maximum=90)
    )
    entrance_lon: float | None = field(default=None, metadata=about("the same", minimum=-180, maximum=180))

    def check(self) -> None:
        both = (self.entrance_lat is None) == (self.entrance_lon is None)
        require(both, "entrance_lat", "an entrance has both entrance_lat and entrance_lon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Value):
    """A part of the day with travel times of its own: for ways begun from its start on, until the next."""

    from_s: Seconds
    durations_s: Durations


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Value):
    """Travel between all places by one means; null where there is no way.

    The metres are the same all day. Before the first slice `durations_s` hold.
    """

    durations_s: Durations
    distances_m: Distances = field(
        default=(), metadata=about("left out: the durations at 10 metres a second")
    )
    slices: tuple[Slice, ...] = field(default=(), metadata=about("times of day, in their order"))

    def check(self) -> None:
        _require_square(self.durations_s, "durations_s")
        if self.distances_m:
            _require_square(self.distances_m, "distances_m")
            same = len(self.distances_m) == len(self.durations_s)
            require(same, "distances_m", "must be as large as durations_s")
        for index, part in enumerate(self.slices):
            later = index == 0 or part.from_s > self.slices[index - 1].from_s
            require(later, f"slices[{index}].from_s", "must lie after the one before it")
            _require_square(part.durations_s, f"slices[{index}].durations_s")
            _require_same_ways(self.durations_s, part.durations_s, f"slices[{index}].durations_s")

    def list_slices(self) -> list[tuple[Seconds, Durations]]:
        """List from when on which durations hold, after the first."""
        return [(part.from_s, part.durations_s) for part in self.slices]

    def distance_m(self, origin: int, target: int) -> Metres:
        """Return the metres between two places by index; 0 where unknown."""
        if self.distances_m:
            return self.distances_m[origin][target] or 0
        return (self.durations_s[origin][target] or 0) * 10


def _require_same_ways(base: Durations, rows: Durations, path: str) -> None:
    require(len(rows) == len(base), path, "must be as large as durations_s")
    for index, (wanted, row) in enumerate(zip(base, rows, strict=True)):
        if None in wanted or None in row:
            same = [cell is None for cell in wanted] == [cell is None for cell in row]
            require(same, f"{path}[{index}]", "must have a way where durations_s has one, and only there")


def _require_square(rows: tuple[tuple[int | None, ...], ...], path: str) -> None:
    for index, row in enumerate(rows):
        require(len(row) == len(rows), f"{path}[{index}]", f"has {len(row)} entries instead of {len(rows)}")
        lowest = min([cell for cell in row if cell is not None], default=0)
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

"""Everything a planner must know, as one frozen value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal, Protocol

from routing.model.place import Grid, Place, Plug
from routing.model.reading import read, write
from routing.model.request import FLEXIBLE, NORMAL, STRANDED, Request, Vehicle
from routing.model.travel import Profile, Slice, Travel
from routing.model.unit import Break, Charger, Pack, Shift, Unit, UnitState
from routing.model.units import DAY_S, Milli, Seconds
from routing.model.values import Value, about, require

__all__ = [
    "FLEXIBLE", "NORMAL", "SCHEMA_VERSION", "STRANDED",
    "Break", "Charger", "Grid", "Pack", "Place", "Plug", "Problem", "Profile", "Request", "Shift", "Slice",
    "Travel", "Unit", "UnitState", "Vehicle", "Weights",
]  # fmt: skip

SCHEMA_VERSION: Final = 1


class _Named(Protocol):
    @property
    def id(self) -> str: ...


class _Placed(_Named, Protocol):
    @property
    def place(self) -> str: ...
    @property
    def unit(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Value):
    """Prices of the soft goals that no unit and no request carries itself."""

    promise_milli_per_min: Milli = field(default=3_000, metadata=about("of lateness", minimum=0))
    change_milli: Milli = field(default=5_000, metadata=about("another unit than was told", minimum=0))
    low_pack_milli_per_kwh: Milli = field(default=400, metadata=about("missing to the target", minimum=0))
    stranded_factor: int = field(default=4, metadata=about("on the value of a stranded request", minimum=1))
    broken_promise_milli: Milli = field(
        default=500_000, metadata=about("not serving what was promised", minimum=0)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Value):
    """The ground, the units as they are, and what is asked; times count from `start_utc`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    start_utc: str = field(default="2026-01-01T00:00:00Z", metadata=about("ISO 8601 in UTC, ends with Z"))
    now_s: Seconds = field(default=0, metadata=about("nothing can be decided before"))
    horizon_s: Seconds = field(default=DAY_S, metadata=about("how far ahead is looked", minimum=1))
    places: tuple[Place, ...]
    travel: Travel = field(default_factory=Travel)
    units: tuple[Unit, ...] = ()
    plugs: tuple[Plug, ...] = ()
    grids: tuple[Grid, ...] = ()
    requests: tuple[Request, ...] = ()
    weights: Weights = field(default_factory=Weights)
    seed: int = 0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Problem":
        """Read a problem from parsed JSON.

        Raises
        ------
        InvalidProblem
            With the path of the first field that does not hold.
        """
        return read(cls, data)

    def to_json(self) -> dict[str, Any]:
        """Return the problem as plain JSON values; fields that are null are left out."""
        document: dict[str, Any] = write(self)
        return document

    def with_profiles(self, profiles: Mapping[str, Profile]) -> "Problem":
        """Return the same problem with its travel times given inline."""
        return replace(self, travel=replace(self.travel, profiles=dict(profiles)))

    def with_requests(self, requests: Iterable[Request]) -> "Problem":
        """Return the same problem asking for other things."""
        return replace(self, requests=tuple(requests))

    def check(self) -> None:
        _require_utc(self.start_utc)
        for name in ("places", "units", "plugs", "grids", "requests"):
            _require_unique(getattr(self, name), name)
        self._check_references()
        self._check_travel()

    def _check_references(self) -> None:
        places = {place.id for place in self.places}
        plugs = {plug.id for plug in self.plugs}
        units = {unit.id for unit in self.units}
        for index, unit in enumerate(self.units):
            for path, place in _list_places(unit):
                require(place in places, f"units[{index}].{path}", f"unknown place {place!r}")
            plug = unit.state.plug
            require(plug is None or plug in plugs, f"units[{index}].state.plug", f"unknown plug {plug!r}")
        self._check_grids()
        for kind, things in (("plugs", self.plugs), ("requests", self.requests)):
            _require_placed(kind, things, places, units)

    def _check_grids(self) -> None:
        grids = {grid.id for grid in self.grids}
        for index, plug in enumerate(self.plugs):
            known = plug.grid is None or plug.grid in grids
            require(known, f"plugs[{index}].grid", f"unknown grid {plug.grid!r}")

    def _check_travel(self) -> None:
        given = self.travel.profiles
        for name, profile in given.items():
            right = len(profile.durations_s) == len(self.places)
            require(
                right,
                f"travel.profiles.{name}.durations_s",
                f"has {len(profile.durations_s)} rows for {len(self.places)} places",
            )
        if not given and self.travel.provider != "matrix":
            return
        for index, unit in enumerate(self.units):
            message = f"travel has no profile {unit.profile!r}"
            require(unit.profile in given, f"units[{index}].profile", message)


def _require_utc(text: str) -> None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    right = instant is not None and instant.utcoffset() == UTC.utcoffset(None) and text.endswith("Z")
    require(right, "start_utc", f"must be an instant such as 2026-06-01T06:00:00Z, is {text!r}")


def _require_unique(things: Iterable[_Named], name: str) -> None:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        require(bool(thing.id), f"{name}[{index}].id", "must not be empty")
        require(thing.id not in seen, f"{name}[{index}].id", f"{thing.id!r} is there twice")
        seen.add(thing.id)


def _require_placed(kind: str, things: Iterable[_Placed], places: set[str], units: set[str]) -> None:
    for index, thing in enumerate(things):
        require(thing.place in places, f"{kind}[{index}].place", f"unknown place {thing.place!r}")
        known = thing.unit is None or thing.unit in units
        require(known, f"{kind}[{index}].unit", f"unknown unit {thing.unit!r}")


def _list_places(unit: Unit) -> list[tuple[str, str]]:
    named = [("state.place", unit.state.place)]
    for index, shift in enumerate(unit.shifts):
        for end, place in (("start_place", shift.start_place), ("end_place", shift.end_place)):
            if place is not None:
                named.append((f"shifts[{index}].{end}", place))
    return named

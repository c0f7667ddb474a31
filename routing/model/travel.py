"""Travel between the places of a problem: every way, or from each place those that matter."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import Literal

from routing.model.units import Metres, Seconds
from routing.model.values import Value, about, require

type Durations = tuple[tuple[Seconds | None, ...], ...]
type Distances = tuple[tuple[Metres | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Value):
    """A part of the day with travel times of its own: for ways begun from its start on, until the next."""

    from_s: Seconds
    durations_s: Durations


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Value):
    """Travel between places by one means; null where there is no way.

    The metres are the same all day. Before the first slice `durations_s` hold. Dense: a column for every
    place. Sparse, for many places: with `neighbours` a row holds the ways to these places alone, in their
    order, and to others there is none; a thousand units need no way across the whole country.
    """

    durations_s: Durations
    distances_m: Distances = field(
        default=(), metadata=about("left out: the durations at 10 metres a second")
    )
    slices: tuple[Slice, ...] = field(default=(), metadata=about("times of day, in their order"))
    neighbours: tuple[tuple[int, ...], ...] = field(
        default=(), metadata=about("of each row the places its cells lead to, ascending; left out: all")
    )

    def check(self) -> None:
        self._check_neighbours()
        self._require_shape(self.durations_s, "durations_s")
        if self.distances_m:
            self._require_shape(self.distances_m, "distances_m")
            same = len(self.distances_m) == len(self.durations_s)
            require(same, "distances_m", "must be as large as durations_s")
        for index, part in enumerate(self.slices):
            later = index == 0 or part.from_s > self.slices[index - 1].from_s
            require(later, f"slices[{index}].from_s", "must lie after the one before it")
            self._require_shape(part.durations_s, f"slices[{index}].durations_s")
            _require_same_ways(self.durations_s, part.durations_s, f"slices[{index}].durations_s")

    def _check_neighbours(self) -> None:
        count = len(self.durations_s)
        same = len(self.neighbours) in (0, count)
        require(same, "neighbours", f"has {len(self.neighbours)} rows for {count} of durations_s")
        for index, row in enumerate(self.neighbours):
            inside = not row or (row[0] >= 0 and row[-1] < count)
            ascending = all(a < b for a, b in pairwise(row))
            require(inside and ascending, f"neighbours[{index}]", "must be ascending indexes of places")

    def _require_shape(self, rows: tuple[tuple[int | None, ...], ...], path: str) -> None:
        same = not self.neighbours or len(rows) == len(self.neighbours)
        require(same, path, "must have a row for every row of neighbours")
        for index, row in enumerate(rows):
            width = len(self.neighbours[index]) if self.neighbours else len(rows)
            require(len(row) == width, f"{path}[{index}]", f"has {len(row)} entries instead of {width}")
            lowest = min([cell for cell in row if cell is not None], default=0)
            if lowest < 0:
                at = f"{path}[{index}][{row.index(lowest)}]"
                require(False, at, f"must be at least 0 or null, is {lowest}")

    def list_slices(self) -> list[tuple[Seconds, Durations]]:
        """List from when on which durations hold, after the first."""
        return [(part.from_s, part.durations_s) for part in self.slices]

    def cell_of(self, origin: int, target: int) -> int | None:
        """Return which cell of the origin's row leads to a place by index; None when none does."""
        if not self.neighbours:
            return target
        row = self.neighbours[origin]
        at = bisect_left(row, target)
        return at if at < len(row) and row[at] == target else None

    def distance_m(self, origin: int, target: int) -> Metres:
        """Return the metres between two places by index; 0 where unknown."""
        cell = self.cell_of(origin, target)
        if cell is None:
            return 0
        if self.distances_m:
            return self.distances_m[origin][cell] or 0
        return (self.durations_s[origin][cell] or 0) * 10

    def among(self, places: Sequence[int]) -> "Profile":
        """Return the travel between some places by index, every way of it, in their order."""
        column = {place: number for number, place in enumerate(places)}
        cells = [self._cells_among(origin, column) for origin in places]

        def pick[T](rows: tuple[tuple[T | None, ...], ...]) -> tuple[tuple[T | None, ...], ...]:
            return tuple(
                tuple([None if cell is None else rows[origin][cell] for cell in row])
                for origin, row in zip(places, cells, strict=True)
            )

        return Profile(
            durations_s=pick(self.durations_s),
            distances_m=pick(self.distances_m) if self.distances_m else (),
            slices=tuple(Slice(from_s=p.from_s, durations_s=pick(p.durations_s)) for p in self.slices),
        )

    def _cells_among(self, origin: int, column: Mapping[int, int]) -> list[int | None]:
        if not self.neighbours:
            return list(column)
        cells: list[int | None] = [None] * len(column)
        for cell, target in enumerate(self.neighbours[origin]):
            if target in column:
                cells[column[target]] = cell
        return cells

    def dense(self) -> "Profile":
        """Return the same travel with a column for every place."""
        return self.among(range(len(self.durations_s))) if self.neighbours else self


def _require_same_ways(base: Durations, rows: Durations, path: str) -> None:
    require(len(rows) == len(base), path, "must be as large as durations_s")
    for index, (wanted, row) in enumerate(zip(base, rows, strict=True)):
        if None in wanted or None in row:
            same = [cell is None for cell in wanted] == [cell is None for cell in row]
            require(same, f"{path}[{index}]", "must have a way where durations_s has one, and only there")


def grow(profile: Profile, count: int, rows: Sequence[int], own: Profile | None) -> Profile:
    """Return a dense table with room for so many places, and other ways between some of them by index.

    Between new places and all others there is no way. Both tables were checked when they were made, and
    what is made of them is not checked again: a place more is looked into in a twentieth of the time.
    """

    def table[T](
        known: tuple[tuple[T | None, ...], ...], more: tuple[tuple[T | None, ...], ...] | None, nothing: T
    ) -> tuple[tuple[T | None, ...], ...]:
        size = len(known)
        pad = (None,) * (count - size)
        listed: list[tuple[T | None, ...]] = [row + pad for row in known]
        new = range(size, count)
        listed += [tuple(nothing if row == column else None for column in range(count)) for row in new]
        for row, cells in zip(rows, more or (), strict=more is not None):
            line = list(listed[row])
            for column, cell in zip(rows, cells, strict=True):
                line[column] = cell
            listed[row] = tuple(line)
        return tuple(listed)

    parts = () if own is None else own.slices
    slices = zip_longest(profile.slices, parts)
    metres = None if own is None else own.distances_m
    return Profile.unchecked(
        durations_s=table(profile.durations_s, None if own is None else own.durations_s, 0),
        distances_m=table(profile.distances_m, metres, 0) if profile.distances_m else (),
        slices=tuple(
            Slice.unchecked(
                from_s=one.from_s,
                durations_s=table(one.durations_s, None if more is None else more.durations_s, 0),
            )
            for one, more in slices
        ),
        neighbours=(),
    )


type Source = Literal["matrix", "osrm", "great_circle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel(Value):
    """Where travel times come from: given here, or computed by the provider that is named."""

    provider: Source = "matrix"
    dataset: str | None = field(default=None, metadata=about("name of the road data, for osrm"))
    profiles: Mapping[str, Profile] = field(default_factory=dict, metadata=about("by name: car, foot"))

"""A square table of travel between named places: a value that grows by one place at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from routing.model.errors import InvalidProblem
from routing.travel.provider import Cells, Located, Table, TravelProvider


@dataclass(frozen=True, slots=True)
class Matrix:
    """Durations and distances from each place to each other.

    Parameters
    ----------
    ids
        The places, in the order of rows and columns.
    durations_s, distances_m
        Whole seconds and metres; ``None`` in both where there is no way. The diagonal is 0.

    Raises
    ------
    InvalidProblem
        On a wrong shape, a number that is negative or not whole, or a repeated place.
    """

    ids: tuple[str, ...]
    durations_s: Cells
    distances_m: Cells

    def __post_init__(self) -> None:
        if len(set(self.ids)) != len(self.ids):
            raise InvalidProblem("ids", "a place is named twice")
        for name, cells in (("durations_s", self.durations_s), ("distances_m", self.distances_m)):
            _check_square(name, cells, len(self.ids))
        _check_same_gaps(self.durations_s, self.distances_m)

    @classmethod
    def from_table(cls, ids: Sequence[str], table: Table) -> Matrix:
        """Name the rows and columns of a square table."""
        return cls(tuple(ids), _with_zero_diagonal(table.durations_s), _with_zero_diagonal(table.distances_m))

    @classmethod
    def from_json(cls, ids: Sequence[str], data: Mapping[str, Any]) -> Matrix:
        """Read ``{durations_s: [[..]], distances_m: [[..]]}``; the index is the place's index."""
        if not isinstance(data, Mapping):
            raise InvalidProblem("", "a matrix is an object")
        return cls(
            tuple(ids), *(_read_cells(name, data.get(name)) for name in ("durations_s", "distances_m"))
        )

    def to_json(self) -> dict[str, list[list[int | None]]]:
        """Write what `from_json` reads."""
        return {
            "durations_s": [list(row) for row in self.durations_s],
            "distances_m": [list(row) for row in self.distances_m],
        }

    def index(self, place_id: str) -> int:
        """Row and column of a place; raises ``KeyError`` for a stranger."""
        try:
            return self.ids.index(place_id)
        except ValueError:
            raise KeyError(place_id) from None

    def extended(self, place_id: str, to_others: Table, from_others: Table) -> Matrix:
        """Add one place.

        Parameters
        ----------
        to_others
            One row: from the new place to every present one.
        from_others
            One column: from every present place to the new one.
        """
        return Matrix(
            (*self.ids, place_id),
            _grown(self.durations_s, to_others.durations_s, from_others.durations_s),
            _grown(self.distances_m, to_others.distances_m, from_others.distances_m),
        )

    def extended_by(
        self, provider: TravelProvider, profile: str, places: Sequence[Located], new: tuple[str, Located]
    ) -> Matrix:
        """Ask the provider for one new place: 1-to-N and N-to-1, never N x N."""
        place_id, place = new
        return self.extended(
            place_id, provider.table(profile, [place], places), provider.table(profile, places, [place])
        )


def build_matrix(
    provider: TravelProvider, profile: str, ids: Sequence[str], places: Sequence[Located]
) -> Matrix:
    """Ask one whole square table."""
    return Matrix.from_table(ids, provider.table(profile, places, places))


def _check_square(name: str, cells: Cells, size: int) -> None:
    if len(cells) != size:
        raise InvalidProblem(name, f"{len(cells)} rows for {size} places")
    for i, row in enumerate(cells):
        if len(row) != size:
            raise InvalidProblem(f"{name}[{i}]", f"{len(row)} cells for {size} places")
        for j in _bad_cells(row):
            raise InvalidProblem(f"{name}[{i}][{j}]", f"{row[j]!r} is no whole number from 0 up")
        if row[i] != 0:
            raise InvalidProblem(f"{name}[{i}][{i}]", "the way from a place to itself is 0")


def _bad_cells(row: Sequence[object]) -> Iterator[int]:
    # `type is int` also keeps True and False out.
    return (j for j, cell in enumerate(row) if cell is not None and not (type(cell) is int and cell >= 0))


def _check_same_gaps(durations: Cells, distances: Cells) -> None:
    for i, (times, metres) in enumerate(zip(durations, distances, strict=True)):
        for j, (time, length) in enumerate(zip(times, metres, strict=True)):
            if (time is None) != (length is None):
                raise InvalidProblem(f"distances_m[{i}][{j}]", "a way has both a duration and a distance")


def _read_cells(name: str, rows: object) -> Cells:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise InvalidProblem(name, "rows of cells are wanted")
    return tuple(tuple(row) for row in rows)


def _with_zero_diagonal(cells: Cells) -> Cells:
    # A place that no road reaches is still where it is.
    return tuple((*row[:i], 0, *row[i + 1 :]) for i, row in enumerate(cells))


def _grown(cells: Cells, row: Cells, column: Cells) -> Cells:
    if len(row) != 1 or len(row[0]) != len(cells) or len(column) != len(cells):
        raise InvalidProblem("", "the new place needs one row and one column over the present places")
    return (*((*old, *new) for old, new in zip(cells, column, strict=True)), (*row[0], 0))

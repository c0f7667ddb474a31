"""Travel as arrays: metres and seconds between places, by profile and time of day."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from routing.model.problem import Problem, Profile, Unit
from routing.search.compiled.arrays import FOREVER, NO_WAY, NOTHING, Ints


class Roads(NamedTuple):
    """`ways[profile, from, to]`: metres, then the seconds of each slice; `slices`: how many a profile has."""

    rows: dict[str, int]
    ways: Ints
    slice_from: Ints
    slices: list[int]

    def between(self, profile: str, origins: Sequence[int], targets: Sequence[int]) -> tuple[Ints, Ints]:
        """Return seconds (at the slowest time of day) and metres from places to places."""
        row = self.rows[profile]
        cells = np.ix_(origins, targets)
        same = np.array(origins)[:, None] == np.array(targets)[None, :]
        slowest = self.ways[row, :, :, 1 : 1 + self.slices[row]].max(axis=2)
        seconds, metres = slowest[cells].astype(np.int64), self.ways[row, :, :, 0][cells].astype(np.int64)
        return np.where(same, 0, seconds), np.where(same, 0, metres)


def build_roads(problem: Problem, units: Sequence[Unit], spare: int = 0) -> Roads:
    """Return the travel of the profiles that units move by, with spare places that have no ways."""
    names = sorted({unit.profile for unit in units})
    profiles = [problem.travel.profiles[name].dense() for name in names]
    tables = [_list_slices(profile) for profile in profiles]
    most = max((len(slices) for slices in tables), default=1)
    n, count = len(problem.places), max(1, len(names))
    ways = np.full((count, n + spare, n + spare, 1 + most), NO_WAY, dtype=np.int32)
    slice_from = np.full((count, most), FOREVER, dtype=np.int64)
    for row, slices in enumerate(tables):
        for i, (from_s, seconds) in enumerate(slices):
            ways[row, :n, :n, 1 + i], slice_from[row, i] = seconds, from_s
        ways[row, :n, :n, 0] = _metres(profiles[row], ways[row, :n, :n, 1])
    rows = {name: row for row, name in enumerate(names)}
    return Roads(rows, ways, slice_from, [len(slices) for slices in tables])


def _list_slices(profile: Profile) -> list[tuple[int, Ints]]:
    later = [(from_s, _seconds(rows)) for from_s, rows in profile.list_slices()]
    return [(NOTHING, _seconds(profile.durations_s)), *later]


def _seconds(rows: tuple[tuple[int | None, ...], ...]) -> Ints:
    cells = np.array(rows, dtype=np.float64).reshape(len(rows), len(rows))
    return np.where(np.isnan(cells), NO_WAY, np.minimum(cells, NO_WAY)).astype(np.int32)


def _metres(profile: Profile, seconds: Ints) -> Ints:
    if not profile.distances_m:
        return np.where(seconds < NO_WAY, seconds * 10, 0)
    cells = np.array(profile.distances_m, dtype=np.float64).reshape(seconds.shape)
    return np.nan_to_num(cells, nan=0.0).astype(np.int32)

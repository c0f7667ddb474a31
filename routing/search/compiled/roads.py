"""Travel as arrays: metres and seconds between places, by profile and time of day."""

from collections.abc import Callable, Sequence
from itertools import chain
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from routing.model.problem import Problem, Profile, Unit
from routing.search.compiled.arrays import FOREVER, NO_WAY, NOTHING, Ints

MOST_REMEMBERED: Final = 8
"""Of so many profiles the arrays stay: plans of one minute are made on the same travel."""
MOST_CELLS: Final = 2_000_000
"""Arrays with more cells than that are made anew each time, and held by nobody."""


class Roads(NamedTuple):
    """`ways[profile, from, to]`: metres, then the seconds of each slice; `slices`: how many a profile has."""

    rows: dict[str, int]
    ways: Ints
    slice_from: Ints
    slices: list[int]

    def between(self, profile: str, origins: Sequence[int], targets: Sequence[int]) -> tuple[Ints, Ints]:
        """Return seconds (at the slowest time of day) and metres from places to places."""
        row = self.rows[profile]
        cells = self.ways[row][np.ix_(origins, targets)].astype(np.int64)
        same = np.array(origins)[:, None] == np.array(targets)[None, :]
        seconds, metres = cells[:, :, 1 : 1 + self.slices[row]].max(axis=2), cells[:, :, 0]
        return np.where(same, 0, seconds), np.where(same, 0, metres)


class _Memory:
    """Arrays of the profiles that were asked for last; a profile is known by being the same object."""

    def __init__(self) -> None:
        self._blocks: dict[int, tuple[Profile, Ints]] = {}
        self._lock = Lock()

    def get(self, profile: Profile, make: Callable[[Profile], Ints]) -> Ints:
        """Return the arrays of a profile, which nobody may write to."""
        found = self.find(profile)
        if found is not None:
            return found
        block = make(profile)
        self.put(profile, block)
        return block

    def find(self, profile: Profile) -> Ints | None:
        """Return the arrays of a profile if they are held."""
        with self._lock:
            held = self._blocks.get(id(profile))
            if held is None or held[0] is not profile:
                return None
            self._blocks[id(profile)] = self._blocks.pop(id(profile))  # asked for last
            return held[1]

    def put(self, profile: Profile, block: Ints) -> None:
        """Hold the arrays of a profile."""
        block.flags.writeable = False
        if block.size <= MOST_CELLS:
            with self._lock:
                self._blocks.pop(id(profile), None)
                while len(self._blocks) >= MOST_REMEMBERED:
                    self._blocks.pop(next(iter(self._blocks)))
                self._blocks[id(profile)] = (profile, block)


_MEMORY = _Memory()


def remember_grown(before: Profile, grown: Profile, rows: Sequence[int], own: Profile | None) -> None:
    """Hold the arrays of a profile that has grown: those of before, and the ways between some places."""
    block = _MEMORY.find(before)
    if block is None:
        return
    known, count = block.shape[0], len(grown.durations_s)
    wide = np.full((count, count, block.shape[2]), NO_WAY, dtype=np.int32)
    wide[:, :, 0] = 0
    wide[:known, :known] = block
    new = np.arange(known, count)
    wide[new, new] = 0
    if own is not None:
        wide[np.ix_(rows, rows)] = _make_block(own)
    _MEMORY.put(grown, wide)


def build_roads(problem: Problem, units: Sequence[Unit], spare: int = 0) -> Roads:
    """Return the travel of the profiles that units move by, with spare places that have no ways."""
    names = sorted({unit.profile for unit in units})
    profiles = [problem.travel.profiles[name] for name in names]
    blocks = [_MEMORY.get(profile, _make_block) for profile in profiles]
    most = max((block.shape[2] - 1 for block in blocks), default=1)
    n, count = len(problem.places), max(1, len(names))
    ways = np.full((count, n + spare, n + spare, 1 + most), NO_WAY, dtype=np.int32)
    slice_from = np.full((count, most), FOREVER, dtype=np.int64)
    for row, (profile, block) in enumerate(zip(profiles, blocks, strict=True)):
        ways[row, :n, :n, : block.shape[2]] = block
        slice_from[row, : block.shape[2] - 1] = [NOTHING, *(part.from_s for part in profile.slices)]
    rows = {name: row for row, name in enumerate(names)}
    return Roads(rows, ways, slice_from, [block.shape[2] - 1 for block in blocks])


def _make_block(profile: Profile) -> Ints:
    """Return the ways of a profile by origin and target: metres, then the seconds of each slice."""
    dense = profile.dense()
    seconds = [_seconds(dense.durations_s), *(_seconds(part.durations_s) for part in dense.slices)]
    return np.stack([_metres(dense, seconds[0]), *seconds], axis=2)


def _seconds(rows: tuple[tuple[int | None, ...], ...]) -> Ints:
    return np.minimum(_read_cells(rows, NO_WAY), NO_WAY).astype(np.int32)


def _metres(profile: Profile, seconds: Ints) -> Ints:
    if not profile.distances_m:
        return np.where(seconds < NO_WAY, seconds * 10, 0).astype(np.int32)
    return _read_cells(profile.distances_m, 0).astype(np.int32)


def _read_cells(rows: tuple[tuple[int | None, ...], ...], missing: int) -> Ints:
    """Return a square of whole numbers, with one for what is missing."""
    count = len(rows)
    try:
        cells = np.fromiter(chain.from_iterable(rows), np.int64, count * count)
    except TypeError:  # not every place can be reached from every other
        filled = (missing if cell is None else cell for row in rows for cell in row)
        cells = np.fromiter(filled, np.int64, count * count)
    return cells.reshape(count, count)

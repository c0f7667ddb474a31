"""Slices of the day from one matrix: how much longer everything takes from when on.

A road engine with a data set for each slice gives better ones; where there is none, the share by which a town
slows down at its busy hours is known well enough to plan with.
"""

from collections.abc import Iterable
from dataclasses import replace

from routing.model.travel import Durations, Profile, Slice
from routing.model.units import Seconds, ceil_div

PER_CENT = 100


def with_busy_hours(profile: Profile, hours: Iterable[tuple[Seconds, int]]) -> Profile:
    """Return a profile whose ways take so many per cent of the usual time from an instant on.

    Parameters
    ----------
    hours
        From when on, and per cent, in order; before the first everything takes as long as usual. A busy
        hour ends with a slice of 100.

    Raises
    ------
    InvalidProblem
        When the slices are not in order, or a time below nothing comes of them.
    """
    slices = (Slice(from_s=from_s, durations_s=_stretch(profile.durations_s, pct)) for from_s, pct in hours)
    return replace(profile, slices=tuple(slices))


def _stretch(rows: Durations, pct: int) -> Durations:
    """Stretch every time, rounded up; what has no way still has none."""
    return tuple(tuple(None if s is None else ceil_div(s * pct, PER_CENT) for s in row) for row in rows)

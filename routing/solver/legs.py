"""All ways of a unit at once, as arrays: what `Facts.leg` says one by one (a test holds them equal)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from routing.evaluation.facts import HOUR, KILO, PER_CENT
from routing.model.problem import Problem, Unit

FAR_S = 10_000_000
"""Where there is no way: longer than any shift."""

type Array = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Legs:
    """Seconds, metres and watt-hours drawn, by the indexes of the places."""

    seconds: Array
    metres: Array
    drawn_wh: Array


def kind_of(unit: Unit) -> tuple[Any, ...]:
    """Return what the ways, visits and prices of a unit depend on: equal kinds have equal matrices."""
    drives = (
        unit.profile,
        unit.traction,
        unit.drive_wh_per_km,
        unit.aux_w,
        unit.consumption_pct,
    )
    site = unit.site if unit.mobility == "on_site" else None
    return (*drives, site, unit.charger, unit.pack, unit.cost_per_km_milli, unit.cost_per_h_milli)


def list_legs(problem: Problem, unit: Unit) -> Legs:
    """Return all ways of a unit; where the time of day matters, as quick and as dear as they may be."""
    profile = problem.travel.profiles[unit.profile].dense()
    tables = [_fill(rows, FAR_S) for rows in (profile.durations_s, *(r for _, r in profile.list_slices()))]
    seconds, longest = np.minimum.reduce(tables), np.maximum.reduce(tables)
    metres = (
        _fill(profile.distances_m, 0) if profile.distances_m else np.where(seconds < FAR_S, seconds * 10, 0)
    )
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(longest, 0)
    np.fill_diagonal(metres, 0)
    if unit.traction == "separate":
        return Legs(seconds, metres, np.zeros_like(seconds))
    driving = metres * unit.drive_wh_per_km * unit.consumption_pct * HOUR
    scaled = driving + longest * unit.aux_w * KILO * PER_CENT
    return Legs(seconds, metres, -(-scaled // (KILO * HOUR * PER_CENT)))


def _fill(rows: tuple[tuple[int | None, ...], ...], missing: int) -> Array:
    return np.array([[missing if cell is None else cell for cell in row] for row in rows], dtype=np.int64)

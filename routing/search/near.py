"""The few places whose ways to and from a new one are worth asking for, by great-circle distance alone."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from routing.model.place import Place
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.search.compiled.arrays import Floats
from routing.travel.geometry import EARTH_RADIUS_M


class Nearby:
    """The gaps of a plan on the map: between two places a unit goes to one after the other."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.places = {place.id: place for place in problem.places}
        self.gaps = sorted(_list_gaps(problem, plan))
        self.starts, self.ends = (self._points(gap[side] for gap in self.gaps) for side in (0, 1))
        self.direct = _apart(self.starts, self.ends)
        # Where a unit can recharge and where it ends its shift must be within reach from anywhere.
        self.always = {plug.place for plug in problem.plugs} | {end for _, end in _list_homes(problem)}

    def list_near(self, place: Place, count: int) -> list[Place]:
        """List at most so many places: of plugs and homes, then of the gaps with the least detour."""
        if len(self.places) <= count:
            return list(self.places.values())
        here = self._points([place])
        chosen = dict.fromkeys(sorted(self.always)[:count])
        detours = _apart(self.starts, here) + _apart(here, self.ends) - self.direct
        for index in np.argsort(detours, kind="stable").tolist():
            wanted = [name for name in self.gaps[index] if name not in chosen]
            if len(chosen) + len(wanted) > count:
                break
            chosen.update(dict.fromkeys(wanted))
        return [self.places[name] for name in chosen]

    def _points(self, places: Iterable[str | Place]) -> Floats:
        rows = [(p.lat, p.lon) for p in (self.places[p] if isinstance(p, str) else p for p in places)]
        return np.radians(np.array(rows, dtype=np.float64).reshape(-1, 2))


def _list_gaps(problem: Problem, plan: Plan) -> set[tuple[str, str]]:
    at = {unit.id: unit.state.place for unit in problem.units}
    gaps: set[tuple[str, str]] = set()
    for route in plan.routes:
        places = [at[route.unit], *(stop.place for stop in route.stops)]
        gaps.update(pairwise(places))
        at[route.unit] = places[-1]
    return gaps


def _list_homes(problem: Problem) -> Iterable[tuple[str, str]]:
    for unit in problem.units:
        for shift in unit.shifts:
            yield unit.id, shift.end_place or shift.start_place or unit.state.place


def _apart(a: Floats, b: Floats) -> Floats:
    """Return the metres between points, on a plane that fits a city."""
    wide = np.cos((a[:, 0] + b[:, 0]) / 2)
    return EARTH_RADIUS_M * np.hypot(a[:, 0] - b[:, 0], (a[:, 1] - b[:, 1]) * wide)

"""A charge curve: power over state of charge, piecewise linear, and its exact integral."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import exp, log

from routing.model.units import Soc, Watts

type Points = tuple[tuple[Soc, float], ...]

TYPICAL_SHARES: Points = ((0.0, 0.95), (0.45, 0.95), (0.60, 0.75), (0.80, 0.45), (0.90, 0.30), (1.0, 0.12))
"""Power as a share of the maximum when nothing better is known of a car."""

TRICKLE_SHARE = 0.02
"""A battery never takes less than this share of its peak; a curve that ends at zero would never end."""

_FLAT = 1e-9
"""A power that changes by less than this share over a segment counts as constant."""


@dataclass(frozen=True)
class Curve:
    """Power in watts at states of charge; linear between its points, constant outside them."""

    points: Points

    @classmethod
    def flat(cls, power_w: float) -> "Curve":
        """Return the curve of something that does not taper."""
        return cls(((0.0, power_w),))

    @classmethod
    def typical(cls, max_w: float) -> "Curve":
        """Return the curve of a car of which only the maximum is known."""
        return cls(tuple((soc, share * max_w) for soc, share in TYPICAL_SHARES))

    def power_w(self, soc: Soc) -> float:
        """Return the power at a state of charge."""
        index = bisect_right(self.points, soc, key=lambda point: point[0])
        if index == 0:
            return self.points[0][1]
        if index == len(self.points):
            return self.points[-1][1]
        (soc_a, power_a), (soc_b, power_b) = self.points[index - 1], self.points[index]
        return power_a + (power_b - power_a) * (soc - soc_a) / (soc_b - soc_a)

    def limited(self, limit_w: Watts | float) -> "Curve":
        """Return the curve with its power held within a limit, split where it crosses it."""
        floor_w = TRICKLE_SHARE * max(power for _, power in self.points)
        raised = _clip(self.points, floor_w, above=False)
        return Curve(_clip(raised, limit_w, above=True))


def _clip(points: Points, bound: float, *, above: bool) -> Points:
    """Cut what lies above (or below) the bound, adding a point at every crossing."""
    keep = min if above else max
    clipped = [(points[0][0], keep(points[0][1], bound))]
    for (soc_a, power_a), (soc_b, power_b) in pairwise(points):
        if (power_a - bound) * (power_b - bound) < 0:
            crossing = soc_a + (soc_b - soc_a) * (bound - power_a) / (power_b - power_a)
            if soc_a < crossing < soc_b:
                clipped.append((crossing, bound))
        clipped.append((soc_b, keep(power_b, bound)))
    return tuple(clipped)


@dataclass(frozen=True)
class Filling:
    """The time it takes to fill a store along a curve, both ways round.

    Parameters
    ----------
    curve : Curve
        Power in watts, above zero everywhere.
    wh_per_soc : float
        Energy, counted where the power is counted, from a state of charge of 0 to 1.
    """

    curve: Curve
    wh_per_soc: float

    @cached_property
    def _marks(self) -> tuple[tuple[Soc, ...], tuple[float, ...]]:
        """States of charge at the points of the curve and the seconds from the first to each."""
        seconds = [0.0]
        for index in range(len(self.curve.points) - 1):
            seconds.append(seconds[-1] + self._within(index, self.curve.points[index + 1][0]))
        return tuple(soc for soc, _ in self.curve.points), tuple(seconds)

    def _within(self, index: int, soc: Soc) -> float:
        """Return the seconds from point `index` to a state of charge before the next point.

        t = E * (s1 - s0) * ln(P1 / P0) / (P1 - P0); as P1 tends to P0: E * (s1 - s0) / P0.
        """
        soc_a, power_a = self.curve.points[index]
        power = self.curve.power_w(soc)
        watt_seconds = self.wh_per_soc * (soc - soc_a) * 3600.0
        if abs(power - power_a) <= _FLAT * power_a:
            return watt_seconds / power_a
        return watt_seconds * log(power / power_a) / (power - power_a)

    def _clock(self, soc: Soc) -> float:
        """Return the seconds from the first point to a state of charge (negative before it)."""
        socs, seconds = self._marks
        index = max(bisect_right(socs, soc) - 1, 0)
        return seconds[index] + self._within(index, soc)

    def seconds_between(self, soc_from: Soc, soc_to: Soc) -> float:
        """Return the seconds from one state of charge to a higher one."""
        return self._clock(soc_to) - self._clock(soc_from)

    def soc_after(self, soc_from: Soc, seconds: float) -> Soc:
        """Return the state of charge that is reached after a time."""
        socs, marks = self._marks
        clock = self._clock(soc_from) + seconds
        index = max(bisect_right(marks, clock) - 1, 0)
        soc_a, power_a = self.curve.points[index]
        rest_hours = (clock - marks[index]) / 3600.0
        if index == len(socs) - 1 or rest_hours < 0:
            return soc_a + power_a * rest_hours / self.wh_per_soc
        soc_b, power_b = self.curve.points[index + 1]
        slope = (power_b - power_a) / (soc_b - soc_a)
        if abs(power_b - power_a) <= _FLAT * power_a:
            return soc_a + power_a * rest_hours / self.wh_per_soc
        return soc_a + power_a * (exp(slope * rest_hours / self.wh_per_soc) - 1.0) / slope

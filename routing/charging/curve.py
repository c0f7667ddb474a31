"""A charge curve: power over state of charge, piecewise linear, and its exact integral."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

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


class _Piece(NamedTuple):
    """A part of a curve on which power is linear: where it begins, its slope, and when it is reached."""

    soc: Soc
    power_w: float
    slope: float
    seconds: float

    def clock(self, soc: Soc, wh_per_soc: float) -> float:
        """Return when a state of charge on this piece is reached.

        dt = E ds / P(s) with P = P0 + k (s - s0): t = E / k * ln(P / P0); as k tends to 0: E (s - s0) / P0.
        """
        if self.slope == 0.0:
            return self.seconds + (soc - self.soc) * wh_per_soc * 3600.0 / self.power_w
        power_w = self.power_w + self.slope * (soc - self.soc)
        return self.seconds + wh_per_soc * 3600.0 / self.slope * log(power_w / self.power_w)


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
    def _pieces(self) -> tuple[tuple[Soc, ...], tuple[float, ...], list[_Piece]]:
        """The states of charge and the seconds at which pieces begin, and the pieces; the last has no end."""
        seconds = 0.0
        pieces: list[_Piece] = []
        for (soc_a, power_a), (soc_b, power_b) in pairwise(self.curve.points):
            flat = abs(power_b - power_a) <= _FLAT * power_a
            piece = _Piece(soc_a, power_a, 0.0 if flat else (power_b - power_a) / (soc_b - soc_a), seconds)
            pieces.append(piece)
            seconds = piece.clock(soc_b, self.wh_per_soc)
        soc, power = self.curve.points[-1]
        pieces.append(_Piece(soc, power, 0.0, seconds))
        return tuple(p.soc for p in pieces), tuple(p.seconds for p in pieces), pieces

    def list_pieces(self) -> list[tuple[Soc, float, float, float]]:
        """List the pieces on which power is linear: first soc, power and slope there, seconds so far."""
        return [(p.soc, p.power_w, p.slope, p.seconds) for p in self._pieces[2]]

    def _clock(self, soc: Soc) -> float:
        """Return the seconds from the first point to a state of charge (negative before it)."""
        socs, _, pieces = self._pieces
        index = bisect_right(socs, soc) - 1
        if index < 0:
            return (soc - pieces[0].soc) * self.wh_per_soc * 3600.0 / pieces[0].power_w
        return pieces[index].clock(soc, self.wh_per_soc)

    def seconds_between(self, soc_from: Soc, soc_to: Soc) -> float:
        """Return the seconds from one state of charge to a higher one."""
        return self._clock(soc_to) - self._clock(soc_from)

    def soc_after(self, soc_from: Soc, seconds: float) -> Soc:
        """Return the state of charge that is reached after a time."""
        _, marks, pieces = self._pieces
        clock = self._clock(soc_from) + seconds
        piece = pieces[max(bisect_right(marks, clock) - 1, 0)]
        hours = (clock - piece.seconds) / 3600.0
        if piece.slope == 0.0 or hours < 0:
            return piece.soc + piece.power_w * hours / self.wh_per_soc
        growth = exp(piece.slope * hours / self.wh_per_soc) - 1.0
        return piece.soc + piece.power_w * growth / piece.slope

"""Ways that take longer at some times of the day.

A way takes as long as in the slice its departure lies in. Leaving later must never mean arriving sooner
(Ichoua, Gendreau and Potvin 2003: first in, first out), so a unit may wait for the next slice where it
stands: the earliest arrival is the least over all departures from then on.
"""

from typing import NamedTuple

from routing.model.units import Metres, Seconds, WattHours


class Leg(NamedTuple):
    """The way from one place to another with one unit."""

    seconds: Seconds
    metres: Metres
    drawn_wh: WattHours


STANDING = Leg(0, 0, 0)

ALWAYS: Seconds = -(1 << 40)
"""Where the first slice begins: before everything."""

NEVER: Seconds = 1 << 40
"""Where the last slice ends."""


class Way:
    """A way through the day.

    Parameters
    ----------
    pieces
        From when on a leg is what the way takes, in order; the first from `ALWAYS`.
    """

    __slots__ = ("bound", "pieces")

    def __init__(self, pieces: tuple[tuple[Seconds, Leg], ...]) -> None:
        self.pieces = pieces
        if len(pieces) == 1:
            self.bound = pieces[0][1]
            return
        legs = [leg for _, leg in pieces]
        quickest, dearest = min(leg.seconds for leg in legs), max(leg.drawn_wh for leg in legs)
        self.bound = Leg(quickest, legs[0].metres, dearest)
        """The way at its quickest and its dearest; the way itself where it is the same all day."""

    def leg_at(self, depart_s: Seconds) -> Leg:
        """Return the way as it is driven when it is begun then."""
        if len(self.pieces) == 1:
            return self.bound
        return next(leg for from_s, leg in reversed(self.pieces) if from_s <= depart_s)

    def arrival_s(self, free_s: Seconds) -> Seconds:
        """Return the earliest arrival of a unit that is free then."""
        if len(self.pieces) == 1:
            return free_s + self.bound.seconds
        later = (from_s + leg.seconds for from_s, leg in self.pieces if from_s > free_s)
        return min(free_s + self.leg_at(free_s).seconds, *later, NEVER)

    def departure_s(self, free_s: Seconds, by_s: Seconds) -> Seconds:
        """Return the latest departure that arrives by then; at once when it is too late for any."""
        if len(self.pieces) == 1:
            return max(free_s, by_s - self.bound.seconds)
        ends = [from_s for from_s, _ in self.pieces[1:]] + [NEVER]
        for (from_s, leg), end_s in zip(reversed(self.pieces), reversed(ends), strict=True):
            depart_s = min(end_s - 1, by_s - leg.seconds)
            if depart_s >= max(from_s, free_s):
                return depart_s
        return free_s


STAYING = Way(((ALWAYS, STANDING),))

"""Roads that may go away: straight lines with a margin until they are back."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

from routing.model.errors import TravelUnavailable
from routing.travel.provider import Cells, Located, Route, Table, TravelProvider

MARGIN = 1.25
"""A guess must not be shorter than the road in the ordinary case: late is worse than early."""
_RETRY_S = 5.0
"""So long a road engine that is away is not asked again: each try costs the caller who waits for it."""


class FallbackTravel:
    """A `TravelProvider` that asks a second one, with a margin, while the first has nothing to give.

    `dataset` names whoever answers now: what was kept under one name is never mixed with the other's.

    Parameters
    ----------
    first, second
        The roads, and what is guessed without them.
    margin
        How many times longer a guess is told.
    clock
        Seconds that only grow.
    """

    def __init__(
        self,
        first: TravelProvider,
        second: TravelProvider,
        margin: float = MARGIN,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.first = first
        self._second = second
        self._margin = margin
        self._clock = clock
        self._ask_again_at = -math.inf
        self._away = False

    @property
    def is_away(self) -> bool:
        """Say whether the last answer was a guess."""
        return self._away

    @property
    def dataset(self) -> str:
        """Name of the data behind the answers of now."""
        return f"{self._second.dataset}*{self._margin}" if self._away else self.first.dataset

    def table(self, profile: str, places_from: Sequence[Located], places_to: Sequence[Located]) -> Table:
        """Ask the roads; without them every time and way is guessed, and longer by the margin."""
        found = self._try(lambda: self.first.table(profile, places_from, places_to))
        if found is not None:
            return found
        guess = self._second.table(profile, places_from, places_to)
        return Table(self._stretch_all(guess.durations_s), self._stretch_all(guess.distances_m))

    def look(self, profile: str, place: Located) -> None:
        """See whether roads are back or have changed; that they went is found by who misses a way."""
        if self._away:
            self.table(profile, [place], [place])
            return
        with suppress(TravelUnavailable):
            self.first.table(profile, [place], [place])

    def route(self, profile: str, a: Located, b: Located) -> Route | None:
        """Ask the roads for one way; without them it is the straight line."""
        found = self._try(lambda: (self.first.route(profile, a, b),))
        if found is not None:
            return found[0]
        guess = self._second.route(profile, a, b)
        if guess is None:
            return None
        duration_s, distance_m = self._stretch(guess.duration_s), self._stretch(guess.distance_m)
        return Route(duration_s, distance_m, guess.polyline6, guess.coordinates)

    def _try[T](self, ask: Callable[[], T]) -> T | None:
        if self._away and self._clock() < self._ask_again_at:
            return None
        try:
            answer = ask()
        except TravelUnavailable:
            # In this order: another thread must not see it away and ask at once.
            self._ask_again_at = self._clock() + _RETRY_S
            self._away = True
            return None
        # An answer that began before another thread found the roads gone brings them back a moment early.
        self._away = False
        return answer

    def _stretch(self, amount: int) -> int:
        return math.ceil(amount * self._margin)

    def _stretch_all(self, cells: Cells) -> Cells:
        return tuple(tuple(None if cell is None else self._stretch(cell) for cell in row) for row in cells)

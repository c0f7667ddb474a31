"""Plans that hold although ways and visits take longer than expected: planned at a quantile.

A plan made with the middle of every time is late half of the time, and lateness adds up along a route.
Planned at a higher quantile it promises later and breaks fewer promises; what that buys is a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from routing.model.problem import Problem, Request
from routing.model.travel import Durations, Profile, Travel
from routing.model.units import Seconds


@dataclass(frozen=True, slots=True)
class Spread:
    """How much longer than planned things took: the factors seen, in order.

    Attributes
    ----------
    travel, handling
        Real time over planned time, of ways and of visits without the charging.
    """

    travel: tuple[float, ...] = (1.0,)
    handling: tuple[float, ...] = (1.0,)

    @classmethod
    def learn(
        cls, ways: Iterable[tuple[Seconds, Seconds]], visits: Iterable[tuple[Seconds, Seconds]]
    ) -> "Spread":
        """Learn from pairs of planned and real seconds."""
        return cls(_factors(ways), _factors(visits))


def _factors(pairs: Iterable[tuple[Seconds, Seconds]]) -> tuple[float, ...]:
    return tuple(sorted(real_s / planned_s for planned_s, real_s in pairs if planned_s > 0)) or (1.0,)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    return values[min(max(ceil(share * len(values)) - 1, 0), len(values) - 1)]


class Robust:
    """Sees a problem as it is in the worse of so many cases.

    Parameters
    ----------
    spread
        What was seen so far.
    share
        The quantile, 0..1: 0.5 plans with the middle.
    """

    def __init__(self, spread: Spread, share: float) -> None:
        self.travel_factor = quantile(spread.travel, share)
        self.handling_factor = quantile(spread.handling, share)
        self._seen: tuple[Travel, Travel] | None = None

    def problem(self, problem: Problem) -> Problem:
        """Return the problem with its ways and visits at the quantile."""
        requests = tuple(self.request(request) for request in problem.requests)
        return replace(problem, travel=self._travel(problem.travel), requests=requests)

    def request(self, request: Request) -> Request:
        """Return a request whose visit takes as long as in the worse cases."""
        setup_s, wrapup_s = (ceil(s * self.handling_factor) for s in (request.setup_s, request.wrapup_s))
        return replace(request, setup_s=setup_s, wrapup_s=wrapup_s)

    def _travel(self, travel: Travel) -> Travel:
        """Scale the ways; the same ways are scaled once."""
        if self._seen is None or self._seen[0] is not travel:
            profiles = {name: self._profile(profile) for name, profile in travel.profiles.items()}
            self._seen = travel, replace(travel, profiles=profiles)
        return self._seen[1]

    def _profile(self, profile: Profile) -> Profile:
        slices = tuple(replace(part, durations_s=self._slower(part.durations_s)) for part in profile.slices)
        return replace(profile, durations_s=self._slower(profile.durations_s), slices=slices)

    def _slower(self, rows: Durations) -> Durations:
        factor = self.travel_factor
        return tuple(tuple(None if s is None else ceil(s * factor) for s in row) for row in rows)


def robust(problem: Problem, share: float, spread: Spread) -> Problem:
    """Return a problem as it is in the worse of so many cases (`share` 0..1)."""
    return Robust(spread, share).problem(problem)

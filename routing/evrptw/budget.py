"""How long to search, and how far a search has come."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from routing.model.errors import InvalidProblem

MOST_THREADS = 64


@dataclass(frozen=True, slots=True)
class Budget:
    """What a search may use.

    Attributes
    ----------
    seconds : float or None
        Wall time; without a meaning when `iterations` is given.
    iterations : int or None
        Changes to try in each thread; with one thread the same answer every time, byte for byte.
    seed : int
        Where randomness comes from.
    threads : int
        Searches side by side, each with a seed of its own.
    """

    seconds: float | None = 10.0
    iterations: int | None = None
    seed: int = 1
    threads: int = 1

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        if self.seconds is None and self.iterations is None:
            raise InvalidProblem("seconds", "either seconds or iterations must be given")
        if self.seconds is not None and not 0 <= self.seconds <= 1e7:
            raise InvalidProblem("seconds", "must be 0 to 10,000,000")
        if self.iterations is not None and not 0 <= self.iterations <= 10**12:
            raise InvalidProblem("iterations", "must be 0 to 1,000,000,000,000")
        if not 1 <= self.threads <= MOST_THREADS:
            raise InvalidProblem("threads", f"must be 1 to {MOST_THREADS}")
        if not 0 <= self.seed < 2**63:
            raise InvalidProblem("seed", "must be 0 or above, and below 2 to the 63rd")


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a budget is used: by the clock, or by the rounds done when the clock has no say."""

    budget: Budget
    begun: float
    clock: Callable[[], float] = time.monotonic

    def share(self, rounds: int) -> float:
        """Return the share used, 1 and above when it is over."""
        if self.budget.iterations is not None:
            return rounds / self.budget.iterations if self.budget.iterations else 1.0
        seconds = self.budget.seconds or 0.0
        return self.spent() / seconds if seconds else 1.0

    def spent(self) -> float:
        """Return the seconds since the beginning."""
        return self.clock() - self.begun

    def left(self) -> float:
        """Return the seconds left, endless when rounds are counted."""
        if self.budget.iterations is not None:
            return float("inf")
        return max(0.0, (self.budget.seconds or 0.0) - self.spent())

"""How far a run of the search is: by the clock, or by steps alone."""

from time import monotonic
from typing import Final

CHUNK_S: Final = 0.12
FIRST_CHUNK: Final = 25
"""Between two looks at the clock about so long is searched; the first time so many steps."""
MOST_STEPS: Final = 50_000
"""Never more steps than these in one go."""


class Clock:
    """Seconds, or a number of steps; then time has no say."""

    def __init__(self, seconds: float | None, iterations: int | None, begun: float) -> None:
        self.seconds, self.iterations, self.begun = seconds, iterations, begun
        self.steps = 0
        self.chunk = FIRST_CHUNK
        self._reserve_s = 0.0

    def reserve(self, seconds: float) -> None:
        """Keep a time for making the last plan."""
        self._reserve_s = seconds

    def left_s(self) -> float | None:
        """Return the time left; None when the clock has no say."""
        if self.iterations is not None:
            return None
        return (self.seconds or 0.0) - self._reserve_s - (monotonic() - self.begun)

    def progress(self) -> float:
        """Return how far the run is, from 0 to 1 and beyond."""
        if self.iterations is not None:
            return self.steps / self.iterations if self.iterations else 1.0
        whole = (self.seconds or 0.0) - self._reserve_s
        return (monotonic() - self.begun) / whole if whole > 0 else 1.0

    def next_chunk(self) -> int:
        """Return how many steps to do before looking again."""
        if self.iterations is not None:
            return max(1, min(100, self.iterations - self.steps))
        left = max(0.0, self.left_s() or 0.0)
        return max(1, min(self.chunk, int(self.chunk * left / CHUNK_S) + 1))

    def note(self, steps: int, took_s: float) -> None:
        """Learn from a chunk."""
        self.steps += steps
        if self.iterations is None and took_s > 0:
            self.chunk = max(1, min(MOST_STEPS, int(steps * CHUNK_S / took_s)))

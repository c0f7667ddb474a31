"""How much a charger may say: bytes in a frame, frames in a second, mistakes in a minute, wrong keys."""

import time
from collections import OrderedDict
from collections.abc import Callable

LARGEST_FRAME = 65_536
# A charger that catches up after an outage speaks much at once; one that never pauses is slowed down.
FRAMES_PER_S, FRAMES_AT_ONCE = 20.0, 200.0
ERRORS_PER_S, ERRORS_AT_ONCE = 0.5, 30.0
WRONG_KEYS_PER_S, WRONG_KEYS_AT_ONCE = 0.2, 20.0
MOST_ADDRESSES = 10_000

Clock = Callable[[], float]


class Bucket:
    """Fills by the second, up to a brim; each word takes a drop."""

    def __init__(self, per_s: float, brim: float, clock: Clock = time.monotonic) -> None:
        self._per_s, self._brim, self._clock = per_s, brim, clock
        self._level, self._at = brim, clock()

    def take(self) -> float:
        """Take a drop; returns for how long to wait until it is there."""
        self._level = self.peek() - 1.0
        self._at = self._clock()
        return max(-self._level / self._per_s, 0.0)

    def peek(self) -> float:
        """Return how full it is."""
        return min(self._brim, self._level + (self._clock() - self._at) * self._per_s)


class Buckets:
    """A bucket for each address, of the latest so many addresses."""

    def __init__(self, per_s: float, brim: float, clock: Clock = time.monotonic) -> None:
        self._per_s, self._brim, self._clock = per_s, brim, clock
        self._known: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str) -> float:
        """Take a drop of this address's."""
        bucket = self._known.pop(address, None) or Bucket(self._per_s, self._brim, self._clock)
        self._known[address] = bucket
        while len(self._known) > MOST_ADDRESSES:
            self._known.popitem(last=False)
        return bucket.take()

    def is_empty(self, address: str) -> bool:
        """Say whether this address has used up what it may, without taking anything."""
        bucket = self._known.get(address)
        return bucket is not None and bucket.peek() < 1.0

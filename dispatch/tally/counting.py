"""Count here, hand over once a second: nobody who is counted waits for Valkey.

While Valkey is away the sums stay here, as many numbers as there are figures, and are handed over later.
"""

import atexit
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic

from redis.exceptions import RedisError

from dispatch import clock
from dispatch.tally.measures import COUNTED, TIMED
from dispatch.tally.names import (
    KEPT_MINUTES,
    bound_field,
    connect,
    minute_key,
    minute_of,
    sum_field,
    total_key,
    value_field,
)

EVERY_S = 1.0


class Purse:
    """What this process has counted and not yet handed over."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._guard = threading.Lock()
        self._handing = threading.Lock()
        self._given = threading.Event()
        threading.Thread(target=self._run, name="tally", daemon=True).start()
        atexit.register(self.flush)

    def add(self, *fields: tuple[str, int]) -> None:
        """Add to sums; never waits, never raises."""
        with self._guard:
            for field, amount in fields:
                self._sums[field] += amount
        self._given.set()

    def flush(self) -> bool:
        """Hand over; what cannot be stays for the next time."""
        with self._handing:
            with self._guard:
                sums, self._sums = self._sums, Counter()
            if not sums:
                return True
            try:
                _hand_over(sums)
            except RedisError:
                with self._guard:
                    self._sums.update(sums)
                return False
            return True

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            self._given.wait()
            self._given.clear()
            pause.wait(EVERY_S)
            if not self.flush():
                self._given.set()


def _hand_over(sums: Counter[str]) -> None:
    minute = minute_key(minute_of(clock.wall()))
    with connect() as valkey, valkey.pipeline(transaction=True) as pipe:
        for field, amount in sums.items():
            pipe.hincrby(total_key(), field, amount)
            pipe.hincrby(minute, field, amount)
        pipe.expire(minute, KEPT_MINUTES * 60)
        pipe.execute()


@cache
def _purse() -> Purse:
    return Purse()


def count(name: str, value: str = "", amount: int = 1) -> None:
    """Count something that happened."""
    _purse().add((value_field(name, COUNTED[name].settle(value)), amount))


def observe(name: str, seconds: float) -> None:
    """Note how long something took; a clock set back is no time at all."""
    bounds = TIMED[name].bounds_ms
    place = bisect_left(bounds, seconds * 1000)
    bound = bounds[place] if place < len(bounds) else None
    took_us = max(0, round(seconds * 1_000_000))
    _purse().add((bound_field(name, bound), 1), (sum_field(name), took_us))


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Note how long what is done inside takes, however it ends."""
    begun = monotonic()
    try:
        yield
    finally:
        observe(name, monotonic() - begun)


def flush() -> bool:
    """Hand over now; False while Valkey is away."""
    return _purse().flush()

"""The sums of all processes, as whoever watches the house reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from dispatch.tally.measures import COUNTED, OTHER, TIMED
from dispatch.tally.names import (
    bound_field,
    connect,
    minute_key,
    minute_of,
    sum_field,
    total_key,
    value_field,
)

_QUEUE = "celery"


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many took how long: `counts` has one more class than `bounds_ms`, for what took longer."""

    bounds_ms: tuple[int, ...]
    counts: tuple[int, ...]
    sum_s: float

    @property
    def count(self) -> int:
        """Return how many there were."""
        return sum(self.counts)

    def find_quantile_ms(self, share: float) -> float | None:
        """Return below what so large a share lies, straight within a class; None where there was nothing.

        What took longer than the last bound is told as that bound: at least so long.
        """
        wanted, before, low = share * self.count, 0, 0
        for bound, count in zip(self.bounds_ms, self.counts, strict=False):
            if count and before + count >= wanted:
                return low + (bound - low) * (wanted - before) / count
            before, low = before + count, bound
        return float(self.bounds_ms[-1]) if self.count else None


@dataclass(frozen=True, slots=True)
class Sums:
    """What lies in one hash."""

    fields: Mapping[str, int]

    def counts(self, name: str) -> dict[str, int]:
        """Return how often each value of a label was counted; "" stands for what has no label."""
        measure = COUNTED[name]
        values = (*measure.values, OTHER) if measure.label else ("",)
        return {value: self.fields.get(value_field(name, value), 0) for value in values}

    def histogram(self, name: str) -> Histogram:
        """Return how long something took."""
        bounds = TIMED[name].bounds_ms
        counts = tuple(self.fields.get(bound_field(name, bound), 0) for bound in (*bounds, None))
        return Histogram(bounds, counts, self.fields.get(sum_field(name), 0) / 1_000_000)


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of human time, and what was counted in it."""

    ago: int
    sums: Sums


def read_sums() -> Sums:
    """Read everything since Valkey began."""
    with connect() as valkey:
        return _sums(valkey.hgetall(total_key()))


def read_minutes(wall: datetime, count: int) -> list[Minute]:
    """Read the last minutes, the present one last."""
    last = minute_of(wall)
    agos = range(count - 1, -1, -1)
    with connect() as valkey, valkey.pipeline(transaction=False) as pipe:
        for ago in agos:
            pipe.hgetall(minute_key(last - ago))
        return [Minute(ago, _sums(found)) for ago, found in zip(agos, pipe.execute(), strict=True)]


def count_waiting_tasks() -> int:
    """Count the tasks that wait in the broker, where the broker is this Valkey."""
    with connect() as valkey:
        return int(valkey.llen(f"{settings.REDIS_PREFIX}:celery:{_QUEUE}"))


def _sums(found: Mapping[str, str]) -> Sums:
    return Sums({field: int(amount) for field, amount in found.items()})

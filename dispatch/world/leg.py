"""One drive: where a unit is at any instant between leaving and arriving, and what it has used so far."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import atan2, cos, degrees, hypot, radians

from dispatch.world.roads import Way
from routing.travel.provider import Point

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Fix:
    """What a satellite receiver would say."""

    lat: float
    lon: float
    heading: float
    speed_mps: float


@dataclass(frozen=True)
class Leg:
    """A way begun at `started_at`, `slowness` times slower than on empty roads."""

    stop: str
    way: Way
    started_at: float
    slowness: float

    @property
    def arrives_at(self) -> float:
        return self.started_at + self.way.duration_s * self.slowness

    def share_at(self, now: float) -> float:
        """Return how much of the way is done, 0..1."""
        if now >= self.arrives_at:
            return 1.0
        return max(now - self.started_at, 0.0) / (self.arrives_at - self.started_at)

    def fix_at(self, now: float) -> Fix:
        share = self.share_at(now)
        along_m = share * self._reached_m[-1]
        index = min(bisect_right(self._reached_m, along_m), len(self._reached_m) - 1)
        start, end = self.way.line[index - 1], self.way.line[index]
        length_m = self._reached_m[index] - self._reached_m[index - 1]
        part = (along_m - self._reached_m[index - 1]) / length_m if length_m else 1.0
        moving = share < 1.0 and self.arrives_at > self.started_at
        return Fix(
            lat=start.lat + part * (end.lat - start.lat),
            lon=start.lon + part * (end.lon - start.lon),
            heading=bearing(start, end),
            speed_mps=self.way.distance_m / (self.arrives_at - self.started_at) if moving else 0.0,
        )

    def used_wh(self, now: float, drive_wh_per_km: int, aux_w: int) -> float:
        """Return what driving took from the pack by `now`."""
        share = self.share_at(now)
        driving_s = share * (self.arrives_at - self.started_at)
        return share * self.way.distance_m * drive_wh_per_km / 1_000 + driving_s * aux_w / 3_600

    @cached_property
    def _reached_m(self) -> tuple[float, ...]:
        return (0.0, *accumulate(span_m(a, b) for a, b in pairwise(self.way.line)))


def span_m(a: Point, b: Point) -> float:
    return hypot(*_offset_m(a, b))


def bearing(a: Point, b: Point) -> float:
    """Return the compass course from a to b in degrees, 0 is north."""
    north_m, east_m = _offset_m(a, b)
    return round(degrees(atan2(east_m, north_m)) % 360, 1)


def _offset_m(a: Point, b: Point) -> tuple[float, float]:
    north = (b.lat - a.lat) * METRES_PER_DEGREE
    return north, (b.lon - a.lon) * METRES_PER_DEGREE * cos(radians(a.lat))

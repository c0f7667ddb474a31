"""Which fixes can be true: not from the future, not from long ago, not vague, not by a jump nobody can drive.

A jump may be true all the same, when a unit was carried or an earlier fix was wrong: it is believed once
several fixes in a row agree about the new place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dispatch.routing_bridge.places import measure_m

# A device's clock may be a little ahead of ours; what lies further ahead is a wrong clock.
SKEW = timedelta(seconds=5)
# News older than this comes from a wrong clock, not from a long tunnel.
OLDEST = timedelta(hours=12)
# Nothing of ours is faster; between two fixes so near each other the error of the fixes says nothing.
FASTEST_MPS, NEAR_M = 60.0, 150.0
# A fix that may lie anywhere within so far says too little.
VAGUE_M = 200.0
AGREE = 3


@dataclass(frozen=True, slots=True)
class Fix:
    """One position with what the device knew then."""

    at: datetime
    lat: float
    lon: float
    heading: float | None = None
    speed_mps: float = 0.0
    pack_soc: float | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was at an instant."""

    at: datetime
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Sorted:
    """Fixes that are believed, in the order of time, and those that wait for others to agree."""

    good: tuple[Fix, ...] = ()
    doubts: tuple[Spot, ...] = ()


@dataclass(slots=True)
class _Believing:
    """Goes from fix to fix."""

    last: Spot | None
    doubts: list[Spot]
    good: list[Fix] = field(default_factory=list)

    def hear(self, fix: Fix) -> None:
        spot = Spot(fix.at, fix.lat, fix.lon)
        if self.last is not None and fix.at <= self.last.at:
            # It comes late: its place is in the trace, not on the map.
            self.good.append(fix)
        elif self.last is None or can_follow(self.last, spot):
            self._believe(fix, spot)
        elif self.doubts and can_follow(self.doubts[-1], spot):
            self.doubts.append(spot)
            if len(self.doubts) >= AGREE:
                self._believe(fix, spot)
        else:
            self.doubts = [spot]

    def _believe(self, fix: Fix, spot: Spot) -> None:
        self.good.append(fix)
        self.last, self.doubts = spot, []


def list_usable(fixes: Iterable[Fix], now: datetime) -> list[Fix]:
    """List the fixes of a time that can be true, one for each instant, in order."""
    usable = {fix.at: fix for fix in fixes if now - OLDEST <= fix.at <= now + SKEW}
    return [usable[at] for at in sorted(usable)]


def sort_out(fixes: Iterable[Fix], last: Spot | None, doubts: Sequence[Spot]) -> Sorted:
    """Tell places that can be true from those that cannot.

    Parameters
    ----------
    fixes
        In the order of time.
    last
        The newest fix that was believed.
    doubts
        Newer ones that were not, one after the other from about the same place.
    """
    believing = _Believing(last, list(doubts))
    for fix in fixes:
        if not _is_vague(fix):
            believing.hear(fix)
    return Sorted(tuple(believing.good), tuple(believing.doubts))


def can_follow(before: Spot, after: Spot) -> bool:
    """Say whether a unit can have come from one to the other."""
    metres = measure_m(before.lat, before.lon, after.lat, after.lon)
    seconds = max((after.at - before.at).total_seconds(), 0.0)
    return metres <= NEAR_M or metres <= FASTEST_MPS * seconds


def _is_vague(fix: Fix) -> bool:
    return fix.accuracy_m is not None and fix.accuracy_m > VAGUE_M


def read_doubts(stored: Iterable[dict[str, Any]]) -> list[Spot]:
    """Read what a row keeps of doubts."""
    return [Spot(datetime.fromisoformat(one["at"]), one["lat"], one["lon"]) for one in stored]


def write_doubts(doubts: Iterable[Spot]) -> list[dict[str, Any]]:
    """Write doubts as a row keeps them."""
    return [{"at": one.at.isoformat(), "lat": one.lat, "lon": one.lon} for one in doubts]

"""World time as the server tells it: anchor plus wall time times speed, and never backwards.

Instants are seconds since the epoch (UTC) as floats; only the edges speak ISO 8601.
"""

import asyncio
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime

# A late answer carries an old time; only a lag longer than this means that the world stood still.
TOLERATED_LAG_WALL_S = 1.0
LONGEST_NAP_WALL_S = 0.5


def parse_instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def format_instant(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class WorldClock:
    """The world's own watch, set by every answer of the server."""

    def __init__(self, wall: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._anchor: tuple[float, float] | None = None
        self._shown = float("-inf")
        self.speed = 1.0

    @property
    def is_set(self) -> bool:
        return self._anchor is not None

    def observe(self, server_time: float, speed: float) -> None:
        """Take the server's word: ahead of us is news, a little behind is latency, far behind is a halt."""
        lag = self._estimate() - server_time if self._anchor else 0.0
        if self._anchor and speed == self.speed and 0 <= lag <= TOLERATED_LAG_WALL_S * speed:
            return
        self._anchor = (self._wall(), server_time)
        self.speed = speed

    def now(self) -> float:
        self._shown = max(self._shown, self._estimate())
        return self._shown

    def wall_s_until(self, at: float) -> float:
        """Return how long to wait by the wall clock; for ever while the world stands still (speed 0)."""
        left_s = max(at - self.now(), 0.0)
        if left_s == 0.0:
            return 0.0
        return left_s / self.speed if self.speed > 0 else math.inf

    async def sleep_until(self, at: float) -> None:
        while (wait_s := self.wall_s_until(at)) > 0:
            await asyncio.sleep(min(wait_s, LONGEST_NAP_WALL_S))

    async def wait_for(self, event: asyncio.Event, until: float) -> None:
        """Wait for the event, but no longer than `until`; short naps keep up with a changing speed."""
        nap_s = min(self.wall_s_until(until), LONGEST_NAP_WALL_S)
        try:
            await asyncio.wait_for(event.wait(), nap_s)
        except TimeoutError:
            return

    def _estimate(self) -> float:
        if self._anchor is None:
            raise RuntimeError("the server has not yet said what time it is")
        wall, world = self._anchor
        return world + (self._wall() - wall) * self.speed

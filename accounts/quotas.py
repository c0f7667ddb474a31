"""How often somebody may come: counted in Valkey, for all processes together.

While Valkey is away each process counts for itself: nobody is turned away for that, nobody gets in without
end. The window slides: what was used in the one before counts by the share of it that still lies within.
"""

import math
import time
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

AWAY_S = 1.0
PATIENCE_S = 0.25
NOTED = "voltrun.quotas"


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with a policy after this call."""

    policy: str
    most: int
    window_s: int
    left: int
    wait_s: int
    within: bool


class Counter:
    """The counts, in Valkey or here."""

    def __init__(self, url: str, prefix: str) -> None:
        self.valkey = RedisStorage(
            url,
            key_prefix=f"{prefix}:quotas",
            socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S,
        )
        self.here = MemoryStorage()
        self._shared = SlidingWindowCounterRateLimiter(self.valkey)
        self._alone = SlidingWindowCounterRateLimiter(self.here)
        self._away_until = 0.0

    def count(
        self, item: RateLimitItem, policy: str, who: str, *, only_look: bool = False
    ) -> tuple[bool, float, int]:
        """Count one call; return whether it is within, when the window is over, and what is left."""
        if time.monotonic() >= self._away_until:
            try:
                return _count(self._shared, item, policy, who, only_look=only_look)
            except RedisError:
                # Not each call waits for a server that is away.
                self._away_until = time.monotonic() + AWAY_S
        return _count(self._alone, item, policy, who, only_look=only_look)


def _count(
    limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, policy: str, who: str, *, only_look: bool
) -> tuple[bool, float, int]:
    within = (limiter.test if only_look else limiter.hit)(item, policy, who)
    stats = limiter.get_window_stats(item, policy, who)
    return within, stats.reset_time, stats.remaining


@cache
def find_counter() -> Counter:
    """Return this process's counter."""
    return Counter(settings.REDIS_URL, settings.REDIS_PREFIX)


def count(policy: str, who: str, *, only_look: bool = False) -> Standing:
    """Count a call of somebody's, or only look how they stand."""
    most, window_s = settings.RATES[policy]
    item = RateLimitItemPerSecond(most, window_s)
    within, over_at, left = find_counter().count(item, policy, who, only_look=only_look)
    wait_s = min(max(1, math.ceil(over_at - time.time())), window_s)
    return Standing(policy, most, window_s, max(0, left), wait_s, within)


def name_address(address: str) -> str:
    """Name who is behind an address: one line has a whole network of the newer kind to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def note(request: HttpRequest, standing: Standing) -> None:
    """Keep what was counted with the call, so that its answer can say so."""
    request.META.setdefault(NOTED, []).append(standing)


def list_noted(request: HttpRequest) -> list[Standing]:
    """List what was counted for a call."""
    noted: list[Standing] = request.META.get(NOTED, [])
    return noted

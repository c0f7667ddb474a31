"""Fixes of many units that come at about the same moment are taken together."""

from collections.abc import Sequence

from accounts.gathering import Gathering
from dispatch import clock
from dispatch.errors import NotFound
from dispatch.services.tracking import Said, record_many

# So long the first waits for others: much less than a tick.
GATHER_S, MOST = 0.2, 300


def _take(said: Sequence[Said]) -> list[int | NotFound]:
    return record_many(said, clock.now(), clock.wall())


_mill: Gathering[Said, int] = Gathering(_take, GATHER_S, MOST)


async def take_fixes(said: Said) -> int:
    """Take a unit's batch; returns how many fixes were new, or raises `NotFound`."""
    return await _mill.ask(said)

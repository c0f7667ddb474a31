"""The town: lets people need energy at their hour, and gives each wish to a driver who is free."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Never

from dispatch.world.client import Door
from dispatch.world.config import Account, WorldConfig
from dispatch.world.driver import Driver
from dispatch.world.street import Street
from routing.simulation.chance import build_dice
from routing.simulation.demand import Wish
from routing.simulation.people import list_opening, list_wishes

log = logging.getLogger(__name__)

HOUR_S = 3_600
# A town that opens its eyes finds people who have just begun to need something.
LOOK_BACK_S = 900


class Town:
    """Its people; a new town begins with a few wishes at once, an old one goes on as it was."""

    def __init__(self, door: Door, config: WorldConfig, street: Street, *, is_new: bool = False) -> None:
        self._door, self._config, self._is_new = door, config, is_new
        accounts = list(config.drivers)
        build_dice(config.seed, "drivers").shuffle(accounts)
        self._free: deque[Account] = deque(accounts)
        self._drivers = {account.email: Driver(door, account, street) for account in accounts}

    async def run(self) -> None:
        """Meet one wish after another until cancelled; with nobody to ask or no rate there is no traffic."""
        if not self._free or self._config.rate_per_h <= 0:
            return
        now_s = self._door.clock.now()
        async with asyncio.TaskGroup() as lives:
            # In a new town nobody has wanted anything yet; what goes wrong later finds it old.
            is_new, self._is_new = self._is_new, False
            if is_new:
                lives.create_task(self._open(lives, now_s))
            await self._meet_all(lives, now_s if is_new else now_s - LOOK_BACK_S)

    async def _open(self, lives: asyncio.TaskGroup, now_s: float) -> None:
        opening = list_opening(self._config.people, datetime.fromtimestamp(now_s, UTC))
        await self._meet(lives, opening)

    async def _meet_all(self, lives: asyncio.TaskGroup, from_s: float) -> Never:
        while True:
            hour_s = from_s // HOUR_S * HOUR_S
            hour = list_wishes(self._config.people, datetime.fromtimestamp(hour_s, UTC), 1)
            await self._meet(lives, [wish for wish in hour if wish.at.timestamp() >= from_s])
            from_s = hour_s + HOUR_S
            await self._door.clock.sleep_until(from_s)

    async def _meet(self, lives: asyncio.TaskGroup, wishes: Sequence[Wish]) -> None:
        for wish in wishes:
            await self._door.clock.sleep_until(wish.at.timestamp())
            self._begin_life(lives, wish)

    def _begin_life(self, lives: asyncio.TaskGroup, wish: Wish) -> None:
        busy = len(self._drivers) - len(self._free)
        if not self._free or busy >= self._config.max_open:
            log.info("nobody is free for another wish (%d under way)", busy)
            return
        lives.create_task(self._live(self._free.popleft(), wish))

    async def _live(self, account: Account, wish: Wish) -> None:
        """One life gone wrong is a line in the log, not the end of the town."""
        try:
            await self._drivers[account.email].live(wish, build_dice(self._config.seed, wish.at, wish.lat))
        except Exception:
            log.exception("%s: a life gone wrong", account.email)
        finally:
            self._free.append(account)

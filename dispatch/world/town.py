"""The town: lets people need energy at their hour, and gives each wish to a driver who is free."""

import asyncio
import logging
from collections import deque
from datetime import UTC, datetime

from dispatch.world.client import Door
from dispatch.world.config import Account, WorldConfig
from dispatch.world.driver import Driver
from dispatch.world.street import Street
from routing.simulation.chance import build_dice
from routing.simulation.demand import Habits, Wish, demand

log = logging.getLogger(__name__)

HOUR_S = 3_600
# A town that opens its eyes finds people who have just begun to need something.
LOOK_BACK_S = 900


class Town:
    def __init__(self, door: Door, config: WorldConfig, street: Street) -> None:
        self._door, self._config, self._street = door, config, street
        accounts = list(config.drivers)
        build_dice(config.seed, "drivers").shuffle(accounts)
        self._free: deque[Account] = deque(accounts)
        self._drivers = {account.email: Driver(door, account, street) for account in accounts}

    async def run(self) -> None:
        """Meet one wish after another until cancelled; with nobody to ask or no rate there is no traffic."""
        if not self._free or self._config.rate_per_h <= 0:
            return
        from_s = self._door.clock.now() - LOOK_BACK_S
        async with asyncio.TaskGroup() as lives:
            while True:
                hour_s = from_s // HOUR_S * HOUR_S
                for wish in self._list_wishes(hour_s):
                    if wish.at.timestamp() >= from_s:
                        await self._door.clock.sleep_until(wish.at.timestamp())
                        self._begin_life(lives, wish)
                from_s = hour_s + HOUR_S
                await self._door.clock.sleep_until(from_s)

    def _list_wishes(self, hour_s: float) -> list[Wish]:
        start = datetime.fromtimestamp(hour_s, UTC)
        habits = Habits(time_zone=self._config.time_zone)
        return demand(self._config.seed, start, 1, self._config.rate_per_h, self._config.places, habits)

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

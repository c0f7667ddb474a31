"""The world as one process: every unit, its crew and box, and the town, each an actor of its own."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import httpx

from dispatch.world.body import Body
from dispatch.world.client import Door, Voice
from dispatch.world.config import OutletConfig, PlugConfig, UnitConfig, WorldConfig
from dispatch.world.crew import Crew
from dispatch.world.day import read_day
from dispatch.world.memory import Memory, imagine_body, restore_body
from dispatch.world.mishaps import Mishaps
from dispatch.world.outlet import Outlet
from dispatch.world.roads import Roads
from dispatch.world.setting_out import Surroundings
from dispatch.world.street import Street
from dispatch.world.supply import PlugSupply, Supply, UnitSupply
from dispatch.world.telematics import Telematics
from dispatch.world.times import WorldClock
from dispatch.world.town import Town

log = logging.getLogger(__name__)

FIRST_BACK_OFF_S, LONGEST_BACK_OFF_S = 1.0, 30.0
SAVE_WALL_S = 5.0
KNOCK_WALL_S = 0.5

Actor = Callable[[], Awaitable[None]]


class World:
    def __init__(self, config: WorldConfig, base_url: str, state: Path) -> None:
        self._config = config
        self._clock = WorldClock()
        self._door = Door(base_url, self._clock)
        self._memory = Memory(state)
        self._roads = Roads(config.roads)
        self._street = Street()
        self._surroundings = Surroundings(config, self._roads, self._street)
        self._crews: list[Crew] = []
        self._bodies: list[Body] = []

    async def run(self) -> None:
        """Live until cancelled."""
        try:
            await self._knock()
            async with asyncio.TaskGroup() as actors:
                actors.create_task(keep_alive("memory", self._save))
                actors.create_task(keep_alive("town", self._found_town().run))
                for unit in self._config.units:
                    actors.create_task(keep_alive(unit.name, partial(self._animate, unit)))
                for plug in self._config.plugs:
                    actors.create_task(keep_alive(plug.name, partial(self._power, plug)))
        finally:
            self._remember()
            await self._door.close()

    def _found_town(self) -> Town:
        return Town(self._door, self._config, self._street, is_new=self._memory.is_blank)

    async def _knock(self) -> None:
        """Wait until the server opens and says what time it is."""
        while not self._clock.is_set:
            try:
                await self._door.call("GET", "/api/config", {})
            except httpx.TransportError as error:
                log.debug("server is away: %r", error)
            await asyncio.sleep(KNOCK_WALL_S)

    async def _animate(self, unit: UnitConfig) -> None:
        body = await self._awaken(unit)
        crew = Crew(self._door, body, self._surroundings, self._memory)
        self._crews.append(crew)
        self._bodies.append(body)
        try:
            async with asyncio.TaskGroup() as parts:
                parts.create_task(Telematics(self._door, body).run())
                parts.create_task(crew.run())
                if unit.outlet is not None:
                    parts.create_task(self._build_outlet(unit.outlet, UnitSupply(body)).run())
        finally:
            crew.remember()
            self._crews.remove(crew)
            self._bodies.remove(body)

    async def _power(self, plug: PlugConfig) -> None:
        known = self._memory.find_outlet(plug.outlet.identity) or {}
        supply = PlugSupply(plug, lambda: list(self._bodies), known.get("register_wh", 0))
        await self._build_outlet(plug.outlet, supply).run()

    def _build_outlet(self, config: OutletConfig, supply: Supply) -> Outlet:
        mishaps = Mishaps(self._config.seed, happen=self._config.rate_per_h > 0)
        return Outlet(self._door.ws_url, config, supply, self._clock, self._memory, mishaps)

    async def _awaken(self, unit: UnitConfig) -> Body:
        """Remember the unit, or take the server's word for where it stands."""
        if record := self._memory.find_record(unit.id):
            return restore_body(unit, record, self._roads)
        day = read_day(await Voice(self._door, unit.device).get("/api/crew/day"))
        return imagine_body(unit, self._clock.now(), day.position, day.energy_wh)

    async def _save(self) -> None:
        while True:
            await asyncio.sleep(SAVE_WALL_S)
            self._remember()

    def _remember(self) -> None:
        for crew in self._crews:
            crew.remember()


async def keep_alive(name: str, actor: Actor) -> None:
    """Run an actor for ever; what goes wrong in it is logged, and it starts anew after a pause."""
    loop, pause_s = asyncio.get_running_loop(), FIRST_BACK_OFF_S
    while True:
        started = loop.time()
        try:
            await actor()
            return
        except Exception:
            log.exception("%s stopped; it starts again in %.0f s", name, pause_s)
        if loop.time() - started > LONGEST_BACK_OFF_S:
            pause_s = FIRST_BACK_OFF_S
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, LONGEST_BACK_OFF_S)


async def run_until_told(world: World) -> None:
    """Run until SIGTERM or SIGINT, then put everything away."""
    life = asyncio.ensure_future(world.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, life.cancel)
    await asyncio.gather(life, return_exceptions=True)
    if not life.cancelled() and (error := life.exception()):
        raise error

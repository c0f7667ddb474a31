"""Who speaks for a unit: the crew whose shift it is, else the unit itself by its device."""

from dispatch.world.client import Door, Refused, Voice
from dispatch.world.config import UnitConfig
from dispatch.world.day import read_day


class Duty:
    """Asks the unit's crews in turn; a robot has none and always speaks for itself."""

    def __init__(self, door: Door, unit: UnitConfig) -> None:
        self._door, self._unit = door, unit
        self._crews = [Voice(door, account) for account in unit.crews]
        self._device = Voice(door, unit.device)

    @property
    def device(self) -> Voice:
        return self._device

    async def find_voice(self) -> Voice:
        for crew in self._crews:
            if await self._is_on_duty(crew):
                return crew
        return self._device

    async def _is_on_duty(self, crew: Voice) -> bool:
        try:
            day = read_day(await crew.get("/api/crew/day"))
        except Refused:
            return False
        return day.unit == self._unit.id and day.is_on_shift(self._door.clock.now())

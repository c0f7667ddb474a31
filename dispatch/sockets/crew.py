"""A crew follows its unit."""

from typing import Any
from uuid import UUID

from accounts.callers import Caller, Kind
from dispatch import clock
from dispatch.broadcast.groups import name_live
from dispatch.selectors.day import find_unit, get_day
from dispatch.selectors.streams import unit_stream
from dispatch.selectors.units import get_ground
from dispatch.sockets.socket import in_thread
from dispatch.sockets.stream import Ground, StreamConsumer


class CrewConsumer(StreamConsumer):
    _unit_id: UUID

    async def find_stream(self, caller: Caller) -> str | None:
        if caller.kind is not Kind.DEVICE and not caller.crews():
            return None
        unit_id = await in_thread(find_unit)(caller, await clock.anow())
        if unit_id is None:
            return None
        self._unit_id = unit_id
        self.ground = Ground(*await in_thread(get_ground)(unit_id))
        return unit_stream(unit_id)

    def name_live(self) -> str:
        return name_live("unit", self._unit_id)

    def build_snapshot(self) -> tuple[int, Any]:
        day = get_day(self._unit_id, clock.now(), clock.wall(), clock.speed())
        return day["seq"], day

"""A console follows its area."""

from typing import Any, ClassVar

from channels.db import database_sync_to_async

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.groups import live_group
from dispatch.models import ServiceArea
from dispatch.selectors.areas import find_area
from dispatch.selectors.board import get_board
from dispatch.selectors.streams import area_stream
from dispatch.sockets.stream import StreamConsumer


class OpsConsumer(StreamConsumer):
    live_kind: ClassVar[str] = "area"
    _area: ServiceArea

    async def find_stream(self, caller: Caller) -> str | None:
        if not caller.dispatched:
            return None
        area = await database_sync_to_async(find_area)(caller)
        if area is None or not caller.dispatches(area.operator_id):
            return None
        self._area, self._caller = area, caller
        return area_stream(area.id)

    def live_group(self) -> str:
        return live_group("area", self._area.id)

    def build_snapshot(self) -> tuple[int, Any]:
        area = ServiceArea.objects.of(self._caller).get(id=self._area.id)
        board = get_board(self._caller, area, clock.now(), clock.wall(), clock.speed())
        return board["seq"], board

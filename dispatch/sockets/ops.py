"""A console follows its area."""

from typing import Any

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.groups import name_live
from dispatch.models import OPEN, ServiceArea
from dispatch.selectors.areas import find_dispatched_area
from dispatch.selectors.board import get_board
from dispatch.selectors.streams import area_stream
from dispatch.sockets.latest import Values
from dispatch.sockets.socket import in_thread
from dispatch.sockets.stream import Ground, StreamConsumer


class OpsConsumer(StreamConsumer):
    _area: ServiceArea
    _caller: Caller

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open: set[str] = set()

    async def find_stream(self, caller: Caller) -> str | None:
        area = await in_thread(find_dispatched_area)(caller)
        if area is None:
            return None
        self._area, self._caller = area, caller
        self.ground = Ground(area.operator_id, area.id)
        return area_stream(area.id)

    def name_live(self) -> str:
        return name_live("area", self._area.id)

    def build_snapshot(self) -> tuple[int, Any]:
        area = ServiceArea.objects.of(self._caller).get(id=self._area.id)
        board = get_board(self._caller, area, clock.now(), clock.wall(), clock.speed())
        return board["seq"], board

    def note(self, data: Any) -> None:
        for request in data.get("requests", []):
            change = self._open.add if request["status"] in OPEN else self._open.discard
            change(request["id"])

    def shape_live(self, values: Values) -> dict[str, Any]:
        """Leave out what is expected of requests that are over."""
        etas = {key: eta for key, eta in values.pop("eta", {}).items() if key in self._open}
        return {**values, "eta": etas} if etas else values

"""A unit says where it is."""

from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from rest_framework.exceptions import ValidationError

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import Unit
from dispatch.selectors.render import iso
from dispatch.services.fixes import read_fixes
from dispatch.services.tracking import record_fixes
from dispatch.sockets.stream import NOT_YOURS


class UnitConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Only the unit's own device may speak here."""

    async def connect(self) -> None:
        caller: Caller = self.scope["caller"]
        await self.accept()
        if not caller.drives(self._unit_id) or not await database_sync_to_async(self._exists)(caller):
            await self.close(code=NOT_YOURS)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "fixes":
            await self.send_json({"type": "error", "code": "unknown_message"})
            return
        try:
            taken = await database_sync_to_async(self._record)(content)
        except ValidationError:
            await self.send_json({"type": "error", "code": "invalid", "path": "fixes"})
            return
        await self.send_json({"type": "ack", "taken": taken, "at": iso(await clock.anow())})

    def _record(self, content: dict[str, Any]) -> int:
        fixes = read_fixes({"fixes": content.get("fixes")})
        return record_fixes(self.scope["caller"], self._unit_id, fixes, clock.now(), clock.wall())

    def _exists(self, caller: Caller) -> bool:
        return Unit.objects.of(caller).filter(id=self._unit_id).exists()

    @property
    def _unit_id(self) -> UUID:
        key: UUID = self.scope["url_route"]["kwargs"]["unit_id"]
        return key

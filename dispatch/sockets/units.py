"""A unit says where it is."""

from typing import Any, ClassVar
from uuid import UUID

from rest_framework.exceptions import ValidationError

from accounts.callers import Caller
from dispatch import clock
from dispatch.errors import NotFound
from dispatch.models import Unit
from dispatch.selectors.render import iso
from dispatch.services.fixes import read_fixes
from dispatch.services.tracking import Said
from dispatch.sockets.fixes_mill import take_fixes
from dispatch.sockets.socket import NOT_YOURS, SERVERS_AWAY, Socket, in_thread


class UnitConsumer(Socket):
    """Only the unit's own device may speak here."""

    # Nothing is heard here, so a fix comes in even while Valkey is away.
    channel_layer_alias: ClassVar[str | None] = None

    _known: Caller | None = None

    async def connect(self) -> None:
        await self.accept()
        if not await self.may_stay(self.scope["caller"]):
            await self.close(code=NOT_YOURS)
            return
        self._known = self.scope["caller"]
        self.begin(self.guard())

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content.get("type") != "fixes":
            await self.refuse("unknown_message")
            return
        try:
            taken = await self._record(content)
        except ValidationError:
            await self.refuse("invalid", path="fixes")
        except NotFound:
            await self.close(code=NOT_YOURS)
        except SERVERS_AWAY:
            # The device keeps what was not acknowledged and sends it again.
            await self.refuse("unavailable")
        else:
            await self.say({"type": "ack", "taken": taken, "at": iso(await clock.anow())})

    async def may_stay(self, caller: Caller) -> bool:
        if not caller.drives(self._unit_id):
            return False
        # A unit is nobody else's later on; one that is gone is told with its next fix.
        return caller == self._known or await in_thread(self._exists)(caller)

    async def _record(self, content: dict[str, Any]) -> int:
        caller: Caller = self.scope["caller"]
        if not caller.drives(self._unit_id):
            raise NotFound
        fixes = read_fixes({"fixes": content.get("fixes")})
        return await take_fixes(Said(caller, self._unit_id, tuple(fixes)))

    def _exists(self, caller: Caller) -> bool:
        return Unit.objects.of(caller).filter(id=self._unit_id).exists()

    @property
    def _unit_id(self) -> UUID:
        key: UUID = self.scope["url_route"]["kwargs"]["unit_id"]
        return key

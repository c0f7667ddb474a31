"""A driver follows one request."""

from typing import Any
from uuid import UUID

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.groups import live_group
from dispatch.models import OPEN, ChargeRequest, Status
from dispatch.selectors.requests import get_request_document
from dispatch.selectors.streams import get_seq, request_stream
from dispatch.sockets.latest import Values
from dispatch.sockets.socket import in_thread
from dispatch.sockets.stream import StreamConsumer


class RequestConsumer(StreamConsumer):
    _status = ""
    _owner: Caller

    async def find_stream(self, caller: Caller) -> str | None:
        area_id = await in_thread(self._find_own)(caller)
        if area_id is None:
            return None
        self.area_id, self._owner = area_id, caller
        return request_stream(self._request_id)

    async def may_stay(self, caller: Caller) -> bool:
        # A request is nobody else's later on: only a caller who is another than before is looked at again.
        return caller == self._owner or await super().may_stay(caller)

    def live_group(self) -> str:
        return live_group("request", self._request_id)

    def build_snapshot(self) -> tuple[int, Any]:
        # The sequence first: what changes in between comes again as a message.
        seq = get_seq(self.stream)
        return seq, get_request_document(self._request_id, clock.now())

    def note(self, data: Any) -> None:
        self._status = data["status"]

    def shape_live(self, values: Values) -> dict[str, Any]:
        """Show the unit only while it comes, and no expectation of what is over."""
        shown = {kind: entries.get("") for kind, entries in values.items()}
        if (flow := shown.pop("power", None)) is not None:
            # Of a session the page shows these, each in its own place.
            shown |= {"power": flow["power_w"], "soc": flow["soc"], "energy_wh": flow["energy_wh"]}
            shown["expected_end"] = flow["ends_at"]
        if self._status != Status.EN_ROUTE:
            shown.pop("position", None)
        return shown if self._status in OPEN else {}

    @property
    def _request_id(self) -> UUID:
        key: UUID = self.scope["url_route"]["kwargs"]["request_id"]
        return key

    def _find_own(self, caller: Caller) -> UUID | None:
        """Find the area of the caller's own request."""
        if caller.person_id is None:
            return None
        rows = ChargeRequest.objects.of(caller).filter(id=self._request_id, person_id=caller.person_id)
        return rows.values_list("area_id", flat=True).first()

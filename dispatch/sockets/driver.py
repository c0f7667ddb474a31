"""A driver follows one request.

Of all sockets these are the most, and after a restart all of them come back at once: what they ask is asked
together.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from accounts.callers import Caller
from accounts.gathering import Gathering
from dispatch import clock
from dispatch.broadcast.groups import name_live
from dispatch.errors import NotFound
from dispatch.models import OPEN, Status
from dispatch.selectors.documents.request import RequestDocument
from dispatch.selectors.requests import find_owned, list_request_documents
from dispatch.selectors.streams import get_seqs, request_stream
from dispatch.sockets.latest import Values
from dispatch.sockets.stream import Ground, StreamConsumer


def _read_snapshots(requests: Sequence[UUID]) -> list[tuple[int, RequestDocument] | Exception]:
    # The sequences first: what changes in between comes again as a message.
    seqs = get_seqs([request_stream(key) for key in requests])
    found = {row["id"]: row for row in list_request_documents(set(requests), clock.now())}
    return [
        (seq, found[str(key)]) if str(key) in found else NotFound()
        for key, seq in zip(requests, seqs, strict=True)
    ]


_owned: Gathering[tuple[Caller, UUID], tuple[UUID, UUID] | None] = Gathering(find_owned, gather_s=0.02)
_snapshots: Gathering[UUID, tuple[int, RequestDocument]] = Gathering(_read_snapshots, gather_s=0.02, most=200)


class RequestConsumer(StreamConsumer):
    _status = ""
    _owner: Caller

    async def find_stream(self, caller: Caller) -> str | None:
        found = await _owned.ask((caller, self._request_id))
        if found is None:
            return None
        self.ground, self._owner = Ground(*found), caller
        return request_stream(self._request_id)

    async def may_stay(self, caller: Caller) -> bool:
        # A request is nobody else's later on: only a caller who is another than before is looked at again.
        return caller == self._owner or await super().may_stay(caller)

    def name_live(self) -> str:
        return name_live("request", self._request_id)

    async def read_snapshot(self) -> tuple[int, Any]:
        return await _snapshots.ask(self._request_id)

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

"""What an event says to the screens of its stream: made by the selectors of the snapshot itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.models import Event
from dispatch.selectors.board import get_board_patch
from dispatch.selectors.day import get_day_patch
from dispatch.selectors.render import iso
from dispatch.selectors.requests import get_request_document


def build_message(event: Event, now: datetime, wall: datetime) -> dict[str, Any]:
    """Build `{type, seq, at, data}`; the data is as of now, never older than the event."""
    return {"type": event.type, "seq": event.seq, "at": iso(event.at), "data": _data(event, now, wall)}


def _data(event: Event, now: datetime, wall: datetime) -> Any:
    kind, _, key = event.stream.partition(":")
    if kind == "request":
        return get_request_document(UUID(key), now)
    if kind == "unit":
        return get_day_patch(UUID(key), now, wall)
    return get_board_patch(UUID(key), event.data, now, wall)

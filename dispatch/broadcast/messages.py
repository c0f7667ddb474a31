"""What events say to the screens of their streams: made by the selectors of the snapshots themselves."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.models import Event
from dispatch.selectors.board import build_board_patches
from dispatch.selectors.day import build_day_parts
from dispatch.selectors.render import iso
from dispatch.selectors.requests import list_request_documents

Message = dict[str, Any]


def build_messages(events: Sequence[Event], now: datetime, wall: datetime) -> list[Message]:
    """Build `{type, seq, at, data}` of each event; the data is as of now, never older than the event.

    Things that several events name are read once: queries do not grow with the events.
    """
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_kind[event.stream.partition(":")[0]].append(event)
    data: dict[int, Any] = {}
    for kind, some in by_kind.items():
        data |= _BUILDERS[kind](some, now, wall)
    return [
        {"type": event.type, "seq": event.seq, "at": iso(event.at), "data": data[id(event)]}
        for event in events
    ]


def _key(event: Event) -> UUID:
    return UUID(event.stream.partition(":")[2])


def _of_requests(events: list[Event], now: datetime, wall: datetime) -> dict[int, Any]:
    documents = {row["id"]: row for row in list_request_documents({_key(event) for event in events}, now)}
    return {id(event): documents[str(_key(event))] for event in events}


def _of_units(events: list[Event], now: datetime, wall: datetime) -> dict[int, Any]:
    parts = build_day_parts({_key(event) for event in events}, now, wall)
    return {id(event): parts[_key(event)] for event in events}


def _of_areas(events: list[Event], now: datetime, wall: datetime) -> dict[int, Any]:
    data: dict[int, Any] = {}
    for area_id in {_key(event) for event in events}:
        some = [event for event in events if _key(event) == area_id]
        patches = build_board_patches(area_id, [event.data for event in some], now, wall)
        data |= {id(event): patch for event, patch in zip(some, patches, strict=True)}
    return data


_BUILDERS = {"request": _of_requests, "unit": _of_units, "area": _of_areas}

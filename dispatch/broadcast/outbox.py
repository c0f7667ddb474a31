"""Events: written as the last statement of a change, counted without gaps, sent once committed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import connection
from django.db.transaction import TransactionManagementError

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.channel import send
from dispatch.broadcast.committed import after_commit
from dispatch.broadcast.groups import events_group
from dispatch.broadcast.messages import build_messages
from dispatch.broadcast.telling import Telling
from dispatch.models import Event

_HOUSE = Caller.system()
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, for one stream; `data` holds ids and numbers only."""

    stream: str
    type: str
    data: dict[str, Any] = field(default_factory=dict)
    cause: str = ""


def record(operator_id: UUID, actor: str, at: datetime, facts: Sequence[Fact]) -> None:
    """Write events, and tell the screens once they are committed."""
    after_commit(_say, write(operator_id, actor, at, facts))


def _say(events: Sequence[Event]) -> None:
    log.info("happened", **_name(events))
    TELLING.take(events)


def write(operator_id: UUID, actor: str, at: datetime, facts: Sequence[Fact]) -> list[Event]:
    """Write events for somebody who will `tell` them; call it last in the transaction, and never without one.

    The counters are raised here, in the order of their names: two writers of the same streams wait for
    one another instead of dead-locking, and the numbers are in the order of the commits.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a number without its event would be a gap")
    last = _raise_counters(operator_id, Counter(fact.stream for fact in facts))
    events = []
    for fact in reversed(facts):
        seq = last[fact.stream]
        last[fact.stream] -= 1
        events.append(
            Event(
                operator_id=operator_id,
                stream=fact.stream,
                seq=seq,
                type=fact.type,
                data=fact.data,
                cause=fact.cause,
                actor=actor,
                at=at,
            )
        )
    events.reverse()
    Event.objects.of(_HOUSE).bulk_create(events)
    return events


def _raise_counters(operator_id: UUID, counts: Counter[str]) -> dict[str, int]:
    raised = {}
    with connection.cursor() as cursor:
        for stream, count in sorted(counts.items()):
            cursor.execute(
                "INSERT INTO dispatch_streamcounter (stream, operator_id, seq) VALUES (%s, %s, %s)"
                " ON CONFLICT (stream) DO UPDATE SET seq = dispatch_streamcounter.seq + EXCLUDED.seq"
                " RETURNING seq",
                [stream, operator_id, count],
            )
            row = cursor.fetchone()
            assert row is not None
            raised[stream] = int(row[0])
    return raised


def tell(events: Sequence[Event]) -> None:
    """Tell the screens what has happened: what was committed together leaves as one message."""
    messages = build_messages(events, clock.now(), clock.wall())
    said_at = clock.wall().timestamp()
    parts: dict[UUID, list[tuple[str, Any]]] = {}
    for event, message in zip(events, messages, strict=True):
        parts.setdefault(event.operator_id, []).append((event.stream, message))
    for operator_id, told in parts.items():
        send(events_group(operator_id), {"type": "stream.messages", "parts": told, "said_at": said_at})


TELLING = Telling(tell)


def _name(events: Sequence[Event]) -> dict[str, Any]:
    """Name a change in the log: what it was, and the ids of all it is about."""
    ids: dict[str, list[str]] = {"request": [], "unit": [], "area": []}
    for event in events:
        kind, _, key = event.stream.partition(":")
        ids[kind].append(key)
    return {
        "events": [event.id for event in events],
        "types": sorted({event.type for event in events}),
        "cause": next((event.cause for event in events if event.cause), ""),
        "plan": next((event.data["plan"] for event in events if "plan" in event.data), None),
        "requests": ids["request"],
        "units": ids["unit"],
    }

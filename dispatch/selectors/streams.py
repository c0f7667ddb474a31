"""Streams: one per area, request and unit; how far each has come, and what came after a number."""

from collections.abc import Sequence
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Event, StreamCounter

# More than this is not replayed: a fresh snapshot is shorter.
REPLAY_LIMIT = 200


def area_stream(area_id: UUID) -> str:
    return f"area:{area_id}"


def request_stream(request_id: UUID) -> str:
    return f"request:{request_id}"


def unit_stream(unit_id: UUID) -> str:
    return f"unit:{unit_id}"


def get_seq(stream: str) -> int:
    """Return how far a stream has come; 0 before its first event."""
    counter = StreamCounter.objects.of(Caller.system()).filter(stream=stream).first()
    return 0 if counter is None else counter.seq


def get_seqs(streams: Sequence[str]) -> list[int]:
    """Return how far each of these has come; one query, however many."""
    rows = StreamCounter.objects.of(Caller.system()).filter(stream__in=set(streams))
    found = dict(rows.values_list("stream", "seq"))
    return [found.get(stream, 0) for stream in streams]


def find_missed(stream: str, after: int) -> list[Event] | None:
    """List the events after a number, in order and without a gap; None when only a snapshot helps.

    That is: more than is worth replaying, some of it forgotten, or a number from another life of
    the database, ahead of all that happened in this one.
    """
    seq = get_seq(stream)
    if not 0 <= seq - after <= REPLAY_LIMIT:
        return None
    rows = Event.objects.of(Caller.system()).filter(stream=stream, seq__gt=after).order_by("seq")
    missed = list(rows[: REPLAY_LIMIT + 1])
    whole = len(missed) >= seq - after and all(
        event.seq == number for number, event in enumerate(missed, start=after + 1)
    )
    return missed if whole else None

"""Events are numbered without a gap, in the order of the commits, whoever writes at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.models import Operator
from dispatch.broadcast import outbox
from dispatch.broadcast.outbox import Fact, record
from dispatch.models import Event, StreamCounter
from tests.small_world import TEN

WRITERS, EACH = 4, 50


@pytest.fixture
def riviera(committed):
    return Operator.objects.create(name="Riviera Charge")


@pytest.fixture
def sent(monkeypatch):
    """Catch what is sent; messages are their numbers."""
    messages = []
    monkeypatch.setattr(outbox, "build_messages", lambda events, now, wall: [e.seq for e in events])
    monkeypatch.setattr(
        outbox, "send", lambda group, message: messages.extend(part for _, part in message["parts"])
    )
    return messages


@pytest.fixture
def stream():
    return f"area:{uuid4()}"


def tell(operator, *streams, undo=False):
    with transaction.atomic():
        record(operator.id, "system", TEN, [Fact(stream, "something") for stream in streams])
        transaction.set_rollback(undo)


def seqs(stream):
    return list(Event.objects.filter(stream=stream).order_by("id").values_list("seq", flat=True))


def test_several_events_of_one_change_have_numbers_of_their_own(riviera, sent, stream):
    tell(riviera, stream, stream, stream)
    tell(riviera, stream)
    assert seqs(stream) == sent == [1, 2, 3, 4]


def test_each_stream_counts_for_itself(riviera, sent, stream):
    other = f"unit:{uuid4()}"
    tell(riviera, stream, other)
    tell(riviera, stream)
    assert (seqs(stream), seqs(other)) == ([1, 2], [1])


def test_what_was_undone_leaves_no_gap_and_is_not_sent(riviera, sent, stream):
    tell(riviera, stream)
    tell(riviera, stream, undo=True)
    tell(riviera, stream)
    assert seqs(stream) == sent == [1, 2]


def test_without_a_transaction_nothing_is_written(riviera, sent, stream):
    with pytest.raises(TransactionManagementError):
        record(riviera.id, "system", TEN, [Fact(stream, "something")])
    assert not StreamCounter.objects.exists()


def test_a_send_that_fails_undoes_nothing_and_reaches_nobody(riviera, monkeypatch, stream, caplog):
    def broken(*_):
        raise RuntimeError("no way to say it")

    monkeypatch.setattr(outbox, "build_messages", broken)
    tell(riviera, stream)
    assert seqs(stream) == [1]
    assert "no way to say it" in caplog.text


def test_four_writers_leave_no_gap_and_no_reader_ever_sees_one(riviera, sent):
    """Each writes to both streams, in either order: nobody waits for ever, nobody overtakes."""
    streams = [f"area:{uuid4()}", f"unit:{uuid4()}"]
    over = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reader = threads.submit(_watch, streams[0], over)
        writers = [threads.submit(_write, riviera, streams[:: 1 - 2 * (n % 2)]) for n in range(WRITERS)]
        for writer in writers:
            writer.result(timeout=30)
        over.set()
        gaps = reader.result(timeout=10)
    assert gaps == []
    for stream in streams:
        assert sorted(seqs(stream)) == list(range(1, WRITERS * EACH + 1))


def _write(operator, streams):
    try:
        for number in range(EACH):
            tell(operator, *streams, undo=number % 10 == 9)
            if number % 10 == 9:
                tell(operator, *streams)
    finally:
        connection.close()


def _watch(stream, over):
    """Look again and again; list what was seen with a number missing below it."""
    gaps = []
    try:
        while not over.is_set():
            seen = sorted(seqs(stream))
            if seen != list(range(1, len(seen) + 1)):
                gaps.append(seen)
    finally:
        connection.close()
    return gaps

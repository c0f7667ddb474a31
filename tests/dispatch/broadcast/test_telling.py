"""Screens are told by a thread of its own: no answer waits for it; each stream hears its numbers in order."""

from threading import Event as Signal
from types import SimpleNamespace

import pytest

from dispatch.broadcast.telling import Telling


def event(seq, stream="area:1"):
    return SimpleNamespace(stream=stream, seq=seq)


class Screens:
    """Hear what is told, batch by batch; the first may take its time."""

    def __init__(self):
        self.batches, self.begun, self.may_go_on = [], Signal(), Signal()
        self.fault = None

    def hear(self, events):
        self.begun.set()
        assert self.may_go_on.wait(10)
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        self.batches.append([(event.stream, event.seq) for event in events])


@pytest.fixture
def screens():
    return Screens()


@pytest.fixture
def telling(screens):
    telling = Telling(screens.hear)
    yield telling
    screens.may_go_on.set()
    telling.end()


def test_where_nobody_waits_for_an_answer_it_is_told_at_once(screens, telling):
    screens.may_go_on.set()
    telling.take([event(1)])
    assert screens.batches == [[("area:1", 1)]]


def test_who_answers_does_not_wait_and_what_came_meanwhile_is_told_together_and_in_order(screens, telling):
    telling.begin()
    telling.take([event(1)])
    assert screens.begun.wait(10)
    telling.take([event(3)])
    telling.take([event(2)])
    assert screens.batches == []
    screens.may_go_on.set()
    telling.end()
    assert screens.batches == [[("area:1", 1)], [("area:1", 2), ("area:1", 3)]]


def test_what_was_taken_is_told_before_the_process_ends(screens, telling):
    screens.may_go_on.set()
    telling.begin()
    for seq in range(5):
        telling.take([event(seq)])
    telling.end()
    assert [seq for batch in screens.batches for _, seq in batch] == list(range(5))


def test_what_cannot_be_told_does_not_silence_what_comes_after(screens, telling, caplog):
    screens.fault = RuntimeError("no rows")
    telling.begin()
    telling.take([event(1)])
    assert screens.begun.wait(10)
    telling.take([event(2)])
    screens.may_go_on.set()
    telling.end()
    assert screens.batches == [[("area:1", 2)]]
    assert "not_told" in caplog.text

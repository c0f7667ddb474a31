"""A reader that does not keep up is conflated, then closed; the house's memory never grows with it."""

import pytest
from django.db import transaction

from accounts.gathering import Gathering
from dispatch.broadcast.outbox import Fact, record
from dispatch.selectors.streams import area_stream
from dispatch.sockets import socket, stream
from dispatch.sockets.ops import OpsConsumer
from dispatch.sockets.socket import TOO_SLOW, in_thread
from tests.dispatch.sockets.line import Line, eventually


@pytest.fixture
def consumers(monkeypatch):
    """Catch the server's end of each line."""
    caught = []
    known = OpsConsumer.connect

    async def connect(self):
        caught.append(self)
        await known(self)

    monkeypatch.setattr(OpsConsumer, "connect", connect)
    return caught


@pytest.fixture
def tell(world):
    def happen(times: int) -> None:
        for _ in range(times):
            with transaction.atomic():
                fact = Fact(area_stream(world.area.id), "unit.changed", {"units": []})
                record(world.operator.id, "system", world.now, [fact])

    return in_thread(happen)


async def test_a_reader_that_takes_nothing_is_closed(world, tell, monkeypatch):
    monkeypatch.setattr(socket, "SEND_S", 0.2)
    async with Line("/ws/ops", world.people["Dana"]) as line:
        await line.first("snapshot")
        line.takes.clear()
        await tell(1)
        await line.until_closed(TOO_SLOW)


async def test_what_waits_for_a_slow_reader_is_bounded(world, tell, consumers, monkeypatch):
    monkeypatch.setattr(stream, "MOST_WAITING", 5)
    async with Line("/ws/ops", world.people["Dana"]) as line:
        start = (await line.first("snapshot"))["seq"]
        line.takes.clear()
        await tell(40)
        (consumer,) = consumers
        await eventually(lambda: len(consumer._waiting) == 5, "the list being full")
        line.takes.set()
        await line.until(lambda: line.seqs and line.seqs[-1] == start + 40)
    assert line.seqs == list(range(start + 1, start + 41))


async def test_one_slow_reader_holds_up_no_other(world, tell):
    dana, olga = world.people["Dana"], world.people["Olga"]
    async with Line("/ws/ops", dana) as slow, Line("/ws/ops", olga) as quick:
        await slow.first("snapshot")
        start = (await quick.first("snapshot"))["seq"]
        slow.takes.clear()
        await tell(10)
        await quick.until(lambda: len(quick.seqs) == 10)
    assert quick.seqs == list(range(start + 1, start + 11))


async def test_a_part_that_fails_closes_the_line_instead_of_going_silent(world, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("our own fault")

    async with Line("/ws/ops", world.people["Dana"]) as line:
        await line.first("snapshot")
        monkeypatch.setattr(stream, "_seqs", Gathering(broken, gather_s=0.01))
        await line.until_closed(socket.TRY_AGAIN)
    assert "our own fault" in caplog.text

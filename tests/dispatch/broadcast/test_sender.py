"""The sender: in order, never in anybody's way, bounded, and back when Valkey is back."""

import asyncio
import threading
import time
from typing import Self
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer

from dispatch.broadcast import channel
from dispatch.broadcast.channel import Sender, send
from tests.patience import wait_until


@pytest.fixture
def group():
    return f"test.{uuid4().hex}"


class Listener:
    """Hears a group, on a loop of its own."""

    def __init__(self, group: str) -> None:
        self.group, self.heard, self.ready = group, [], threading.Event()
        self.over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._listen()))

    def __enter__(self) -> Self:
        self._thread.start()
        assert self.ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._thread.join(10)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        name = await layer.new_channel()
        await layer.group_add(self.group, name)
        self.ready.set()
        receive = asyncio.create_task(layer.receive(name))
        while not self.over.is_set():
            done, _ = await asyncio.wait([receive], timeout=0.02)
            if done:
                self.heard.append(receive.result()["n"])
                receive = asyncio.create_task(layer.receive(name))
        receive.cancel()
        await asyncio.wait([receive])
        await layer.flush()

    def hears(self, number: int) -> bool:
        return number in self.heard


def say(group, number):
    send(group, {"type": "test", "n": number})


def test_messages_come_in_the_order_they_were_given(own_valkey, group):
    with Listener(group) as listener:
        for number in range(300):
            say(group, number)
        wait_until(lambda: listener.hears(299))
    assert listener.heard == list(range(300))


def test_any_thread_may_send_one_with_a_running_loop_too(own_valkey, group):
    async def from_a_loop():
        say(group, 1)

    with Listener(group) as listener:
        asyncio.run(from_a_loop())
        thread = threading.Thread(target=say, args=(group, 2))
        thread.start()
        thread.join()
        wait_until(lambda: listener.hears(1) and listener.hears(2))


def test_while_valkey_is_dead_nobody_waits_and_later_messages_arrive(own_valkey, group):
    own_valkey.kill()
    began = time.monotonic()
    for number in range(200):
        say(group, number)
    assert time.monotonic() - began < 0.2
    own_valkey.start()
    with Listener(group) as listener:
        wait_until(lambda: say(group, 1_000) or listener.hears(1_000))


def test_a_restart_between_two_messages_loses_neither(own_valkey, group):
    with Listener(group) as listener:
        say(group, 1)
        wait_until(lambda: listener.hears(1))
    own_valkey.kill()
    own_valkey.start()
    with Listener(group) as listener:
        say(group, 2)
        wait_until(lambda: listener.hears(2))


def test_while_valkey_is_frozen_nobody_waits_and_later_messages_arrive(own_valkey, group, monkeypatch):
    monkeypatch.setattr(channel, "SEND_S", 0.2)
    with Listener(group) as listener:
        own_valkey.freeze()
        began = time.monotonic()
        for number in range(5):
            say(group, number)
        assert time.monotonic() - began < 0.2
        own_valkey.thaw()
        wait_until(lambda: say(group, 1_000) or listener.hears(1_000))


def test_what_waits_is_bounded(own_valkey, group, monkeypatch):
    monkeypatch.setattr(channel, "MOST_WAITING", 10)
    own_valkey.freeze()
    sender = Sender()
    for number in range(1_000):
        sender.give(group, {"type": "test", "n": number})
    assert len(sender._waiting) <= 10


def test_an_outage_is_told_once_and_its_end(own_valkey, group, caplog):
    own_valkey.kill()
    others = set(threading.enumerate())
    sender = Sender()
    (own,) = set(threading.enumerate()) - others

    def count(word):
        """This process's own sender may have something to say about the outage, too."""
        return sum(record.thread == own.ident and word in record.getMessage() for record in caplog.records)

    for number in range(20):
        sender.give(group, {"type": "test", "n": number})
    wait_until(lambda: sender._outage._lost == 20)
    own_valkey.start()
    wait_until(lambda: sender.give(group, {"type": "test", "n": 0}) or count("server_back"))
    assert count("server_away") == 1

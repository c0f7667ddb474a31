"""Accepts take turns; who hung up is not worked for, and who would wait too long is told so at once."""

import asyncio

import pytest
from django.urls import reverse

from dispatch.api.accept_line import AcceptLine

ACCEPT = {"type": "http", "method": "POST", "path": "/api/driver/requests"}
LOOK = {**ACCEPT, "method": "GET"}
BODY = {"type": "http.request", "body": b"{}", "more_body": False}
GONE = {"type": "http.disconnect"}


class House:
    """What lies behind the line: it hears the whole wish and works until it is told that it is done."""

    def __init__(self) -> None:
        self.at_work: list[asyncio.Event] = []
        self.heard: list[bytes] = []

    async def __call__(self, scope, receive, send) -> None:
        done = asyncio.Event()
        self.at_work.append(done)
        self.heard.append((await receive())["body"])
        await done.wait()
        await send({"type": "http.response.start", "status": 201, "headers": []})


class Caller:
    """Says its wish, and may hang up."""

    def __init__(self, line, scope, name=b"{}"):
        self.words, self.answers = asyncio.Queue(), []
        self.words.put_nowait({**BODY, "body": name})
        self.task = asyncio.create_task(line(scope, self.words.get, self._hear))

    async def _hear(self, message):
        if "status" in message:
            self.answers.append(message["status"])

    def hang_up(self):
        self.words.put_nowait(GONE)


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


async def finish(house, callers):
    """Work for everybody until all have their answer."""
    async with asyncio.timeout(5):
        while not all(caller.task.done() for caller in callers):
            for done in house.at_work:
                done.set()
            await asyncio.sleep(0)


@pytest.fixture
def house():
    return House()


def test_the_line_stands_before_the_door_of_accepts():
    assert reverse("driver-requests") == ACCEPT["path"]


async def test_accepts_take_turns_and_looks_do_not(house):
    line = AcceptLine(house, at_once=2)
    callers = [Caller(line, scope) for scope in (ACCEPT, ACCEPT, ACCEPT, LOOK)]
    await settle()
    assert len(house.at_work) == 3  # whoever looks, and two accepts
    house.at_work[1].set()
    await settle()
    assert len(house.at_work) == 4
    for done in house.at_work:
        done.set()
    await asyncio.gather(*(caller.task for caller in callers))
    assert [caller.answers for caller in callers] == [[201]] * 4


async def test_what_was_said_in_the_line_is_heard_by_who_works_for_it(house):
    line = AcceptLine(house, at_once=1)
    callers = [Caller(line, ACCEPT, name) for name in (b"first", b"second")]
    await settle()
    house.at_work[0].set()
    await settle()
    assert house.heard == [b"first", b"second"]
    house.at_work[1].set()
    await asyncio.gather(*(caller.task for caller in callers))


async def test_who_hung_up_while_waiting_is_not_worked_for(house):
    line = AcceptLine(house, at_once=1)
    first, second, third = (Caller(line, ACCEPT, name) for name in (b"first", b"second", b"third"))
    await settle()
    second.hang_up()
    await settle()
    assert second.task.done()
    house.at_work[0].set()
    await settle()
    house.at_work[1].set()
    await asyncio.gather(first.task, third.task)
    assert house.heard == [b"first", b"third"]


async def test_a_turn_that_comes_as_somebody_hangs_up_goes_to_the_next(house):
    line = AcceptLine(house, at_once=1)
    first, second, third = (Caller(line, ACCEPT, name) for name in (b"first", b"second", b"third"))
    await settle()
    house.at_work[0].set()
    second.hang_up()
    await settle()
    for done in house.at_work:
        done.set()
    await settle()
    for done in house.at_work:
        done.set()
    async with asyncio.timeout(5):
        await asyncio.gather(first.task, second.task, third.task)
    assert house.heard[-1] == b"third"


async def test_a_caller_who_is_cancelled_leaves_the_line(house):
    line = AcceptLine(house, at_once=1)
    first, second = (Caller(line, ACCEPT, name) for name in (b"first", b"second"))
    await settle()
    second.task.cancel()
    await settle()
    await finish(house, [first])
    await finish(house, [Caller(line, ACCEPT, b"third")])
    assert house.heard == [b"first", b"third"]


async def test_who_would_wait_too_long_is_told_at_once_and_may_come_again(house):
    line = AcceptLine(house, at_once=1, wait_s=5)
    callers = [Caller(line, ACCEPT) for _ in range(60)]
    await settle()
    # An accept takes a tenth of a second until another is measured: fifty may wait, the others may not.
    assert [caller.answers for caller in callers] == [[]] * 51 + [[503]] * 9
    await finish(house, callers)
    assert len(house.heard) == 51


async def test_who_has_waited_too_long_is_told_so_and_leaves_its_place(house):
    line = AcceptLine(house, at_once=1, wait_s=0.11)
    first, second = (Caller(line, ACCEPT, name) for name in (b"first", b"second"))
    async with asyncio.timeout(5):
        await second.task
    assert second.answers == [503]
    await finish(house, [first])
    await finish(house, [Caller(line, ACCEPT, b"third")])
    assert house.heard == [b"first", b"third"]


async def test_nobody_is_offered_anything_while_a_crowd_wants_to_accept(house):
    line = AcceptLine(house, at_once=1, wait_s=3)
    callers = [Caller(line, ACCEPT) for _ in range(10)]
    await settle()
    assert not line.is_crowded()
    callers += [Caller(line, ACCEPT) for _ in range(10)]
    await settle()
    # Twenty at a tenth of a second each: more than half of what one may wait.
    assert line.is_crowded()
    await finish(house, callers)
    assert not line.is_crowded()

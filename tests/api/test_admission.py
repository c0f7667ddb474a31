"""Beyond capacity quotes are turned away first, at once and with a word on when to come; nothing else."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from django.urls import reverse

from dispatch.api.admission import COUNTS, QuoteGate

ACCEPT = {"type": "http", "method": "POST", "path": "/api/driver/requests"}
QUOTE = {"type": "http", "method": "POST", "path": "/api/driver/quotes"}


class House:
    """What lies behind the gate: it works at a call until it is told that it is done."""

    def __init__(self) -> None:
        self.at_work: list[asyncio.Event] = []

    async def __call__(self, scope, receive, send) -> None:
        done = asyncio.Event()
        self.at_work.append(done)
        await done.wait()
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})


class Call:
    """One call and what it was answered."""

    def __init__(self, gate: QuoteGate, scope: dict[str, str]) -> None:
        self.status, self.headers, self.body = 0, {}, b""
        self.task = asyncio.create_task(gate(scope, None, self._hear))

    async def _hear(self, message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.body = message["body"]

    async def answered(self) -> int:
        async with asyncio.timeout(5):
            await self.task
        return self.status


@asynccontextmanager
async def crowd(gate: QuoteGate, house: House, scopes):
    calls = [Call(gate, scope) for scope in scopes]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    try:
        yield calls
    finally:
        while not all(call.task.done() for call in calls):
            for done in house.at_work:
                done.set()
            await asyncio.sleep(0.001)


@pytest.fixture
def house() -> House:
    return House()


def test_the_gate_stands_before_the_door_of_quotes():
    assert reverse("driver-quotes") == QUOTE["path"]


async def test_a_few_are_worked_at_together_and_the_next_waits_its_turn(house):
    gate = QuoteGate(house, at_once=2, wait_s=5)
    async with crowd(gate, house, [QUOTE] * 3) as calls:
        assert len(house.at_work) == 2
        house.at_work[0].set()
        await calls[0].answered()
        await asyncio.sleep(0)
        assert len(house.at_work) == 3
    assert [call.status for call in calls] == [201] * 3


async def test_who_would_wait_too_long_is_told_at_once_and_when_to_come_again(house):
    gate, before = QuoteGate(house, at_once=1, wait_s=0.05), COUNTS.turned_away
    async with crowd(gate, house, [QUOTE] * 9) as calls:
        # A quote takes 20 ms until another is measured: two may wait, the others may not.
        turned = [call for call in calls if call.task.done()]
        assert len(turned) == 6
    for call in turned:
        assert (call.status, json.loads(call.body)["code"]) == (503, "overloaded")
        assert 1 <= int(call.headers[b"retry-after"]) <= 5
    assert COUNTS.turned_away >= before + 6


async def test_who_waits_longer_than_expected_is_told_then(house):
    gate = QuoteGate(house, at_once=1, wait_s=0.05)
    async with crowd(gate, house, [QUOTE] * 2) as calls:
        assert await calls[1].answered() == 503
    assert calls[0].status == 201


async def test_nothing_that_was_accepted_ever_waits_there(house):
    gate = QuoteGate(house, at_once=1, wait_s=0.01)
    others = [ACCEPT] * 20 + [{**QUOTE, "method": "GET"}]
    async with crowd(gate, house, [QUOTE, *others]) as calls:
        assert len(house.at_work) == 22
    assert {call.status for call in calls} == {201}


async def test_nobody_is_offered_what_could_not_be_accepted_in_time(house):
    gate = QuoteGate(house, lambda: True, at_once=9, wait_s=5)
    async with crowd(gate, house, [QUOTE, ACCEPT]) as (quote, _):
        assert await quote.answered() == 503
        assert len(house.at_work) == 1


async def test_a_caller_who_goes_leaves_the_place_to_the_next(house):
    gate = QuoteGate(house, at_once=1, wait_s=5)
    async with crowd(gate, house, [QUOTE] * 3) as calls:
        for gone in (calls[1], calls[0]):
            gone.task.cancel()
        await asyncio.gather(calls[0].task, calls[1].task, return_exceptions=True)
        await asyncio.sleep(0)
        assert len(house.at_work) == 2
    assert calls[2].status == 201
    assert gate.expect_wait_s() == 0.0

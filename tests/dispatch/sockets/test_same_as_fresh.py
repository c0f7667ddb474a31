"""Stale snapshot + messages == fresh snapshot: for driver, console and crew, over a scripted day."""

from contextlib import AsyncExitStack

import pytest

from dispatch.sockets.socket import in_thread
from tests.dispatch.sockets.line import Line
from tests.dispatch.sockets.scripted_day import ScriptedDay
from tests.dispatch.sockets.watched import Watched, watch_all
from tests.small_world import STADIUM


@pytest.fixture
async def day(world):
    return await in_thread(ScriptedDay)(world)


@pytest.fixture
async def open_lines(day, tablet_of):
    """Open the three screens; with `after` they go on from there."""
    async with AsyncExitStack() as lines:
        device = await in_thread(tablet_of)(day.unit)

        async def opened(after: tuple[str, str, str] = ("", "", "")) -> list[Line]:
            people = day.world.people
            return [
                await lines.enter_async_context(Line(path + query, who))
                for path, who, query in zip(
                    (f"/ws/driver/requests/{day.alice.id}", "/ws/ops", "/ws/crew"),
                    (people["Alice"], people["Dana"], device),
                    after,
                    strict=True,
                )
            ]

        yield opened


async def test_what_a_screen_was_told_is_what_a_fresh_one_sees(day, open_lines):
    watched: list[Watched] = await in_thread(watch_all)(day, *await open_lines())
    for item in watched:
        await item.line.first("snapshot")
    for name, step in day.steps():
        await in_thread(step)()
        await in_thread(day.fix)(*STADIUM)
        for item in watched:
            await item.is_fresh(day.world.now, name)


async def test_a_screen_that_slept_through_the_day_wakes_up_to_the_present(day, open_lines):
    watched: list[Watched] = await in_thread(watch_all)(day, *await open_lines())
    for item in watched:
        await item.line.first("snapshot")
        item.take()
    for _, step in day.steps():
        await in_thread(step)()
    for item, line in zip(
        watched, await open_lines([f"?after={w.screen.seq}" for w in watched]), strict=True
    ):
        item.move_to(line)
        await item.catch_up()
        assert "snapshot" not in line.types
        assert line.seqs == sorted(line.seqs)
    await in_thread(day.fix)(*STADIUM)
    for item in watched:
        await item.is_fresh(day.world.now, "a day asleep")

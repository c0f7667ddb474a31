"""Live values: the latest by their own time, once a tick, and only of what the reader may see."""

import pytest

from dispatch.broadcast.live import send_values
from dispatch.services.stops import arrive_at_stop, depart_for_stop
from dispatch.sockets.latest import Latest
from dispatch.sockets.socket import in_thread
from tests.dispatch.sockets.line import Line
from tests.dispatch.sockets.scripted_day import ScriptedDay
from tests.small_world import CASINO, PORT


@pytest.fixture
async def day(world):
    return await in_thread(ScriptedDay)(world)


@pytest.fixture
def alices_line(day):
    return Line(f"/ws/driver/requests/{day.alice.id}", day.world.people["Alice"])


def positions(line):
    return [f["data"]["position"] for f in line.frames if f["type"] == "live" and "position" in f["data"]]


async def test_before_it_comes_a_driver_hears_when_but_not_where(day, alices_line):
    async with alices_line as line:
        await line.first("snapshot")
        await in_thread(day.fix)(*PORT)
        assert (await line.first("live"))["data"].keys() == {"eta"}


async def test_while_it_comes_a_driver_sees_where_it_is(day, alices_line):
    async with alices_line as line:
        await line.first("snapshot")
        await in_thread(day.act)(depart_for_stop)
        await line.first("en_route")
        await in_thread(day.fix)(*PORT)
        await line.until(lambda: positions(line))
    assert positions(line)[-1]["at"] == "2026-06-10T10:00:00.000Z"


async def test_once_it_is_there_nothing_tells_where_it_is_not_even_what_comes_late(day, alices_line):
    async with alices_line as line:
        await line.first("snapshot")
        await in_thread(day.act)(depart_for_stop)
        await in_thread(day.act)(arrive_at_stop)
        await line.first("on_site")
        late = {"lat": PORT[0], "lon": PORT[1], "at": "2026-06-10T10:00:00.000Z"}
        values = {"position": {"": late}, "eta": {"": {"at": late["at"]}}}
        send_values(day.world.area.id, {("request", day.alice.id): values})
        await line.until(lambda: "live" in line.types)
    assert positions(line) == []
    on_site = next(frame for frame in line.frames if frame["type"] == "on_site")
    assert on_site["data"]["unit"]["position"] is None


async def test_the_console_hears_of_all_vans_in_one_message_a_tick(day):
    async with Line("/ws/ops", day.world.people["Dana"]) as line:
        await line.first("snapshot")
        await in_thread(day.fix)(*CASINO)
        heard = await line.until(
            lambda: {unit for f in line.frames if f["type"] == "live" for unit in f["data"]["position"]}
        )
        await line.until(lambda: len(heard) == 2 or line.types.count("live") > 1)


def test_an_older_value_never_replaces_a_newer_one():
    latest = Latest()
    for at in ("10:00:01", "10:00:03", "10:00:02"):
        latest.take({"position": {"azur": {"at": at}}})
    assert latest.drain() == {"position": {"azur": {"at": "10:00:03"}}}
    assert latest.drain() == {}


def test_values_that_are_none_are_no_values():
    latest = Latest()
    latest.take({"position": {"azur": None}})
    assert latest.drain() == {}

"""A unit says where it is: fixes in, acknowledgements out."""

import pytest
from django.db import OperationalError

from dispatch.models import Position, UnitState
from dispatch.sockets import fixes_mill
from dispatch.sockets.socket import in_thread
from tests.dispatch.sockets.line import Line

FIX = {
    "at": "2026-06-10T10:00:01Z",
    "lat": 43.7384,
    "lon": 7.4246,
    "heading": 12,
    "speed_mps": 3.5,
    "pack_soc": 0.5,
}
WRONG = [
    {"lat": 91}, {"lon": "east"}, {"lat": "nan"}, {"lat": True}, {"lat": None}, {"at": "yesterday"},
    {"at": None}, {"pack_soc": 1.01}, {"speed_mps": -1}, {"heading": 361}, {"accuracy_m": -1},
    {"lat": 10**400},
]  # fmt: skip
NO_BATCHES = [
    '{"type": "fixes", "fixes": [{"lat": NaN}]}',
    '{"type": "fixes", "fixes": [1]}',
    '{"type": "fixes", "fixes": 7}',
    '{"type": "fixes", "fixes": []}',
    '{"type": "fixes"}',
]


@pytest.fixture
async def azur(world, tablet_of):
    unit = world.units["Azur"]
    return Line(f"/ws/units/{unit.id}", await in_thread(tablet_of)(unit))


async def test_a_fix_is_acknowledged_once_it_is_kept(azur, world):
    async with azur as line:
        await line.send({"type": "fixes", "fixes": [FIX]})
        assert (await line.first("ack"))["taken"] == 1
    state = await in_thread(UnitState.objects.get)(unit=world.units["Azur"])
    assert (state.lat, state.lon, state.pack_wh) == (43.7384, 7.4246, 50_000)


async def test_the_same_fixes_again_are_acknowledged_and_kept_once(azur):
    async with azur as line:
        for _ in range(2):
            await line.send({"type": "fixes", "fixes": [FIX]})
        await line.until(lambda: line.types.count("ack") == 2)
    assert [frame["taken"] for frame in line.frames] == [1, 0]


async def test_a_wrong_fix_is_refused_with_its_whole_batch(azur):
    async with azur as line:
        for number, change in enumerate(WRONG, start=1):
            await line.send({"type": "fixes", "fixes": [FIX, {**FIX, **change}]})
            await line.until(lambda wanted=number: len(line.frames) == wanted, f"an answer to {change}")
            assert line.frames[-1] == {"type": "error", "code": "invalid", "path": "fixes"}, change
    assert not await in_thread(Position.objects.exists)()


async def test_a_batch_that_is_none_is_refused(azur):
    async with azur as line:
        for text in NO_BATCHES:
            await line.send_text(text)
        await line.until(lambda: len(line.frames) == len(NO_BATCHES))
    assert {frame["code"] for frame in line.frames} == {"invalid"}


async def test_other_words_are_not_understood_and_the_line_stays(azur):
    async with azur as line:
        await line.send({"type": "replay", "after": 1})
        assert (await line.first("error"))["code"] == "unknown_message"
        await line.send({"type": "fixes", "fixes": [FIX]})
        await line.first("ack")


async def test_without_a_database_the_device_is_told_to_keep_its_fixes(azur, monkeypatch):
    def away(*_):
        raise OperationalError

    async with azur as line:
        await line.until(lambda: line.accepted)
        with monkeypatch.context() as patch:
            patch.setattr(fixes_mill, "record_many", away)
            await line.send({"type": "fixes", "fixes": [FIX]})
            assert (await line.first("error"))["code"] == "unavailable"
        await line.send({"type": "fixes", "fixes": [FIX]})
        assert (await line.first("ack"))["taken"] == 1

"""Valkey goes and comes back: every screen is right again, none stays silent."""

import pytest
from django.db import transaction

from dispatch.broadcast.live import send_values
from dispatch.broadcast.outbox import Fact, record
from dispatch.selectors.streams import area_stream
from dispatch.sockets.socket import TRY_AGAIN, in_thread
from tests.dispatch.sockets.line import Line

AT = {"at": "2026-06-10T10:00:00.000Z"}


@pytest.fixture
def console(own_valkey, world):
    return lambda query="": Line(f"/ws/ops{query}", world.people["Dana"])


@pytest.fixture
def tell(world):
    def happen() -> None:
        with transaction.atomic():
            fact = Fact(area_stream(world.area.id), "unit.changed", {"units": []})
            record(world.operator.id, "system", world.now, [fact])

    return in_thread(happen)


async def test_what_happens_meanwhile_comes_with_the_next_beat(console, tell, own_valkey):
    async with console() as line:
        start = (await line.first("snapshot"))["seq"]
        await in_thread(own_valkey.kill)()
        await tell()
        await tell()
        await line.until(lambda: line.seqs == [start + 1, start + 2] or line.closed, "what happened")
        assert line.closed in (None, TRY_AGAIN)


async def test_when_it_is_back_live_values_flow_again_on_the_same_line(console, world, own_valkey):
    async with console() as line:
        await line.first("snapshot")
        await in_thread(own_valkey.kill)()
        await line.first("beat")
        await in_thread(own_valkey.start)()

        def heard() -> bool:
            send_values(world.area.id, {("area", world.area.id): {"position": {"azur": AT}}})
            return "live" in line.types

        # Beats wake this condition, so each of them is another try.
        await line.until(heard, "a live value", within_s=15)


async def test_a_line_opened_while_it_is_away_is_told_to_try_again_and_then_works(console, own_valkey):
    await in_thread(own_valkey.kill)()
    async with console() as line:
        await line.until_closed(TRY_AGAIN)
    await in_thread(own_valkey.start)()
    async with console() as line:
        await line.first("snapshot")
        await line.first("beat")


async def test_a_unit_is_heard_while_valkey_is_away(world, tablet_of, own_valkey):
    await in_thread(own_valkey.kill)()
    unit = world.units["Azur"]
    async with Line(f"/ws/units/{unit.id}", await in_thread(tablet_of)(unit)) as line:
        fix = {"at": "2026-06-10T10:00:00Z", "lat": 43.7384, "lon": 7.4246}
        await line.send({"type": "fixes", "fixes": [fix]})
        assert (await line.first("ack"))["taken"] == 1

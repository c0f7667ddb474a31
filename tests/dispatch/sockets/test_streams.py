"""A stream: snapshot, then every durable event once and in order; what is lost on the way is replayed."""

import pytest
from django.db import transaction

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.outbox import Fact, record
from dispatch.models import Event
from dispatch.selectors import streams
from dispatch.selectors.streams import area_stream
from dispatch.sockets import ops
from dispatch.sockets.socket import in_thread
from dispatch.sockets.stream import StreamConsumer
from tests.dispatch.sockets.line import Line

HOUSE = Caller.system()


@pytest.fixture
def stream(world):
    return area_stream(world.area.id)


@pytest.fixture
def tell(world, stream):
    """Let something happen in the area, so many times."""

    def happen(times: int = 1, type_: str = "unit.changed") -> None:
        for _ in range(times):
            unit = str(next(iter(world.units.values())).id)
            with transaction.atomic():
                record(world.operator.id, "system", world.now, [Fact(stream, type_, {"units": [unit]})])

    return in_thread(happen)


@pytest.fixture
def console(world):
    """Open Dana's console; `query` may say where it was."""
    return lambda query="": Line(f"/ws/ops{query}", world.people["Dana"])


async def last_seq(stream: str) -> int:
    return await in_thread(streams.get_seq)(stream)


async def test_first_comes_the_snapshot_then_events_numbered_without_a_gap(console, tell, stream):
    async with console() as line:
        snapshot = await line.first("snapshot")
        assert snapshot["seq"] == snapshot["data"]["seq"] == await last_seq(stream)
        await tell(3)
        await line.until(lambda: len(line.seqs) == 3)
    assert line.seqs == [snapshot["seq"] + n for n in (1, 2, 3)]


async def test_a_beat_says_how_far_the_stream_is_and_what_time_it_is(console, world, stream):
    async with console() as line:
        beat = await line.first("beat")
    assert beat == {
        "type": "beat",
        "seq": await last_seq(stream),
        "now": "2026-06-10T10:00:00.000Z",
        "speed": 0.0,
    }


async def test_a_client_that_says_where_it_was_gets_what_it_missed_and_no_snapshot(console, tell, stream):
    before = await last_seq(stream)
    await tell(4)
    async with console(f"?after={before}") as line:
        await line.until(lambda: len(line.seqs) == 4)
    assert "snapshot" not in line.types
    assert line.seqs == [before + n for n in (1, 2, 3, 4)]


async def test_a_client_may_ask_again_for_what_it_lost(console, tell):
    async with console() as line:
        start = (await line.first("snapshot"))["seq"]
        await tell(2)
        await line.until(lambda: len(line.seqs) == 2)
        await line.send({"type": "replay", "after": start})
        await line.until(lambda: len(line.seqs) == 4)
    assert line.seqs == [start + 1, start + 2, start + 1, start + 2]


async def test_a_message_lost_between_two_is_brought_by_the_one_after(console, tell, lose):
    async with console() as line:
        start = (await line.first("snapshot"))["seq"]
        with lose():
            await tell(2)
        await tell()
        await line.until(lambda: len(line.seqs) == 3)
    assert line.seqs == [start + 1, start + 2, start + 3]


async def test_the_last_message_lost_is_brought_by_the_beat(console, tell, lose):
    async with console() as line:
        start = (await line.first("snapshot"))["seq"]
        with lose():
            await tell()
        await line.until(lambda: line.seqs == [start + 1], "the lost message")
        await line.until(lambda: line.frames[-1]["type"] == "beat" and line.frames[-1]["seq"] == start + 1)


@pytest.fixture
def lose(monkeypatch):
    """Lose what is sent meanwhile."""
    return lambda: _Losing(monkeypatch)


class _Losing:
    def __init__(self, monkeypatch) -> None:
        self._patches = monkeypatch.context()

    def __enter__(self) -> None:
        patch = self._patches.__enter__()
        patch.setattr("dispatch.broadcast.outbox.send", lambda group, message: None)

    def __exit__(self, *error: object) -> None:
        self._patches.__exit__(*error)


@pytest.mark.parametrize("after", [10**6, 10**17])
async def test_a_number_from_another_life_of_the_database_gets_a_snapshot(console, after):
    async with console(f"?after={after}") as line:
        assert (await line.first("snapshot"))["seq"] < after
        await line.send({"type": "replay", "after": after})
        await line.until(lambda: line.types.count("snapshot") == 2)


async def test_what_is_too_long_to_replay_gets_a_snapshot(console, tell, stream, monkeypatch):
    before = await last_seq(stream)
    monkeypatch.setattr(streams, "REPLAY_LIMIT", 3)
    await tell(4)
    async with console(f"?after={before}") as line:
        assert (await line.first("snapshot"))["seq"] == before + 4


async def test_what_the_house_has_forgotten_gets_a_snapshot(console, tell, stream):
    before = await last_seq(stream)
    await tell(3)
    await in_thread(Event.objects.of(HOUSE).filter(stream=stream, seq=before + 1).delete)()
    async with console(f"?after={before}") as line:
        assert (await line.first("snapshot"))["seq"] == before + 3


async def test_a_number_that_is_none_is_as_if_none_was_said(console):
    for query in ("?after=", "?after=x", "?after=-1", "?other=1", "?after=" + "9" * 30):
        async with console(query) as line:
            await line.first("snapshot")


WRONG = [
    ("{nonsense", "invalid_json"),
    ("", "invalid_json"),
    ("[" * 100_000, "invalid_json"),
    ("[1, 2]", "invalid"),
    ("null", "invalid"),
    ('{"type": "what"}', "unknown_message"),
    ('{"type": "replay"}', "invalid"),
    ('{"type": "replay", "after": true}', "invalid"),
    ('{"type": "replay", "after": -1}', "invalid"),
    ('{"type": "replay", "after": 1e400}', "invalid"),
    ('{"type": "replay", "after": "1"}', "invalid"),
]


async def test_a_frame_nobody_could_mean_is_refused_and_the_stream_goes_on(console, tell):
    async with console() as line:
        await line.first("snapshot")
        for text, _ in WRONG:
            await line.send_text(text)
        await line.until(lambda: line.types.count("error") == len(WRONG))
        await tell()
        await line.until(lambda: line.seqs)
    assert [f["code"] for f in line.frames if f["type"] == "error"] == [code for _, code in WRONG]


async def test_bytes_are_refused_too(console):
    async with console() as line:
        await line.first("snapshot")
        await line.send_bytes(b"\x00\xff")
        assert (await line.first("error"))["code"] == "invalid_json"


async def test_many_asked_replays_become_few(console, tell, monkeypatch):
    replays = []
    known = StreamConsumer._list_missed
    monkeypatch.setattr(
        StreamConsumer, "_list_missed", lambda self, after: replays.append(after) or known(self, after)
    )
    async with console() as line:
        start = (await line.first("snapshot"))["seq"]
        await tell()
        await line.until(lambda: line.seqs)
        line.takes.clear()
        await tell()
        for _ in range(50):
            await line.send({"type": "replay", "after": start})
        line.takes.set()
        await line.until(lambda: line.seqs.count(start + 2) == 2)
    assert len(replays) < 10


async def test_an_event_between_reading_the_number_and_the_snapshot_is_not_lost(
    console, tell, world, monkeypatch
):
    """The board is read after its number: what happens in between comes again as a message."""
    known = ops.get_board

    def read_slowly(*args):
        board = known(*args)
        with transaction.atomic():
            fact = Fact(area_stream(world.area.id), "unit.changed")
            record(world.operator.id, "system", clock.now(), [fact])
        return board

    monkeypatch.setattr(ops, "get_board", read_slowly)
    async with console() as line:
        start = (await line.first("snapshot"))["seq"]
        await line.until(lambda: line.seqs == [start + 1], "the event in between")

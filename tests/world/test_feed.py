"""The newest day wins, whichever way it came."""

import pytest

from dispatch.world.feed import DayFeed
from dispatch.world.times import format_instant
from tests.world.town import EIGHT


class Voice:
    """Answers with the day as the server has it at the moment."""

    name = "V-1"

    def __init__(self):
        self.document, self.asked = build_document(1), 0

    async def get(self, path):
        self.asked += 1
        return self.document


def build_document(seq, energy_kwh=50.0):
    shift = {"start": format_instant(EIGHT), "end": format_instant(EIGHT + 100)}
    return {"seq": seq, "unit": {"id": "van-1", "energy_kwh": energy_kwh}, "shift": shift, "stops": []}


@pytest.fixture
def voice():
    return Voice()


@pytest.fixture
async def feed(voice):
    feed = DayFeed(door=None, voice=voice)
    await feed.refresh()
    feed.changed.clear()
    return feed


def change(seq, energy_kwh):
    data = {"unit": {"id": "van-1", "energy_kwh": energy_kwh}}
    return {"type": "stop.done", "seq": seq, "at": "", "data": data}


async def test_the_next_message_changes_its_parts_of_the_day(feed):
    await feed._read(change(2, 40.0))
    assert (feed.day.energy_wh, feed.day.seq) == (40_000, 2)
    assert feed.day.shift == (EIGHT, EIGHT + 100)
    assert feed.changed.is_set()


async def test_a_message_of_before_changes_nothing(feed):
    await feed._read(change(1, 40.0))
    assert feed.day.energy_wh == 50_000
    assert not feed.changed.is_set()


@pytest.mark.parametrize("message", [change(3, 30.0), {"type": "beat", "seq": 3}])
async def test_what_was_missed_is_asked_for(feed, voice, message):
    voice.document = build_document(3, 30.0)
    await feed._read(message)
    assert (feed.day.energy_wh, voice.asked) == (30_000, 2)


async def test_live_values_are_not_the_days_business(feed, voice):
    await feed._read({"type": "live", "at": "", "data": {}})
    assert not feed.changed.is_set()
    assert voice.asked == 1


async def test_an_answer_overtaken_on_its_way_is_dropped(feed, voice):
    await feed._read(change(2, 40.0))
    await feed.refresh()
    assert feed.day.energy_wh == 40_000

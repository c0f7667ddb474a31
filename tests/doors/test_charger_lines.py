"""A charger's line: opened by its own identity with its own key, and only as long as that is its key."""

import pytest

from dispatch.models import Charger
from dispatch.ocpp import consumer, hall, limits
from dispatch.sockets.socket import in_thread
from tests.dispatch.ocpp.conftest import *  # noqa: F403  # fixtures are found by name
from tests.dispatch.ocpp.conftest import Scene, give_identity
from tests.doors.things import build_elsewhere
from tests.real_database import *  # noqa: F403  # fixtures are found by name

OTHERS_KEY = "the key of another one's charger"
NEW_KEY = "a key that came a moment ago"
NOT_THEIRS = {
    "a wrong key": {"key": "a wrong key, and long enough"},
    "no key": {"key": None},
    "an empty key": {"key": ""},
    "a charger nobody has": {"identity": "MC-NOBODY"},
    "another operator's charger with ours": {"identity": "EP-VAN-1"},
    "ours with another operator's": {"key": OTHERS_KEY},
    "a charger that never spoke": {"identity": "EP-VAN-2"},
}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(consumer, "_wrong_keys", limits.Buckets(1.0, 1_000))
    monkeypatch.setattr(hall, "LOOK_S", 0.05)


@pytest.fixture
def elsewhere(scene: Scene) -> Charger:
    charger = build_elsewhere().units["Zephyr"].charger
    give_identity(charger, "EP-VAN-1")
    charger.set_key(OTHERS_KEY)
    charger.save()
    return charger


async def test_whoever_may_not_speak_is_turned_away_and_cannot_tell_why(scene, elsewhere):
    seen = {}
    for what, changes in NOT_THEIRS.items():
        async with scene.station(**changes) as station:
            seen[what] = (station.accepted, station.closed, station.frames)
    assert set(map(str, seen.values())) == {str((False, 1000, []))}


async def test_each_operators_charger_speaks_with_its_own_key(scene, elsewhere):
    async with scene.station() as ours, scene.station(identity="EP-VAN-1", key=OTHERS_KEY) as theirs:
        assert (ours.accepted, theirs.accepted) == (True, True)


def change_key(charger: Charger) -> None:
    charger.set_key(NEW_KEY)
    charger.save()


def take_identity(charger: Charger) -> None:
    charger.identity = ""
    charger.save()


@pytest.mark.parametrize("change", [change_key, take_identity])
@pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])
async def test_a_line_ends_with_the_key_it_was_opened_with(scene, protocol, change):
    async with scene.station(protocol) as station:
        await in_thread(change)(scene.charger)
        await station.until(lambda: station.closed is not None, "closing")
        assert station.closed == consumer.POLICY
    async with scene.station(protocol) as station:
        assert not station.accepted


async def test_with_its_new_key_it_comes_back(scene):
    async with scene.station() as old:
        await in_thread(change_key)(scene.charger)
        await old.until(lambda: old.closed is not None, "closing")
    async with scene.station(key=NEW_KEY) as new:
        assert "currentTime" in await new.call("Heartbeat", {})
        assert new.closed is None


async def test_no_other_line_ends_with_it(scene, elsewhere):
    async with scene.station() as ours, scene.station(identity="EP-VAN-1", key=OTHERS_KEY) as theirs:
        await in_thread(change_key)(scene.charger)
        await ours.until(lambda: ours.closed is not None, "closing")
        assert "currentTime" in await theirs.call("Heartbeat", {})


def test_a_lost_right_is_noticed_within_five_seconds(monkeypatch):
    monkeypatch.undo()
    assert 0 < hall.LOOK_S + hall.PAUSE_S < 5

"""What chargers are told: queued, sent one at a time, answered or not."""

import asyncio

import pytest

from dispatch import clock
from dispatch.models import ChargerCommand
from dispatch.ocpp import hall, sending
from dispatch.services.charging.commands import queue_command
from dispatch.services.charging.links import close_link
from dispatch.services.charging.sweep import press_on
from dispatch.sockets.socket import in_thread
from tests.dispatch.ocpp.desk import Desk

VERB = ChargerCommand.Verb
ALL = [
    (VERB.UNLOCK, {}), (VERB.RESET, {"hard": True}), (VERB.RESET, {}), (VERB.READ, {"keys": ["A.B"]}),
    (VERB.CONFIGURE, {"key": "Some.Key", "value": "1"}), (VERB.TRIGGER, {"message": "Heartbeat"}),
    (VERB.CAP, {"power_w": 11_000, "number": 1, "ref": "T-1"}), (VERB.AVAILABILITY, {"available": False}),
    (VERB.LIMIT, {"token": "T", "energy_wh": 5}), (VERB.START, {"token": "0123456789ABCDEF0123"}),
    (VERB.STOP, {"number": 1, "ref": "T-1"}),
]  # fmt: skip


def tell(scene, verb, said=None):
    said = said or {}
    return queue_command(scene.charger, verb, said, who="system", why="a test", wall=clock.wall())


def status_of(command):
    return ChargerCommand.objects.get(id=command.id).status


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(hall, "LOOK_S", 0.05)


async def settled(station, command, status):
    for _ in range(400):
        if await in_thread(status_of)(command) == status:
            return
        await station.until(lambda: True)
        await asyncio.sleep(0.02)
    raise AssertionError(f"{command.verb} is {await in_thread(status_of)(command)}, not {status}")


@pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])
async def test_every_command_keeps_to_the_standard_and_is_accepted(scene, protocol):
    commands = [await in_thread(tell)(scene, verb, said) for verb, said in ALL]
    async with scene.station(protocol) as station:
        read = {"attributeStatus": "Accepted", "component": {"name": "A"}, "variable": {"name": "B"}}
        station.replies["GetVariables"] = {"getVariableResult": [read]}
        for command in commands:
            await settled(station, command, "accepted")
    assert len(station.asked) == len(ALL)


async def test_an_answer_heard_before_the_line_closed_is_stored_though_every_thread_was_busy(
    scene, monkeypatch
):
    heard, free = asyncio.Event(), asyncio.Event()

    def when_free(function):
        async def run(*words):
            if function is sending.settle_order:
                heard.set()
                await free.wait()
            return await in_thread(function)(*words)

        return run

    monkeypatch.setattr(sending, "in_thread", when_free)
    async with scene.station():
        command = await in_thread(tell)(scene, VERB.RESET)
        await heard.wait()
    free.set()
    async with asyncio.timeout(10):
        while await in_thread(status_of)(command) == "sent":
            await asyncio.sleep(0.01)
    assert await in_thread(status_of)(command) == "accepted"


async def test_no_means_rejected(scene):
    async with scene.station() as station:
        station.replies["Reset"] = {"status": "Rejected"}
        command = await in_thread(tell)(scene, VERB.RESET)
        await settled(station, command, "rejected")


async def test_an_answer_against_the_standard_is_no_yes(scene):
    async with scene.station() as station:
        station.replies["Reset"] = {"status": "Sure"}
        await settled(station, await in_thread(tell)(scene, VERB.RESET), "rejected")


async def test_silence_times_out_and_the_next_command_is_sent(scene, monkeypatch):
    monkeypatch.setattr(sending, "ANSWER_S", 0.2)
    async with scene.station() as station:
        station.replies["Reset"] = None
        silent = await in_thread(tell)(scene, VERB.RESET)
        heard = await in_thread(tell)(scene, VERB.UNLOCK)
        await settled(station, silent, "timed_out")
        await settled(station, heard, "accepted")


def test_what_nobody_takes_in_time_is_ended_by_the_sweep(scene):
    command = tell(scene, VERB.RESET)
    press_on(scene.world.now, command.expires_at)
    assert status_of(command) == "timed_out"


def test_a_start_that_got_lost_is_said_again_while_the_crew_waits(scene):
    desk = Desk(scene.charger, "ocpp1.6")
    scene.work()
    starts = ChargerCommand.objects.filter(verb=VERB.START, stop=scene.stop)
    first = starts.get()
    press_on(scene.world.now, first.expires_at)
    assert starts.count() == 2
    press_on(scene.world.now, first.expires_at)
    assert starts.count() == 2
    close_link(desk.link)
    press_on(scene.world.now, ChargerCommand.objects.latest("queued_at").expires_at)
    assert starts.count() == 2


def test_a_unit_that_sets_out_has_its_charger_shut(scene):
    Desk(scene.charger, "ocpp1.6")
    scene.crew.do("depart", scene.stop)
    shut = ChargerCommand.objects.get(verb=VERB.AVAILABILITY)
    assert (shut.said, shut.why) == ({"available": False}, "unit_travels")

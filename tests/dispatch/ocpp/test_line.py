"""Who may come in, what may be said, and that one socket speaks for a charger."""

import asyncio
import json

import pytest

from dispatch.models import ChargerState, ChargingSession, OcppMessage, Protocol
from dispatch.ocpp import calls, consumer, limits
from dispatch.services.charging.interlock import token_of
from dispatch.sockets.socket import in_thread
from tests.dispatch.ocpp.talk import Talk

BOTH = pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])


@pytest.fixture(autouse=True)
def nobody_tried_before(monkeypatch):
    monkeypatch.setattr(consumer, "_wrong_keys", limits.Buckets(0.2, 3))


@pytest.mark.parametrize(
    "changes",
    [{"key": "a wrong key, and long enough"}, {"identity": "MC-NOBODY"}, {"key": None}, {"identity": "x\0y"}],
)
async def test_who_is_not_known_does_not_come_in(scene, changes):
    async with scene.station(**changes) as station:
        assert not station.accepted
        assert station.closed is not None


async def test_an_address_that_keeps_trying_is_turned_away_even_with_the_right_key(scene):
    for _ in range(3):
        async with scene.station(key="a wrong key, and long enough") as station:
            assert not station.accepted
    async with scene.station() as station:
        assert not station.accepted


@pytest.mark.parametrize("protocol", ["", "ocpp1.5", "ocpp2.1"])
async def test_a_version_we_do_not_speak_is_told_so(scene, protocol):
    async with scene.station(protocol) as station:
        await station.until(lambda: station.closed is not None, "closing")
    assert (station.accepted, station.spoken, station.closed) == (True, None, 1002)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "FormationViolation"),
        ("[", "FormationViolation"),
        ("[" * 30_000, "FormationViolation"),
        ("[2, " + "1" * 5_000 + "]", "FormationViolation"),
        ("{}", "ProtocolError"),
        ("[]", "ProtocolError"),
        ("[2]", "ProtocolError"),
        ("[9, 1]", "PropertyConstraintViolation"),
        ('[2, 7, "Heartbeat", {}]', "ProtocolError"),
        ('[2, "a", "Heartbeat", []]', "FormationViolation"),
        ('[2, "a", "Nonsense", {}]', "NotSupported"),
        ('[2, "a", "../../call", {}]', "NotSupported"),
        ('[2, "a", "Heartbeat", {"more": 1}]', "FormationViolation"),
        ('[2, "a", "StopTransaction", {}]', "ProtocolError"),
        ('[2, "a", "Authorize", {"idTag": 5}]', "TypeConstraintViolation"),
        ('[2, "a", "Authorize", {"idTag": "much too long for an id tag"}]', "TypeConstraintViolation"),
        ('[2, "a", "Authorize", {"idTag": "\\u0000"}]', "FormationViolation"),
        ('[2, "a", "Authorize", {"idTag": "\\ud800"}]', "FormationViolation"),
        ('[2, "a", "StatusNotification", {"connectorId": 1, "errorCode": "NoError", "status": "Available",'
         ' "timestamp": "soon"}]', "FormationViolation"),
        # A command of ours, said to us.
        ('[2, "a", "RemoteStopTransaction", {"transactionId": 1}]', "NotImplemented"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
async def test_what_is_no_ocpp_is_answered_kept_and_changes_nothing(scene, frame, code):
    async with scene.station() as station:
        await station.say_text(frame)
        answer = await station.until(lambda: station.frames, "an answer")
        assert (answer[0][0], answer[0][2], len(answer[0])) == (4, code, 5)
        # And the line is as good as before.
        assert "currentTime" in await station.call("Heartbeat", {})
    assert await in_thread(OcppMessage.objects.filter(frame=frame).count)() == 1
    assert not await in_thread(ChargingSession.objects.exists)()


@pytest.mark.parametrize(
    "values",
    [
        {"meterStart": 10**40}, {"meterStart": -5}, {"connectorId": 10**12}, {"connectorId": -1},
        {"timestamp": "9999-12-31T23:59:59Z"}, {"timestamp": "0001-01-01T00:00:00Z"},
    ],
    ids=str,
)  # fmt: skip
async def test_numbers_that_cannot_be_true_break_nothing(scene, values):
    start = {"connectorId": 1, "idTag": "T", "meterStart": 1, "timestamp": "2026-06-10T10:00:00Z"}
    async with scene.station() as station:
        answer = await station.call("StartTransaction", {**start, **values})
    assert answer["idTagInfo"]["status"] == "Invalid"


@BOTH
async def test_a_fault_of_ours_is_answered_kept_and_ends_no_line(scene, protocol, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    acts = {Protocol(protocol): {**calls.ACTS[Protocol(protocol)], "Heartbeat": fail}}
    monkeypatch.setattr(calls, "ACTS", acts)
    async with scene.station(protocol) as station:
        assert (await station.call_raw("Heartbeat", {}))[2] == "InternalError"
        assert (await Talk(station, "").boot())["status"] == "Accepted"
    kept = await in_thread(OcppMessage.objects.get)(action="Heartbeat")
    assert "ZeroDivision" not in kept.answer


async def test_an_answer_to_nothing_has_no_effect(scene):
    async with scene.station() as station:
        await station.say([3, "never asked", {"status": "Accepted"}])
        await station.say([4, "never asked", "InternalError", "", {}])
        assert "currentTime" in await station.call("Heartbeat", {})


async def test_a_frame_that_is_too_large_ends_the_line(scene):
    async with scene.station() as station:
        await station.say_text(json.dumps([2, "a", "DataTransfer", {"vendorId": "v", "data": "x" * 70_000}]))
        await station.until(lambda: station.closed is not None, "closing")
    assert station.closed == 1009


async def test_who_says_nothing_but_nonsense_is_cut_off(scene, monkeypatch):
    monkeypatch.setattr(limits, "ERRORS_AT_ONCE", 3.0)
    async with scene.station() as station:
        for _ in range(5):
            await station.say_text("nonsense")
        await station.until(lambda: station.closed is not None, "closing")
    assert station.closed == 1008


@BOTH
async def test_a_reconnect_replaces_the_old_line(scene, protocol):
    async with scene.station(protocol) as old:
        await Talk(old, "").boot()
        async with scene.station(protocol) as new:
            await old.until(lambda: old.closed is not None, "the old line's end")
            assert old.closed == 4409
            await Talk(new, "").boot()
            await old.hang_up()
            # The old line's end takes nothing from the new one.
            assert (await in_thread(ChargerState.objects.get)(charger=scene.charger)).link is not None


@BOTH
async def test_what_an_old_line_says_has_no_effect(scene, protocol):
    async with scene.station(protocol) as station:
        await in_thread(scene.work)()
        talk = Talk(station, token_of(scene.stop))
        # Another process took the charger over, and nobody told this one.
        rows = ChargerState.objects.filter(charger=scene.charger)
        await in_thread(rows.update)(link="00000000-0000-0000-0000-000000000001")
        await station.say([2, "late", *talk.start_words(scene.world.now, 100)])
        await station.until(lambda: station.closed is not None, "closing")
    assert not await in_thread(ChargingSession.objects.exists)()


@BOTH
async def test_two_lines_at_once_begin_one_session(scene, protocol):
    async with scene.station(protocol) as first:
        await in_thread(scene.work)()
        words = Talk(first, token_of(scene.stop)).start_words(scene.world.now, 100)
        async with scene.station(protocol) as second:
            await asyncio.gather(first.say([2, "a", *words]), second.call(*words))
    assert await in_thread(ChargingSession.objects.count)() == 1


async def test_a_reader_that_takes_nothing_is_closed(scene, monkeypatch):
    monkeypatch.setattr(consumer, "SEND_S", 0.2)
    async with scene.station() as station:
        station.takes.clear()
        await station.say([2, "a", "Heartbeat", {}])
        await station.until(lambda: station.closed is not None, "closing")

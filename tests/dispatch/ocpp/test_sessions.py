"""A charge told by its charger, in both versions: begun, measured, ended, and told again."""

from datetime import timedelta

import pytest

from dispatch.models import ChargingSession, MeterReading, OcppMessage, Stop
from dispatch.services.charging.interlock import token_of
from dispatch.sockets.socket import in_thread
from tests.dispatch.ocpp.talk import Talk
from tests.patience import wait_until

BOTH = pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])


def one_session():
    return ChargingSession.objects.select_related("stop").get()


@BOTH
async def test_boot_is_accepted_and_told_world_time(scene, protocol):
    async with scene.station(protocol) as station:
        answer = await Talk(station, "").boot()
    assert (answer["status"], answer["currentTime"][:19]) == (
        "Accepted",
        f"{scene.world.now:%Y-%m-%dT%H:%M:%S}",
    )


@BOTH
async def test_a_charge_from_plug_to_receipt(scene, protocol):
    async with scene.station(protocol) as station:
        await in_thread(scene.work)()
        token = token_of(scene.stop)
        start = await station.heard(
            "RemoteStartTransaction" if protocol == "ocpp1.6" else "RequestStartTransaction"
        )
        assert token in (start["idToken"]["idToken"] if "idToken" in start else start["idTag"])
        talk = Talk(station, token)
        assert await talk.start(scene.world.now, 500_000) == "Accepted"
        await in_thread(scene.world.wait)(minutes=5)
        await talk.meter(scene.world.now, 504_000, power_w=48_000, soc=0.36)
        session = await in_thread(one_session)()
        assert (session.energy_wh, session.power_w, session.soc_end) == (4_000, 48_000, 0.36)
        assert (session.request_id, session.stop_id) == (scene.request.id, scene.stop.id)
        await in_thread(scene.world.wait)(minutes=14)
        await talk.stop(scene.world.now, 515_000, "EVDisconnected")
        done = await in_thread(scene.crew.do)("finish", scene.stop)
    session = await in_thread(one_session)()
    assert (session.energy_wh, session.flags, session.end_reason) == (15_000, [], "EVDisconnected")
    assert done.state == "done"
    assert await in_thread(OcppMessage.objects.filter(session=session, ours=False).count)() == 3


@BOTH
async def test_what_is_said_again_has_no_second_effect_and_the_same_answer(scene, protocol):
    async with scene.station(protocol) as station:
        await in_thread(scene.work)()
        talk, now = Talk(station, token_of(scene.stop)), scene.world.now
        first = await station.call(*talk.start_words(now, 100))
        again = await station.call(*talk.start_words(now, 100), message_id="retried")
        assert first == again
        talk.number, talk.seq = first.get("transactionId", 0), 0
        for words in (talk.meter_words(now, 150), talk.stop_words(now, 200)):
            assert await station.call(*words) == await station.call(*words)
    session = await in_thread(one_session)()
    assert (session.energy_wh, session.flags) == (100, [])
    assert await in_thread(MeterReading.objects.count)() == 3


@BOTH
async def test_a_unit_that_is_not_at_work_may_not_charge(scene, protocol):
    async with scene.station(protocol) as station:
        talk = Talk(station, token_of(scene.stop))
        assert await talk.start(scene.world.now, 100) == "Invalid"
        told = await station.heard(
            "RemoteStopTransaction" if protocol == "ocpp1.6" else "RequestStopTransaction"
        )
        assert told
    session = await in_thread(one_session)()
    assert (session.stop, session.flags) == (None, ["no_stop"])


@BOTH
async def test_power_below_the_curve_moves_the_expected_end(scene, protocol):
    async with scene.station(protocol) as station:
        await in_thread(scene.work)()
        talk = Talk(station, token_of(scene.stop))
        await talk.start(scene.world.now, 0)
        await in_thread(scene.world.wait)(minutes=2)
        await talk.meter(scene.world.now, 1_000, power_w=15_000, soc=0.32)
    stop = await in_thread(_wait_for_end)(scene.stop)
    # Fourteen kilowatt-hours at fifteen kilowatts instead of sixty.
    assert timedelta(minutes=50) < stop.flow_ends_at - scene.world.now < timedelta(minutes=60)
    assert stop.expected_end(scene.world.now, None) == stop.flow_ends_at + timedelta(seconds=stop.wrapup_s)


@BOTH
async def test_target_reached_stops_the_charger(scene, protocol):
    async with scene.station(protocol) as station:
        await in_thread(scene.work)()
        talk = Talk(station, token_of(scene.stop))
        await talk.start(scene.world.now, 0)
        await in_thread(scene.world.wait)(minutes=20)
        await talk.meter(scene.world.now, scene.stop.energy_wh, power_w=45_000, soc=0.54)
        await station.heard("RemoteStopTransaction" if protocol == "ocpp1.6" else "RequestStopTransaction")


def _wait_for_end(stop: Stop) -> Stop:
    """Return a stop once its end is expected: that follows a value, and is no part of it."""
    wait_until(lambda: Stop.objects.get(id=stop.id).flow_ends_at, what="an expected end")
    return Stop.objects.get(id=stop.id)

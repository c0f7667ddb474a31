"""What is not as it should be with a session: nothing is lost, nothing is invented, and it is said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from dispatch.errors import Conflict, Invalid
from dispatch.models import ChargerCommand, ChargingSession, Event, MeterReading, OcppMessage
from dispatch.services.audit import audit
from dispatch.services.charging.interlock import token_of
from tests.dispatch.ocpp.desk import Desk
from tests.dispatch.ocpp.talk import Talk
from tests.small_world import SmallWorld, build_world

# A picture of one point.
PHOTO = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
BOTH = pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])
NEW = pytest.mark.parametrize("protocol", ["ocpp2.0.1"])


@pytest.fixture
def world(db: None) -> SmallWorld:
    return build_world()


@pytest.fixture
def story(scene, protocol):
    """A charge that has begun, at a register of 1000 Wh."""
    return Story(scene, protocol)


class Story:
    def __init__(self, scene, protocol):
        self.scene = scene
        self.desk = Desk(scene.charger, protocol)
        scene.work()
        self.talk = Talk(self.desk, token_of(scene.stop))
        self.began = scene.world.now

    def at(self, minutes: float) -> datetime:
        """Let it be so many minutes after the beginning."""
        at = self.began + timedelta(minutes=minutes)
        if at > self.scene.world.now:
            self.scene.world.wait(seconds=(at - self.scene.world.now).total_seconds())
        return at

    def start(self, wh: int = 1_000) -> None:
        answer = self.desk.say(*self.talk.start_words(self.began, wh))
        self.talk.number, self.talk.seq = answer.get("transactionId", 0), 0

    def meter(self, minutes: float, wh: int, **more) -> None:
        self.desk.say(*self.talk.meter_words(self.at(minutes), wh, **more))

    def stop(self, minutes: float, wh: int) -> None:
        self.desk.say(*self.talk.stop_words(self.at(minutes), wh))

    @property
    def told(self) -> tuple[int, list[str]]:
        session = ChargingSession.objects.get()
        assert not [finding for finding in audit().findings if "session" in finding and "over" not in finding]
        return session.energy_wh, session.flags


@BOTH
def test_register_going_backwards_once(story):
    story.start()
    story.meter(1, 3_000)
    story.meter(2, 2_000)
    story.meter(3, 5_000)
    story.stop(4, 6_000)
    assert story.told == (5_000, ["register_backwards"])


@BOTH
def test_replaced_meter(story):
    story.start(500_000)
    story.meter(1, 503_000)
    story.meter(2, 10)
    story.stop(3, 2_010)
    assert story.told == (5_000, ["meter_replaced"])


@BOTH
def test_rollover(story):
    story.start(998_000)
    story.meter(2, 999_500)
    story.stop(5, 1_500)
    assert story.told == (3_500, ["rollover"])


@BOTH
def test_a_clock_that_was_never_set(story):
    story.start()
    story.at(5)
    story.desk.say(*story.talk.meter_words(datetime(1970, 1, 1, tzinfo=UTC), 3_000))
    story.at(6)
    story.desk.say(*story.talk.meter_words(datetime(1970, 1, 1, 0, 1, tzinfo=UTC), 4_000))
    story.at(9)
    story.desk.say(*story.talk.stop_words(datetime(1970, 1, 1, 0, 4, tzinfo=UTC), 5_000))
    assert story.told == (4_000, ["wrong_clock"])
    assert ChargingSession.objects.get().ended_at == story.began + timedelta(minutes=9)


@BOTH
def test_a_clock_that_runs_ahead(story):
    story.start()
    story.at(5)
    story.desk.say(*story.talk.meter_words(story.began + timedelta(hours=3), 3_000))
    story.stop(9, 5_000)
    assert story.told == (4_000, ["wrong_clock"])


@BOTH
def test_a_clock_that_stands_still_says_two_values_of_one_instant(story):
    story.start()
    story.meter(0, 2_000)
    story.meter(0, 3_000)
    assert story.told == (2_000, [])


@BOTH
def test_values_after_the_end_are_kept_and_not_counted(story):
    story.start()
    story.stop(5, 4_000)
    story.meter(8, 4_700)
    assert story.told == (3_000, ["values_after_end"])


@BOTH
def test_values_of_before_the_end_that_come_after_it_are_no_fault(story):
    story.start()
    late = story.talk.meter_words(story.at(3), 2_500)
    story.stop(5, 4_000)
    story.desk.say(*late)
    assert story.told == (3_000, [])


@BOTH
def test_interval_without_a_start(story):
    story.talk.number = 4_711
    story.meter(1, 3_000)
    story.meter(2, 4_000)
    story.stop(3, 5_000)
    energy_wh, flags = story.told
    assert (energy_wh, "interval_without_start" in flags) == (2_000, True)
    assert ChargingSession.objects.get().stop == story.scene.stop


@NEW
def test_a_start_that_comes_last_makes_it_whole(story):
    start = story.talk.start_words(story.began, 1_000)
    story.talk.seq = 0
    story.meter(2, 3_000)
    story.stop(4, 5_000)
    story.desk.say(*start)
    assert story.told == (4_000, [])


@NEW
def test_an_event_that_is_missing_is_a_gap_until_it_comes(story):
    story.start()
    missing = story.talk.meter_words(story.at(1), 2_000)
    story.meter(2, 3_000)
    story.stop(4, 5_000)
    assert story.told == (4_000, ["gap"])
    story.desk.say(*missing)
    assert story.told == (4_000, [])


@BOTH
def test_a_session_left_open_ends_where_it_was_read_last(story):
    story.start()
    story.meter(3, 4_000)
    other = Talk(story.desk, story.talk.token, ref="T-2")
    story.desk.say(*other.start_words(story.at(10), 4_200))
    first, second = ChargingSession.objects.order_by("started_at")
    assert (first.energy_wh, first.flags, second.ended_at) == (3_000, ["end_missing"], None)
    story.stop(10, 4_100)
    first.refresh_from_db()
    assert (first.energy_wh, first.flags) == (3_100, [])


@BOTH
def test_the_same_news_with_other_contents_is_noted_and_changes_nothing(story):
    story.start()
    story.stop(5, 4_000)
    story.talk.seq -= 1
    story.stop(6, 9_000)
    assert story.told == (3_000, ["contradicted"])


@BOTH
def test_a_session_without_a_stop_is_an_alarm(story):
    story.talk.token = "SOMEBODY-ELSE"
    story.start()
    assert story.told == (0, ["no_stop"])
    alarm = Event.objects.get(type="charger.alarm")
    assert (alarm.stream.partition(":")[0], alarm.cause) == ("area", "no_stop")


@BOTH
def test_a_crews_reading_stands_in_until_the_charger_tells_its_own(story):
    story.start()
    story.meter(3, 4_000)
    story.at(20)
    with pytest.raises(Invalid, match="photo_missing"):
        story.scene.crew.do("finish", story.scene.stop, meter_wh=6_000)
    story.scene.crew.do("finish", story.scene.stop, meter_wh=6_000, photo=PHOTO)
    typed = MeterReading.objects.get(source="crew")
    assert (typed.photo.media_type, typed.photo.stop) == ("image/jpeg", story.scene.stop)
    assert story.told == (5_000, ["crew_reading", "end_missing"])
    story.stop(19, 6_400)
    assert story.told == (5_400, ["crew_reading"])


@BOTH
def test_a_session_that_was_touched_is_found_by_its_frames(story):
    story.start()
    story.stop(5, 4_000)
    assert story.told == (3_000, [])
    session = ChargingSession.objects.get()
    session.readings.filter(register_wh=4_000).update(register_wh=9_000)
    ChargingSession.objects.update(energy_wh=8_000)
    found = [finding for finding in audit().findings if str(session.id) in finding]
    assert [finding.partition(": ")[2] for finding in found] == [
        "no frame tells of 9000 Wh",
        "8000 Wh, its frames say 3000 Wh",
    ]


@BOTH
@pytest.mark.parametrize("photo", ["no base64!", "aGVsbG8=", "x" * 600_000])
def test_what_is_no_picture_proves_no_reading(story, photo):
    story.start()
    story.at(20)
    with pytest.raises(Invalid, match=r"no_picture|picture_too_large"):
        story.scene.crew.do("finish", story.scene.stop, meter_wh=6_000, photo=photo)


@BOTH
def test_a_visit_is_not_done_before_its_last_reading(story):
    story.start()
    story.at(20)
    with pytest.raises(Conflict, match="session_running"):
        story.scene.crew.do("finish", story.scene.stop)
    story.scene.crew.do("stop", story.scene.stop)
    assert ChargerCommand.objects.get(verb="stop").why == "crew_stops"
    story.stop(20, 6_000)
    assert story.scene.crew.do("finish", story.scene.stop).state == "done"


@BOTH
def test_an_old_transaction_that_is_told_again_changes_nothing(story):
    start = story.talk.start_words(story.began, 1_000)
    first = story.desk.say(*start)
    story.talk.number, story.talk.seq = first.get("transactionId", 0), 0
    meter, stop = story.talk.meter_words(story.at(2), 3_000), story.talk.stop_words(story.at(5), 4_000)
    story.desk.say(*meter)
    story.desk.say(*stop)
    story.at(3 * 24 * 60)
    assert story.desk.say(*start) == first
    story.desk.say(*meter)
    story.desk.say(*stop)
    assert story.told == (3_000, [])
    assert MeterReading.objects.count() == 3


@BOTH
def test_a_signed_value_is_kept_as_it_came(story):
    signed = 'OCMF|{"FV":"1.0","RD":[{"RV":3.0,"RU":"kWh"}]}|{"SD":"3044"}'
    story.start()
    action, words = story.talk.meter_words(story.at(1), 3_000)
    value = words["meterValue"][0]["sampledValue"]
    if story.talk.is_16:
        value.append({"value": signed, "format": "SignedData"})
    else:
        value[0]["signedMeterValue"] = {
            "signedMeterData": signed, "signingMethod": "", "encodingMethod": "OCMF", "publicKey": "",
        }  # fmt: skip
    story.desk.say(action, words)
    assert MeterReading.objects.get(register_wh=3_000).signed == signed
    message = OcppMessage.objects.get(frame__contains="OCMF")
    message.frame = "something else"
    with pytest.raises(IntegrityError), transaction.atomic():
        message.save()


@NEW
def test_events_out_of_order_with_a_wrong_clock_lose_nothing(story):
    """Nothing tells their order but the register."""
    never_set = datetime(1970, 1, 1, tzinfo=UTC)
    start = story.talk.start_words(never_set, 1_000)
    story.talk.seq = 0
    meter, stop = story.talk.meter_words(never_set, 3_000), story.talk.stop_words(never_set, 4_000)
    story.at(5)
    for words in (stop, start, meter):
        story.desk.say(*words)
    energy_wh, flags = story.told
    assert (energy_wh, "wrong_clock" in flags) == (3_000, True)

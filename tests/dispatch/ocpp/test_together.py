"""Frames of several chargers in one transaction: each has its own effect, whatever the others say."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from dispatch import clock
from dispatch.models import (
    Charger,
    ChargerState,
    ChargingSession,
    MeterReading,
    OcppMessage,
    Protocol,
    Receipt,
)
from dispatch.ocpp.calls import Asked, answer_call, answer_calls
from dispatch.ocpp.words import hear
from dispatch.services.charging import progress
from dispatch.services.charging.links import Link, Replaced, find_charger, open_link
from tests.dispatch.ocpp.conftest import KEY, give_identity
from tests.dispatch.ocpp.station import Station
from tests.dispatch.ocpp.talk import Talk
from tests.patience import wait_until

V16, V201 = Protocol.OCPP16, Protocol.OCPP201


@dataclass
class Line:
    """A charger whose frames are handed over without a socket."""

    link: Link
    talk: Talk

    def ask(self, words) -> Asked:
        text = json.dumps([2, "m", *words])
        return Asked(self.link, hear(text, self.link.protocol), text)

    def meter(self, at, wh, **more) -> Asked:
        return self.ask(self.talk.meter_words(at, wh, **more))

    @property
    def session(self) -> ChargingSession:
        return ChargingSession.objects.get(charger=self.link.charger_id)


def open_line(charger: Charger, protocol: Protocol) -> Line:
    found = find_charger(charger.identity, KEY)
    assert found is not None
    link = open_link(found, protocol, clock.wall())
    return Line(link, Talk(Station(charger.identity, None, protocol), "nobody's"))


@pytest.fixture
def lines(scene):
    """Two chargers, one of each version, with a session that runs since a minute at 1,000 Wh."""
    other = Charger.objects.exclude(id=scene.charger.id).filter(unit__isnull=False).get()
    both = [open_line(scene.charger, V16), open_line(give_identity(other, "MC-VAN-2"), V201)]
    for line in both:
        said = line.ask(line.talk.start_words(scene.world.now, 1_000))
        answer = answer_call(said.link, said.call, said.text)
        line.talk.number, line.talk.seq = json.loads(answer.text)[2].get("transactionId", 0), 0
    scene.world.wait(minutes=1)
    return both


def meter_both(lines, at, registers, **more) -> list[Asked]:
    return [line.meter(at, wh, **more) for line, wh in zip(lines, registers, strict=True)]


def results(answers) -> list[str]:
    return [answer.text for answer in answers]


def test_values_of_several_chargers_are_added_each_to_its_own_session(scene, lines):
    answers = answer_calls(
        [
            line.meter(scene.world.now, wh, power_w=9_000)
            for line, wh in zip(lines, (1_100, 1_250), strict=True)
        ]
    )
    assert results(answers) == ['[3,"m",{}]'] * 2
    assert [line.session.energy_wh for line in lines] == [100, 250]
    assert [line.session.power_w for line in lines] == [9_000, 9_000]
    assert (
        list(ChargerState.objects.filter(link__isnull=False).values_list("power_w", flat=True)) == [9_000] * 2
    )
    assert OcppMessage.objects.filter(session__isnull=False, answer='[3,"m",{}]').count() == 2
    assert [answer.session for answer in answers] == [line.session.id for line in lines]


def test_many_values_of_one_message_are_kept_in_their_order(scene, lines):
    said = []
    for line in lines:
        action, payload = line.talk.meter_words(scene.world.now, 1_000)
        payload["meterValue"] += line.talk.meter_words(scene.world.now, 1_300)[1]["meterValue"]
        said.append(line.ask((action, payload)))
    assert all(answer_calls(said))
    assert [line.session.energy_wh for line in lines] == [300, 300]


def test_what_is_said_again_is_left_to_be_answered_alone_and_adds_nothing(scene, lines):
    said = [line.meter(scene.world.now, 1_200) for line in lines]
    assert all(answer_calls(said))
    again = answer_calls(said)
    # 1.6 has no name for it: its reading is known. The event of 2.0.1 is, by its number.
    assert [answer is None for answer in again] == [False, True]
    assert answer_call(said[1].link, said[1].call, said[1].text).text == '[3,"m",{}]'
    assert [line.session.energy_wh for line in lines] == [200, 200]
    assert MeterReading.objects.count() == 4
    assert Receipt.objects.filter(key__startswith="event:", key__endswith=":1").count() == 1


def test_a_line_that_was_replaced_has_no_effect_beside_one_that_holds(scene, lines):
    said = [line.meter(scene.world.now, 1_200) for line in lines]
    open_link(scene.charger, V16, clock.wall())
    first, second = answer_calls(said)
    assert (first, second.text) == (None, '[3,"m",{}]')
    assert [line.session.energy_wh for line in lines] == [0, 200]
    with pytest.raises(Replaced):
        answer_call(said[0].link, said[0].call, said[0].text)


def test_a_register_that_goes_back_is_left_to_be_taken_alone(scene, lines):
    backwards, forwards = (
        line.meter(scene.world.now, wh) for line, wh in zip(lines, (900, 1_200), strict=True)
    )
    first, second = answer_calls([backwards, forwards])
    assert (first, second.text) == (None, '[3,"m",{}]')
    answer_call(backwards.link, backwards.call, backwards.text)
    assert lines[0].session.flags == ["meter_replaced", "no_stop"]


@pytest.mark.parametrize(
    "words", [("MeterValues", {"connectorId": "one"}), ("Heartbeat", {"sooner": 1}), ("Sing", {})]
)
def test_a_call_that_is_wrong_is_left_out_and_the_others_are_answered(scene, lines, words):
    first, second = answer_calls([lines[0].ask(words), lines[1].meter(scene.world.now, 1_200)])
    assert (first, second.text) == (None, '[3,"m",{}]')
    assert lines[1].session.energy_wh == 200


def test_a_fault_of_ours_in_one_changes_nothing_and_each_is_answered_alone(scene, lines, monkeypatch):
    def fail(*_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(progress.news, "correct_packs", fail)
    said = [line.meter(scene.world.now, 1_200) for line in lines]
    assert answer_calls(said) == [None, None]
    monkeypatch.undo()
    assert [line.session.energy_wh for line in lines] == [0, 0]
    assert [json.loads(answer_call(one.link, one.call, one.text).text)[0] for one in said] == [3, 3]
    assert [line.session.energy_wh for line in lines] == [200, 200]


def test_a_session_that_is_ended_by_hand_meanwhile_is_left_to_be_taken_alone(scene, lines):
    ended = lines[0].session
    asked = meter_both(lines, scene.world.now, (2_000, 3_000))
    with ThreadPoolExecutor(1) as lane:
        with transaction.atomic():
            ChargingSession.objects.filter(id=ended.id).update(ended_at=scene.world.now)
            answers = lane.submit(_answer_and_leave, asked)
            wait_until(_somebody_waits, what="waiting for the row")
        taken = answers.result()
    assert (taken[0], taken[1] is None) == (None, False)
    assert lines[0].session.meter_end_wh == ended.meter_end_wh


def _answer_and_leave(asked):
    try:
        return answer_calls(asked)
    finally:
        connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_old_values_are_told_on_later_than_new_ones(scene, lines):
    fresh, stale = lines
    old = scene.world.now
    scene.world.wait(minutes=5)
    answers = answer_calls([fresh.meter(scene.world.now, 1_200), stale.meter(old, 1_200)])
    assert [answer.is_stale for answer in answers] == [False, True]
    assert stale.session.read_at == old


def test_a_heartbeat_shares_the_transaction_and_tells_the_worlds_time(scene, lines):
    answers = answer_calls([lines[0].ask(("Heartbeat", {})), lines[1].meter(scene.world.now, 1_200)])
    assert json.loads(answers[0].text)[2]["currentTime"][:16] == f"{scene.world.now:%Y-%m-%dT%H:%M}"
    assert lines[1].session.energy_wh == 200


def test_a_clock_ahead_of_time_is_left_to_be_taken_alone(scene, lines):
    ahead = lines[0].meter(scene.world.now + timedelta(hours=2), 1_200)
    assert answer_calls([replace(ahead)]) == [None]
    assert lines[0].session.energy_wh == 0

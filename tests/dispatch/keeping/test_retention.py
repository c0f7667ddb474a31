"""Each rule of the register is carried out: the day before, nothing is lost; the day after, all is."""

from collections import defaultdict
from datetime import timedelta

import h3
import pytest
from django.apps import apps

from dispatch import tasks
from dispatch.models import (
    ChargeRequest,
    ChargingSession,
    Event,
    Message,
    MeterReading,
    Plan,
    Promise,
    Quote,
    Shift,
    Stop,
    StreamCounter,
    UnitState,
    Vehicle,
)
from dispatch.models.privacy import REGISTER
from dispatch.services.audit import audit
from dispatch.services.keeping import retention
from dispatch.services.keeping.places import RESOLUTION, round_place
from dispatch.services.keeping.retention import STEPS, carry_out
from tests.dispatch.keeping.lived import live
from tests.small_world import CASINO

TIMES = sorted({rule.kept_days for fields in REGISTER.values() for rule in fields.values() if rule.kept_days})
DAY = timedelta(days=1)


@pytest.fixture
def lived(world):
    request = live(world)
    # Nothing of the day is younger than this: from here the days are counted.
    world.ended = max(request.latest, Shift.objects.latest("ends_at").ends_at, world.now)
    return world


def turn(world, **after):
    """Carry the register out so long after the day (on both clocks)."""
    at = world.ended + timedelta(**after)
    return carry_out(at, at)


def rows_under(kept_days):
    """What there is, model by model, that the register allows to be kept so long: pk -> values."""
    found = defaultdict(dict)
    for label, fields in REGISTER.items():
        names = [name for name, rule in fields.items() if rule.kept_days == kept_days]
        if names:
            model = apps.get_model(label)
            for row in model._default_manager.values("pk", *names):
                found[label][row.pop("pk")] = row
    return found


def test_every_rule_with_a_time_has_a_step_that_forgets():
    carried = {rule for step in STEPS for rule in step.rules}
    timed = {rule for fields in REGISTER.values() for rule in fields.values() if rule.kept_days is not None}
    assert timed == carried
    assert {step.kept for step in STEPS} == {timedelta(days=days) for days in TIMES}


def test_the_days_are_those_the_law_and_the_house_say():
    assert TIMES == [2, 60, 90, 180, 365, 730, 1095, 3650]


@pytest.mark.parametrize("days", TIMES)
def test_what_a_rule_allows_is_there_the_day_before_and_gone_the_day_after(lived, days):
    turn(lived, days=days - 1)
    kept = rows_under(days)
    assert any(kept.values()), "the day had nothing of this kind"
    turn(lived, days=days + 1)
    for label, rows in rows_under(days).items():
        for pk, values in rows.items():
            assert is_forgotten(label, values), f"{label} {pk} still says {values}"


def is_forgotten(label, values):
    """A row that is still there says nothing any more: it is empty, at home, or only a cell is left."""
    if label == "dispatch.Plan":
        running = Plan.objects.latest("version")
        return values.get("problem") in (b"", running.problem) or values.get("causes") == running.causes
    if label == "dispatch.Stop" and values.get("request", 0) is None:
        return True
    if {"lat", "lon"} <= values.keys():
        place = values.pop("lat"), values.pop("lon")
        home = label == "dispatch.UnitState" or place != CASINO
        return home and all(value in (None, "", 0, []) for value in values.values())
    return all(value in (None, "", [], {}) for value in values.values())


def test_of_a_place_only_its_cell_is_left_and_the_receipt_stands(lived):
    request = ChargeRequest.objects.get()
    before = (request.price, request.energy_wh, request.stage_at)
    turn(lived, days=91)
    request.refresh_from_db()
    where = request.lat, request.lon
    assert where == pytest.approx(round_place(*CASINO))
    assert h3.latlng_to_cell(*where, RESOLUTION) == h3.latlng_to_cell(*CASINO, RESOLUTION)
    assert (request.site, request.place_text) == (None, "")
    stop, quote = Stop.objects.get(request=request), Quote.objects.get()
    assert (stop.lat, stop.lon) == (quote.lat, quote.lon) == where
    assert (quote.site, quote.place_text) == (None, "")
    assert (request.price, request.energy_wh, request.stage_at) == before


def test_an_open_request_keeps_its_place(world):
    request = world.accept("Alice", place_text="bay 14")
    world.ended = request.latest
    turn(world, days=91)
    request.refresh_from_db()
    assert (request.lat, request.lon, request.place_text) == (*CASINO, "bay 14")


def test_after_each_time_the_books_still_hold(lived):
    for days in TIMES:
        turn(lived, days=days + 1)
        assert audit().findings == [], days
    assert not ChargeRequest.objects.exists()
    assert not Promise.objects.exists()
    assert not ChargingSession.objects.exists()
    assert not MeterReading.objects.exists()
    assert not Vehicle.objects.filter(name="").exists()
    assert not Event.objects.exists()
    assert all(row.forgotten == row.seq for row in StreamCounter.objects.all())
    assert Plan.objects.count() == 1


def test_a_second_turn_finds_nothing(lived):
    assert turn(lived, days=3651)
    assert not turn(lived, days=3651)


def test_a_turn_that_was_killed_goes_on_where_it_stopped(lived, monkeypatch):
    monkeypatch.setattr(retention, "STEPS", STEPS[:6])
    turn(lived, days=200)
    assert Message.objects.exclude(text="").exists()
    monkeypatch.setattr(retention, "STEPS", STEPS)
    monkeypatch.setattr(retention, "BATCH", 1)
    assert turn(lived, days=200)["crew_words"] == 1
    assert not Message.objects.exclude(text="").exists()


def test_a_turn_is_told_in_numbers_alone(lived, caplog):
    with caplog.at_level("INFO"):
        turn(lived, days=200)
    told = " ".join(record.getMessage() for record in caplog.records)
    assert "request_places" in told
    assert not any(word in told for word in ("Alice", "bay 14", "blue car", str(CASINO[0])))


def test_beat_carries_it_out(lived, monkeypatch):
    monkeypatch.setattr(tasks.clock, "now", lambda: lived.ended + 61 * DAY)
    tasks.purge()
    assert not UnitState.objects.exclude(fix_at=None).exists()

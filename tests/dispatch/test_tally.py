"""Figures of all processes, added up in Valkey."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from dispatch import clock, tally
from dispatch.tally.counting import Purse
from dispatch.tally.measures import COUNTED, OTHER, TIMED
from routing.model.rules import NOT_SERVED

NOON = datetime(2026, 6, 10, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty(settings, request):
    """Each test counts under a name of its own."""
    tally.flush()
    settings.REDIS_PREFIX = f"test-{request.node.name}"
    with Redis.from_url(settings.REDIS_URL) as valkey:
        for key in valkey.scan_iter(f"{settings.REDIS_PREFIX}:*"):
            valkey.delete(key)


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "wall", lambda: NOON)


def test_what_several_processes_count_is_one_sum():
    one, other = Purse(), Purse()
    one.add(("quotes|offered", 2))
    other.add(("quotes|offered", 3))
    assert one.flush()
    assert other.flush()
    assert tally.read_sums().counts("quotes")["offered"] == 5


def test_a_value_nobody_declared_is_counted_as_other_and_never_by_its_name():
    tally.count("quotes", "alice@example.test")
    tally.flush()
    assert tally.read_sums().counts("quotes")[OTHER] == 1
    assert not any("alice" in field for field in tally.read_sums().fields)


def test_a_figure_nobody_declared_is_a_mistake():
    with pytest.raises(KeyError):
        tally.count("visitors")


def test_durations_fall_into_classes():
    for seconds in (0.001, 0.004, 0.004, 0.3, 99):
        tally.observe("quote", seconds)
    tally.flush()
    found = tally.read_sums().histogram("quote")
    assert found.count == 5
    assert dict(zip(found.bounds_ms, found.counts, strict=False))[5] == 2
    assert found.counts[-1] == 1
    assert found.sum_s == pytest.approx(99.309)
    assert 2 < found.find_quantile_ms(0.5) <= 5
    assert found.find_quantile_ms(0.95) == TIMED["quote"].bounds_ms[-1]


def test_nothing_has_no_middle():
    assert tally.read_sums().histogram("quote").find_quantile_ms(0.5) is None


def test_each_minute_has_a_sum_of_its_own(monkeypatch):
    for ago in (2, 0):
        monkeypatch.setattr(clock, "wall", lambda ago=ago: NOON - timedelta(minutes=ago))
        tally.count("sweeps", amount=ago + 1)
        tally.flush()
    minutes = tally.read_minutes(NOON, 4)
    turns = [(each.ago, each.sums.counts("sweeps")[""]) for each in minutes]
    assert turns == [(3, 0), (2, 3), (1, 0), (0, 1)]


def test_minutes_are_forgotten(at_noon, settings):
    tally.count("sweeps")
    tally.flush()
    with Redis.from_url(settings.REDIS_URL) as valkey:
        lives = [valkey.ttl(key) for key in valkey.scan_iter(f"{settings.REDIS_PREFIX}:tally:*")]
    assert len(lives) == 1
    assert 0 < lives[0] <= 90 * 60


def test_while_valkey_is_away_sums_are_kept_and_handed_over_later(settings):
    purse, home = Purse(), settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    purse.add(("sweeps|", 7))
    assert not purse.flush()
    settings.REDIS_URL = home
    assert purse.flush()
    assert tally.read_sums().counts("sweeps")[""] == 7


def test_every_reason_the_engine_knows_is_counted_by_its_name():
    assert set(NOT_SERVED) <= set(COUNTED["refusals"].values)

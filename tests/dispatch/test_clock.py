"""Two clocks by name: world time runs on wall time, at a speed, and never backwards."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from dispatch import clock

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MORNING = datetime(2026, 6, 10, 6, 0, tzinfo=UTC)


class Hands:
    """The wall clock, moved by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def pass_(self, seconds: float, *, alive: bool = True) -> None:
        """Let wall time pass: with a heartbeat every five seconds, or with none."""
        end = self.at + timedelta(seconds=seconds)
        while alive and self.at + timedelta(seconds=5) < end:
            self.at += timedelta(seconds=5)
            clock.heartbeat()
        self.at = end
        if alive:
            clock.heartbeat()


@pytest.fixture
def hands(db, monkeypatch):
    moved = Hands()
    monkeypatch.setattr(clock, "wall", lambda: moved.at)
    monkeypatch.setattr(clock, "KEPT_S", -1.0)
    clock.forget()
    yield moved
    clock.forget()


def test_without_a_row_world_time_is_wall_time(hands):
    hands.pass_(3600, alive=False)
    assert (clock.now(), clock.speed()) == (NOON + timedelta(hours=1), 1.0)


def test_a_world_at_speed_ten_lives_ten_minutes_in_one(hands):
    clock.start(10, MORNING)
    hands.pass_(60)
    assert (clock.now(), clock.speed()) == (MORNING + timedelta(minutes=10), 10)


def test_the_world_stands_still_ten_seconds_after_the_last_heartbeat(hands):
    clock.start(10, MORNING)
    hands.pass_(3600, alive=False)
    assert (clock.now(), clock.speed()) == (MORNING + timedelta(seconds=100), 0.0)


def test_a_heartbeat_after_a_sleep_goes_on_where_the_world_stood(hands):
    clock.start(10, MORNING)
    hands.pass_(3600, alive=False)
    clock.heartbeat()
    assert clock.now() == MORNING + timedelta(seconds=100)
    hands.pass_(6)
    assert clock.now() == MORNING + timedelta(seconds=160)


def test_a_second_start_goes_on_where_the_first_stopped_whatever_its_anchor(hands):
    clock.start(10, MORNING)
    hands.pass_(6)
    clock.stop()
    hands.pass_(86_400, alive=False)
    clock.start(120, NOON)
    assert clock.now() == MORNING + timedelta(seconds=60)
    hands.pass_(2)
    assert clock.now() == MORNING + timedelta(seconds=60 + 240)


def test_a_stopped_world_stands_still_and_no_late_heartbeat_wakes_it(hands):
    clock.start(10, MORNING)
    hands.pass_(6)
    clock.stop()
    hands.pass_(600)
    assert (clock.now(), clock.speed()) == (MORNING + timedelta(seconds=60), 0.0)


def test_a_wall_clock_set_back_does_not_turn_the_world_back(hands):
    clock.start(10, MORNING)
    hands.pass_(60)
    before = clock.now()
    hands.at -= timedelta(seconds=30)
    clock.heartbeat()
    assert clock.now() == before


def test_an_earlier_row_does_not_turn_the_world_back_for_who_has_read_a_later_one(hands):
    clock.start(10, MORNING)
    hands.pass_(60)
    before = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dispatch_world_clock SET anchor = anchor - interval '1 hour'")
    assert clock.now() == before


def test_a_process_reads_the_row_only_now_and_then(hands, monkeypatch, django_assert_num_queries):
    clock.start(10, MORNING)
    monkeypatch.setattr(clock, "KEPT_S", 60.0)
    with django_assert_num_queries(1):
        for _ in range(50):
            clock.now()
            clock.speed()


def know(monkeypatch, read_at: float) -> None:
    face = clock.Face(10, MORNING, clock.wall(), clock.wall(), running=True)
    monkeypatch.setattr(clock._memory, "known", clock._Known(face, read_at))
    monkeypatch.setattr(clock._memory, "told", None)


async def test_an_event_loop_reads_a_kept_row_without_leaving(monkeypatch):
    know(monkeypatch, read_at=clock.time.monotonic() + 60)
    assert MORNING <= await clock.anow() < MORNING + timedelta(minutes=1)
    assert await clock.aspeed() == 10


@pytest.mark.parametrize("ask", [clock.anow, clock.aspeed])
async def test_a_row_that_grows_stale_between_two_looks_is_not_read_within_the_loop(monkeypatch, ask):
    know(monkeypatch, read_at=0.0)
    looks = iter([clock.KEPT_S * 0.9, clock.KEPT_S * 1.1])
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=lambda: next(looks)))
    await ask()


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [("2026-03-28", 7), ("2026-03-29", 6), ("2026-10-24", 6), ("2026-10-25", 7)],
)
def test_eight_in_the_morning_is_local_on_both_nights_of_the_clock_change(day, utc_hour):
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert clock.build_morning("Europe/Monaco", noon) == noon.replace(hour=utc_hour)

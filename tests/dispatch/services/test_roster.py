"""Shifts from the roster: by the clock on the wall, also on the nights it changes."""

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatch.models import RosterLine, Shift
from dispatch.services.roster import AHEAD, extend_shifts

MONACO = ZoneInfo("Europe/Monaco")
SPRING = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
NIGHT = 8 * 3600


@pytest.fixture
def rostered(world):
    """Azur is worked round the clock, in three shifts that follow each other without a gap."""
    Shift.objects.all().delete()
    for hour in (6, 14, 22):
        RosterLine.objects.create(
            operator=world.operator,
            unit=world.units["Azur"],
            crew=world.people["Cora"],
            starts_local=time(hour),
            duration_s=NIGHT,
            breaks=[{"after_s": 7_200, "before_s": 18_000, "duration_s": 1_800}],
        )
    return world


def make(world, now):
    return extend_shifts(world.area, now, now)


@pytest.mark.parametrize(("now", "night_hours"), [(SPRING, 7), (AUTUMN, 9)])
def test_on_the_night_the_clocks_change_a_shift_ends_when_the_clock_says(rostered, now, night_hours):
    make(rostered, now)
    shifts = list(Shift.objects.order_by("starts_at"))
    assert all(a.ends_at == b.starts_at for a, b in itertools.pairwise(shifts))
    assert {shift.starts_at.astimezone(MONACO).hour for shift in shifts} == {6, 14, 22}
    lengths = [shift.ends_at - shift.starts_at for shift in shifts]
    assert timedelta(hours=night_hours) in lengths
    assert set(lengths) == {timedelta(hours=8), timedelta(hours=night_hours)}


def test_an_ordinary_day_is_covered_a_day_and_a_half_ahead(rostered):
    now = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    assert make(rostered, now) > 0
    last = Shift.objects.latest("ends_at")
    assert last.ends_at >= now + AHEAD
    assert Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).count() == 1


def test_making_them_again_makes_none(rostered):
    now = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    make(rostered, now)
    count = Shift.objects.count()
    assert make(rostered, now) == 0
    assert make(rostered, now + timedelta(minutes=1)) == 0
    assert Shift.objects.count() == count


def test_a_shift_made_by_hand_is_not_overlapped(rostered):
    now = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    by_hand = Shift.objects.create(
        operator=rostered.operator,
        unit=rostered.units["Azur"],
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=5),
    )
    make(rostered, now)
    others = Shift.objects.exclude(id=by_hand.id)
    assert others.exists()
    assert not others.filter(starts_at__lt=by_hand.ends_at, ends_at__gt=by_hand.starts_at).exists()


def test_breaks_are_instants_of_their_shift(rostered):
    make(rostered, datetime(2026, 6, 10, 10, 0, tzinfo=UTC))
    for shift in Shift.objects.all():
        (pause,) = shift.breaks
        assert datetime.fromisoformat(pause["earliest"]) == shift.starts_at + timedelta(hours=2)

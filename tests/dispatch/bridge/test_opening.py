"""Opening hours by the clock on the wall: past midnight, by weekday, and in the nights the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatch.routing_bridge.opening import list_open

MONACO = ZoneInfo("Europe/Monaco")
DAILY = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "06:30", "to": "22:00"}]
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
DAY = timedelta(days=1)


def hours(spans):
    return [tuple(at.astimezone(MONACO).strftime("%a %H:%M") for at in span) for span in spans]


def test_a_garage_that_closes_at_night_is_open_every_day():
    spans = list_open(DAILY, MONACO, MONDAY, MONDAY + DAY)
    assert hours(spans) == [("Mon 06:30", "Mon 22:00")]


def test_a_span_under_way_is_given_whole():
    at_noon = MONDAY + DAY / 2
    assert hours(list_open(DAILY, MONACO, at_noon, at_noon + DAY)) == [
        ("Mon 06:30", "Mon 22:00"),
        ("Tue 06:30", "Tue 22:00"),
    ]


def test_hours_past_midnight_belong_to_the_evening_they_begin_in():
    late = [{"days": [0], "from": "20:00", "to": "02:00"}]
    assert hours(list_open(late, MONACO, MONDAY, MONDAY + DAY * 2)) == [("Mon 20:00", "Tue 02:00")]


def test_what_touches_is_one_span():
    halves = [{"days": [0], "from": "08:00", "to": "12:00"}, {"days": [0], "from": "12:00", "to": "18:00"}]
    assert hours(list_open(halves, MONACO, MONDAY, MONDAY + DAY)) == [("Mon 08:00", "Mon 18:00")]


def test_never_open_is_no_span():
    assert list_open([{"days": [6], "from": "08:00", "to": "12:00"}], MONACO, MONDAY, MONDAY + DAY) == []


@pytest.mark.parametrize(
    ("night", "length_h"),
    [(datetime(2027, 3, 27, 12, tzinfo=UTC), 7), (datetime(2026, 10, 24, 12, tzinfo=UTC), 9)],
    ids=["spring", "autumn"],
)
def test_a_night_lasts_as_long_as_the_clocks_say(night, length_h):
    nightly = [{"days": list(range(7)), "from": "22:00", "to": "06:00"}]
    opens, closes = list_open(nightly, MONACO, night, night + DAY)[0]
    assert closes - opens == timedelta(hours=length_h)

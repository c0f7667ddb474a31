"""The demand is seeded, and looks like what was measured."""

from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import pytest

from routing.simulation.demand import Habits, Spot, demand

PORT = Spot(43.735, 7.421, weight=3.0)
STATION = Spot(43.738, 7.419, weight=1.0, spread_m=100.0)
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def wishes(hours=24 * 28, rate=5.0, **kwargs):
    return demand(7, MONDAY, hours, rate, [PORT, STATION], **kwargs)


def test_same_seed_gives_the_same_people():
    assert wishes(hours=24) == wishes(hours=24)
    assert demand(8, MONDAY, 24, 5.0, [PORT]) != demand(7, MONDAY, 24, 5.0, [PORT])


def test_a_day_cut_into_pieces_is_the_same_day():
    noon = MONDAY + timedelta(hours=12, minutes=20)
    morning = demand(7, MONDAY, 12, 5.0, [PORT])
    half_hour = [w for w in demand(7, MONDAY + timedelta(hours=12), 1, 5.0, [PORT]) if w.at < noon]
    rest = demand(7, noon, 12, 5.0, [PORT])
    whole = demand(7, MONDAY, 25, 5.0, [PORT])
    assert morning + half_hour + rest == [w for w in whole if w.at < noon + timedelta(hours=12)]


def test_total_follows_the_rate():
    assert len(wishes()) == pytest.approx(24 * 28 * 5, rel=0.06)


def test_evening_peak_stands_at_local_time():
    summer = datetime(2026, 7, 6, tzinfo=UTC)  # a Monday, two hours ahead of UTC in Monaco
    people = [
        w
        for week in range(40)
        for w in demand(week, summer, 24, 20.0, [PORT], Habits(time_zone="Europe/Monaco"))
    ]
    by_hour = [sum(1 for w in people if w.at.hour == hour) for hour in range(24)]
    assert by_hour.index(max(by_hour)) == 16


def test_energy_and_soc_follow_the_measured_quantiles():
    people = [w for w in wishes(habits=Habits(modest=0.0)) if w.urgency == "normal"]
    assert median(w.energy_wh for w in people) == pytest.approx(29_366, rel=0.06)
    energy = quantiles((w.energy_wh for w in people), n=10)
    assert energy[0] == pytest.approx(11_063, rel=0.15)
    assert energy[8] == pytest.approx(55_457, rel=0.10)
    assert median(w.soc for w in people) == pytest.approx(0.31, abs=0.03)
    assert all(w.wanted_soc > w.soc for w in people)


def test_modest_people_want_what_is_taken_at_public_chargers_of_any_kind():
    people = wishes(habits=Habits(modest=1.0))
    assert median(w.energy_wh for w in people) == pytest.approx(15_600, rel=0.06)
    assert all(w.asks_for == "energy" for w in people)


def test_mix_of_urgency_and_lead_time():
    people = wishes(habits=Habits(stranded=0.1, slot=0.3))
    stranded = [w for w in people if w.urgency == "stranded"]
    assert len(stranded) / len(people) == pytest.approx(0.1, abs=0.03)
    assert all(w.lead_s == 0 for w in stranded)
    later = [w for w in people if w.lead_s]
    assert len(later) / len(people) == pytest.approx(0.27, abs=0.04)
    assert all(3_600 <= w.lead_s <= 6 * 3_600 for w in later)


def test_people_park_around_the_given_spots():
    at_port = [w for w in wishes() if (w.lat, w.lon) == (PORT.lat, PORT.lon)]
    assert len(at_port) / len(wishes()) == pytest.approx(0.75, abs=0.03)


def test_refuses_what_it_cannot_place_in_time_or_space():
    with pytest.raises(ValueError, match="time zone"):
        demand(7, MONDAY.replace(tzinfo=None), 1, 5.0, [PORT])
    with pytest.raises(ValueError, match="places"):
        demand(7, MONDAY, 1, 5.0, [])

"""A roster in local time becomes shifts in the engine's."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from routing.simulation.seed_fleet import build_fleet, build_roster, find_visitors_car, list_cars

MONACO = ZoneInfo("Europe/Monaco")
SPRING = datetime(2027, 3, 27, 12, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)
ORDINARY = datetime(2026, 11, 16, 7, tzinfo=UTC)


def test_everybody_is_home_with_the_first_charge(seed):
    fleet = build_fleet(seed, ORDINARY)
    assert fleet.start_utc == "2026-11-16T07:00:00Z"
    van = next(unit for unit in fleet.units if unit.id == "V-3")
    assert (van.state.place, van.state.energy_wh) == ("fontvieille", 95_000)
    assert van.charger.connectors == ("ccs2", "chademo")
    robots = [unit for unit in fleet.units if unit.kind == "robot"]
    assert len(robots) == 3
    for robot in robots:
        assert robot.site == next(place.site for place in fleet.places if place.id == robot.state.place)


def test_hills_cost_a_van_and_no_robot(seed):
    flat = build_fleet({**seed, "area": {**seed["area"], "mean_grade_pm": 0}}, ORDINARY)
    steep = build_fleet({**seed, "area": {**seed["area"], "mean_grade_pm": 40}}, ORDINARY)
    more = {a.id: b.drive_wh_per_km - a.drive_wh_per_km for a, b in zip(flat.units, steep.units, strict=True)}
    assert more["V-3"] > more["V-1"] > 0
    assert more["R-1"] == more["P-1"] == 0


def test_a_shift_that_began_last_night_is_on(seed):
    roster = build_roster(seed, datetime(2026, 11, 16, 1, tzinfo=UTC), 6)
    first = roster["V-5"][0]
    assert first.start_s < 0 < first.end_s


@pytest.mark.parametrize("start", [ORDINARY, SPRING, AUTUMN])
def test_shifts_follow_each_other_on_every_night_of_the_year(seed, start):
    for name, shifts in build_roster(seed, start, 48).items():
        for shift, following in pairwise(shifts):
            assert shift.end_s <= following.start_s, name


@pytest.mark.parametrize("start", [SPRING, AUTUMN])
def test_a_shift_begins_by_the_clock_on_the_wall_when_the_clocks_change(seed, start):
    begins = {
        (start + timedelta(seconds=shift.start_s)).astimezone(MONACO).strftime("%H:%M")
        for shift in build_roster(seed, start, 48)["V-3"]
    }
    assert begins == {"07:00", "15:15", "00:45"}


def test_the_simulated_people_drive_their_own_cars_and_the_visitor_another(seed):
    assert len(list_cars(seed)) == 24
    assert "ccs2" in find_visitors_car(seed).connectors

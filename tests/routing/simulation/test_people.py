"""A town wakes up busy, lives quietly on, and parks under ground, too."""

from datetime import UTC, datetime, timedelta

import pytest

from routing.simulation.asking import Terms
from routing.simulation.demand import Spot
from routing.simulation.fleet_day import FleetDay
from routing.simulation.half_hour import Days, build_people, list_calls
from routing.simulation.people import People, list_opening, list_wishes
from routing.simulation.seed_fleet import build_fleet, build_roster, list_access, list_car_parks

EIGHT = datetime(2026, 11, 16, 7, tzinfo=UTC)
STREETS = tuple(Spot(43.73 + step / 500, 7.41 + step / 300) for step in range(6))
CAR_PARKS = (Spot(43.74, 7.42, 1.0, site="small"), Spot(43.75, 7.43, 6.0, site="robot's"))
PEOPLE = People(seed=3, places=STREETS, rate_per_h=2.0, car_parks=CAR_PARKS, car_park_rate_per_h=1.0)


def test_a_town_begins_with_some_who_ask_now_and_some_who_book():
    opening = list_opening(PEOPLE, EIGHT)
    assert opening == list_opening(PEOPLE, EIGHT)
    assert all(EIGHT <= wish.at < EIGHT + timedelta(minutes=5) for wish in opening)
    assert sum(1 for wish in opening if not wish.lead_s) == 4
    assert sum(1 for wish in opening if wish.lead_s) == 2
    assert [wish.site for wish in opening if wish.site] == ["robot's"]
    assert max(wish.energy_wh for wish in opening) <= 14_000


def test_who_asks_first_stands_all_over_town():
    now = [wish.lon for wish in list_opening(PEOPLE, EIGHT) if not wish.lead_s and not wish.site]
    assert max(now) - min(now) > (STREETS[-1].lon - STREETS[0].lon) / 3


def test_car_parks_have_their_own_rate_and_share():
    wishes = list_wishes(PEOPLE, EIGHT, 24 * 28)
    parked = [wish for wish in wishes if wish.site]
    assert len(parked) / (24 * 28) == pytest.approx(1.0, abs=0.15)
    assert sum(1 for wish in parked if wish.site == "robot's") / len(parked) == pytest.approx(6 / 7, abs=0.05)
    assert wishes == sorted(wishes, key=lambda wish: wish.at)


def test_those_in_the_streets_are_the_same_without_car_parks():
    streets = People(seed=3, places=STREETS, rate_per_h=2.0)
    assert [w for w in list_wishes(PEOPLE, EIGHT, 24) if not w.site] == list_wishes(streets, EIGHT, 24)


def test_something_comes_into_every_car_park_people_name_and_robots_live_in_the_busiest(seed):
    access, car_parks = list_access(seed), list_car_parks(seed)
    lowest = min(unit["height_mm"] for unit in seed["units"] if unit["kind"] == "van")
    assert all((access[spot.site].max_height_mm or lowest) >= lowest for spot in car_parks)
    busiest = sorted(car_parks, key=lambda spot: -spot.weight)[:4]
    living = [unit["site"] for unit in seed["units"] if unit["mobility"] == "on_site"]
    assert {spot.site for spot in busiest} == set(living)
    assert busiest[0].site == "boulingrins"


def test_the_robot_gets_work_in_its_car_park(seed, travel):
    days = Days(EIGHT, 12)
    assert any(wish.site == "boulingrins" for wish in list_opening(build_people(seed, days, 1), EIGHT))
    day = FleetDay(build_fleet(seed, EIGHT), build_roster(seed, EIGHT, 25), travel, Terms())
    placed = [told.placement for told in day.live(list_calls(seed, days, 1, Terms())) if told.placement]
    assert "R-1" in {placement.unit for placement in placed}

"""A wish in a car park: by its entrance, within its hours, and hills on the way."""

from datetime import timedelta

import pytest

from dispatch.models import Site
from dispatch.routing_bridge.demand import Spot
from dispatch.routing_bridge.ground import read_ground
from dispatch.routing_bridge.problem_from_db import build_problem
from tests.small_world import SmallWorld, build_world

INSIDE = (43.7404, 7.4253)
DAYS = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@pytest.fixture
def garage(world) -> Site:
    """A garage with two ways in, open from half past six to ten in the evening."""
    return Site.objects.create(
        slug="garage", name="Garage", lat=43.7399, lon=7.4259, covered=True, max_height_mm=2000,
        entrances=[{"lat": 43.7399, "lon": 7.4259}, {"lat": 43.7410, "lon": 7.4250}],
        hours=[{"days": DAYS, "from": "06:30", "to": "22:00"}], time_zone="Europe/Monaco",
    )  # fmt: skip


def test_one_drives_in_by_the_nearer_entrance(garage):
    upstairs, downstairs = (43.7409, 7.4251), (43.7400, 7.4258)
    ways_in = [Spot.of(*spot, garage).place for spot in (upstairs, downstairs)]
    assert [(place.entrance_lat, place.entrance_lon) for place in ways_in] == [
        (43.7410, 7.4250),
        (43.7399, 7.4259),
    ]


def test_a_car_inside_is_reached_later_than_one_at_the_barrier(world, garage):
    near = world.quote(place=(43.7399, 7.4259), site_id=garage.id).offers.first()
    deep = world.quote(place=INSIDE, site_id=garage.id).offers.first()
    assert deep.arrival_p50 > near.arrival_p50


def test_an_accepted_wish_stands_in_the_problem_with_entrance_and_hours(world, garage):
    request = world.accept(place=INSIDE, site_id=garage.id)
    problem = build_problem(read_ground(world.area.id, world.now))
    (asked,) = problem.requests
    place = next(place for place in problem.places if place.id == asked.place)
    assert asked.id == str(request.id)
    assert place.entrance_lat is not None
    # It is noon in Monaco: open for ten hours more.
    assert asked.access[0][1] == 10 * 3600


def test_at_night_the_garage_is_closed_and_the_morning_is_offered(world, garage):
    for unit in world.units.values():
        unit.shifts.update(ends_at=world.now + timedelta(hours=30))
    world.wait(hours=10.5)
    world.plan("shifts.changed")
    quote = world.quote(place=INSIDE, site_id=garage.id)
    assert quote.offers.first().arrival_p50 >= world.now + timedelta(hours=8)


def test_a_van_that_is_too_high_for_the_garage_is_not_offered(world, garage):
    garage.max_height_mm = 1900
    garage.save()
    quote = world.quote(place=INSIDE, site_id=garage.id)
    assert quote.refusal["code"] == "height_or_weight"


def test_hills_are_planned_for_on_the_road_alone(world):
    def consumption():
        problem = build_problem(read_ground(world.area.id, world.now))
        return {unit.id: unit.drive_wh_per_km for unit in problem.units}

    flat = consumption()
    world.area.mean_grade_pm = 40
    world.area.save()
    assert all(consumption()[name] > wh for name, wh in flat.items())

"""A unit that stands at its stop has arrived, whoever forgot to say so; a crew that says it counts first."""

from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.errors import Conflict
from dispatch.models import Event, Stop, UnitState
from dispatch.services.geofence import ARRIVED, LEFT, WALL_DWELL, WORLD_DWELL
from dispatch.services.tracking import Fix, record_fixes
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, STADIUM

NEAR = (CASINO[0] + 0.0002, CASINO[1])


@pytest.fixture
def stop(world):
    """Somebody drives to Alice."""
    return Crew(world).do("depart", world.stop_of(world.accept("Alice")))


def stand(world, stop, place=NEAR, speed_mps=0.0, wall_s=0.0):
    """Say where the unit is; returns the stop as it is then."""
    fix = Fix(world.now, *place, speed_mps=speed_mps)
    wall = clock.wall() + timedelta(seconds=wall_s)
    record_fixes(world.device_of(stop.unit_id), stop.unit_id, [fix], world.now, wall)
    return Stop.objects.get(id=stop.id)


def stand_for_long(world, stop, **how):
    stand(world, stop, **how)
    world.wait(seconds=WORLD_DWELL.total_seconds())
    return stand(world, stop, wall_s=WALL_DWELL.total_seconds(), **how)


def test_who_stands_there_for_a_while_has_arrived_when_it_began(world, stop):
    since = world.now
    arrived = stand_for_long(world, stop)
    assert (arrived.state, arrived.arrived_at) == ("arrived", since)
    event = Event.objects.filter(type="stop.arrived").first()
    assert event is not None
    assert (event.cause, event.actor.partition(":")[0]) == (ARRIVED, "system")


def test_neither_passing_by_nor_a_moment_is_an_arrival(world, stop):
    assert stand_for_long(world, stop, speed_mps=8.0).state == "dispatched"
    assert stand_for_long(world, stop, place=STADIUM).state == "dispatched"
    assert stand(world, stop).state == "dispatched"


def test_standing_there_before_setting_out_counts_for_nothing(world, stop):
    """It still knows since when it stood at the stop before this one, which was at the same place."""
    before, wall = world.now - timedelta(minutes=10), clock.wall() - timedelta(minutes=1)
    UnitState.objects.filter(unit=stop.unit_id).update(near_at=before, near_wall=wall)
    assert stand(world, stop).state == "dispatched"
    assert UnitState.objects.get(unit=stop.unit_id).near_at == world.now


def test_a_crew_has_time_to_say_it_first_by_our_clock_too(world, stop):
    stand(world, stop)
    world.wait(seconds=WORLD_DWELL.total_seconds())
    assert stand(world, stop, wall_s=WALL_DWELL.total_seconds() - 5).state == "dispatched"
    Crew(world).do("arrive", stop)
    world.wait(seconds=60)
    assert stand(world, stop, wall_s=60).state == "arrived"
    assert not Event.objects.filter(cause=ARRIVED).exists()


def test_who_goes_away_begins_anew(world, stop):
    stand(world, stop)
    world.wait(seconds=60)
    stand(world, stop, place=STADIUM)
    assert UnitState.objects.get(unit=stop.unit_id).near_at is None


def test_after_the_fence_said_it_a_crew_need_not(world, stop):
    stand_for_long(world, stop)
    with pytest.raises(Conflict) as raised:
        Crew(world).do("arrive", stop)
    assert raised.value.code == "not_in_that_state"


def test_leaving_what_is_not_finished_is_told_once_and_finishes_nothing(world, stop):
    Crew(world).do("arrive", stop)
    for _ in range(2):
        world.wait(minutes=3)
        left = stand(world, stop, place=STADIUM, speed_mps=8.0)
    assert left.state == "arrived"
    assert left.left_at is not None
    assert Event.objects.filter(cause=LEFT, stream__startswith="unit").count() == 1


def test_inside_a_car_park_fixes_are_too_poor(world, stop):
    stop.unit.mobility = "carried"
    stop.unit.save()
    assert stand_for_long(world, stop).state == "dispatched"

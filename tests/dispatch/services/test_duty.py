"""Units come on and off duty with their shifts; nobody is sent off who is still out."""

from datetime import timedelta

import pytest

from dispatch.models import Event, Shift, Stop, UnitState
from dispatch.services.duty import turn_duty
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, SEVEN_IN_THE_EVENING


def activity(world, name="Azur"):
    return UnitState.objects.get(unit=world.units[name]).activity


@pytest.fixture
def evening(world):
    """A minute after the end of both shifts."""
    world.wait(seconds=(SEVEN_IN_THE_EVENING - world.now).total_seconds() + 60)
    return world


def test_a_shift_that_begins_brings_its_unit_on_duty(world):
    UnitState.objects.update(activity="off_duty")
    assert set(turn_duty(world.area.id, world.now)) == {unit.id for unit in world.units.values()}
    assert activity(world) == "available"
    assert turn_duty(world.area.id, world.now) == []


def test_a_unit_at_home_goes_off_duty_and_its_empty_way_home_is_skipped(evening):
    turned = turn_duty(evening.area.id, evening.now)
    assert set(turned) == {unit.id for unit in evening.units.values()}
    assert activity(evening) == "off_duty"
    assert set(Stop.objects.values_list("kind", "state")) == {("hold", "skipped")}
    assert turn_duty(evening.area.id, evening.now) == []


def test_a_unit_that_is_out_stays_on_duty_until_it_is_home(world):
    crew = Crew(world)
    request = world.accept("Alice", place=CASINO)
    stop = world.stop_of(request)
    crew.serve(stop)
    world.plan()
    world.wait(seconds=(SEVEN_IN_THE_EVENING - world.now).total_seconds() + 60)
    turn_duty(world.area.id, world.now)
    name = stop.unit.name
    assert activity(world, name) == "available"
    home = Stop.objects.get(unit=stop.unit, kind="hold", state="planned")
    world.plan()
    home = Stop.objects.get(unit=stop.unit, kind="hold", state="planned")
    crew.go_to(home)
    turn_duty(world.area.id, world.now)
    assert activity(world, name) == "off_duty"


def test_a_unit_at_work_is_not_sent_off(world):
    crew = Crew(world)
    stop = world.stop_of(world.accept("Alice"))
    crew.begin(stop)
    world.wait(hours=12)
    turn_duty(world.area.id, world.now)
    assert activity(world, stop.unit.name) == "delivering"


def test_when_the_next_crew_takes_over_the_way_home_of_the_last_is_left_to_them(world):
    """Back to back shifts: an old way home would be made anew with every plan."""
    crew = Crew(world)
    stop = world.stop_of(world.accept("Alice"))
    crew.serve(stop)
    world.plan()
    Shift.objects.create(
        operator=world.operator,
        unit=stop.unit,
        starts_at=SEVEN_IN_THE_EVENING,
        ends_at=SEVEN_IN_THE_EVENING + timedelta(hours=8),
    )
    world.wait(seconds=(SEVEN_IN_THE_EVENING - world.now).total_seconds() + 60)
    turn_duty(world.area.id, world.now)
    world.plan()
    assert activity(world, stop.unit.name) == "available"
    (home,) = Stop.objects.filter(unit=stop.unit, kind="hold", state="planned")
    assert home.route.shift.starts_at == SEVEN_IN_THE_EVENING


def test_a_unit_out_of_service_is_left_alone(world):
    UnitState.objects.filter(unit=world.units["Azur"]).update(activity="out_of_service")
    turn_duty(world.area.id, world.now)
    assert activity(world) == "out_of_service"


def test_screens_hear_of_it(evening):
    before = Event.objects.filter(stream=f"area:{evening.area.id}").count()
    turn_duty(evening.area.id, evening.now)
    assert Event.objects.filter(stream=f"area:{evening.area.id}", type="unit.changed").count() == 1
    assert Event.objects.filter(stream=f"area:{evening.area.id}").count() == before + 1

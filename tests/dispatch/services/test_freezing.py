"""What is about to happen is told and holds."""

import pytest

from dispatch.models import Event, Lock, Stop
from dispatch.services.freezing import NOTICE, assign_due, freeze_horizon
from dispatch.services.locks import Hold, lock_stop, unlock_stop


def test_the_horizon_is_what_the_solver_needs_in_world_time(settings):
    settings.SOLVER_SECONDS = 2
    assert (freeze_horizon(10) - NOTICE).total_seconds() == 20
    assert freeze_horizon(0) == NOTICE


def test_a_visit_that_is_due_is_told_once(world):
    request = world.accept("Alice")
    assert assign_due(world.area.id, world.now, 1) == 1
    assert assign_due(world.area.id, world.now, 1) == 0
    request.refresh_from_db()
    assert request.status == "assigned"
    assert Lock.objects.get(stop__request=request).what == "unit"
    assert Event.objects.filter(stream=f"request:{request.id}", type="assigned").count() == 1


def test_a_visit_later_than_the_horizon_is_not(world):
    request = world.accept("Alice")
    later = world.now + freeze_horizon(1) * 3
    Stop.objects.filter(request=request).update(depart_at=later)
    assert assign_due(world.area.id, world.now, 1) == 0
    assert assign_due(world.area.id, later - freeze_horizon(1), 1) == 1


@pytest.mark.parametrize(("what", "told"), [("unit", True), ("both", True), ("time", False)])
def test_a_visit_held_to_its_unit_by_hand_is_told_and_given_back_is_not(world, what, told):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    dana = world.caller("Dana")
    lock_stop(dana, stop.id, Hold(what), world.now, world.now)
    request.refresh_from_db()
    assert request.status == ("assigned" if told else "booked")
    unlock_stop(dana, stop.id, world.now, world.now)
    request.refresh_from_db()
    assert request.status == "booked"


def test_a_visit_held_to_its_time_is_told_when_it_is_due(world):
    request = world.accept("Alice")
    lock_stop(world.caller("Dana"), world.stop_of(request).id, Hold("time"), world.now, world.now)
    assert assign_due(world.area.id, world.now, 1) == 1
    assert assign_due(world.area.id, world.now, 1) == 0
    request.refresh_from_db()
    assert request.status == "assigned"
    assert Lock.objects.get(stop__request=request).what == "both"

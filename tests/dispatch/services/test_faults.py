"""A unit that breaks down: its work goes to others, and everybody is told."""

import pytest

from dispatch.errors import Conflict
from dispatch.models import Event, Lock, Plug, Stop, UnitState
from dispatch.services.freezing import assign_due
from tests.dispatch.crew import Crew
from tests.small_world import add_driver


def test_what_a_broken_unit_was_to_do_returns_to_booked_and_goes_to_another(world):
    crew = Crew(world)
    first = world.accept("Alice")
    stop = world.stop_of(first)
    unit = stop.unit
    add_driver(world, "Carl")
    second = world.accept("Carl")
    Stop.objects.filter(request=second).update(unit=unit, route=stop.route, position=50)
    world.wait(hours=1)
    assign_due(world.area.id, world.now, 10)
    second.refresh_from_db()
    assert second.status == "assigned"

    crew.do("depart", stop)
    crew.do("fail", stop, reason="unit_fault")

    assert UnitState.objects.get(unit=unit).activity == "out_of_service"
    assert not Stop.objects.filter(unit=unit, state="planned").exists()
    assert not Lock.objects.filter(stop__unit=unit, stop__state="planned").exists()
    for request in (first, second):
        request.refresh_from_db()
        assert (request.status, request.cause) == ("booked", "unit_fault")
        assert Event.objects.filter(stream=f"request:{request.id}", type="updated").exists()
    world.plan()
    for request in (first, second):
        assert world.stop_of(request).unit_id != unit.id


def test_a_fault_is_reported_at_the_stop_that_is_under_way(world):
    crew = Crew(world)
    stop = crew.do("depart", world.stop_of(world.accept("Alice")))
    home = Stop.objects.get(unit=stop.unit, kind="hold")
    with pytest.raises(Conflict, match="not_next"):
        crew.do("fail", home, reason="unit_fault")


def test_an_assigned_request_that_nobody_can_serve_any_more_is_booked_again(world):
    """Both vans are empty: the told one does not come, and the driver sees why."""
    request = world.accept("Alice")
    assign_due(world.area.id, world.now, 100)
    request.refresh_from_db()
    assert request.status == "assigned"
    UnitState.objects.update(pack_wh=0, pack_at=world.now)
    Plug.objects.update(state="out_of_service")
    world.plan()
    request.refresh_from_db()
    assert (request.status, request.cause) == ("booked", "replanned")
    assert request.not_served["code"] == "energy_insufficient"
    assert not Stop.objects.filter(request=request).exists()

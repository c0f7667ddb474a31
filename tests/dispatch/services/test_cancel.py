"""Cancelling: what it costs in each state, and what becomes of the unit."""

import pytest

from dispatch import clock
from dispatch.errors import Conflict, NotFound
from dispatch.models import Event, Plan, Stop, UnitState
from dispatch.routing_bridge.documents import find_document
from dispatch.routing_bridge.standing import stand
from dispatch.routing_bridge.travel_book import TravelMissing
from dispatch.services.audit import audit
from dispatch.services.freezing import assign_due
from dispatch.services.requests import cancel_request
from dispatch.services.tracking import Fix, record_fixes
from routing.evaluation import violations
from tests.dispatch.crew import Crew

# The fee of 9.00 with 20 % tax.
FEE = 1080


def cancel(world, request, name="Alice", reason=""):
    cancel_request(world.caller(name), request.id, reason, world.now, clock.wall())
    request.refresh_from_db()
    return request


@pytest.fixture
def booked(world):
    return world.accept("Alice")


def lead_to(world, request, state):
    crew, stop = Crew(world), world.stop_of(request)
    if state == "assigned":
        assign_due(world.area.id, world.now, 1)
    elif state == "en_route":
        crew.do("depart", stop)
    elif state == "on_site":
        crew.go_to(stop)
    elif state == "charging":
        crew.begin(stop)
    elif state == "completed":
        crew.serve(stop)
    request.refresh_from_db()
    assert request.status == state


@pytest.mark.parametrize(
    ("state", "price"), [("booked", 0), ("assigned", 0), ("en_route", FEE), ("on_site", FEE)]
)
def test_it_costs_the_fee_once_a_unit_is_on_its_way(world, booked, state, price):
    lead_to(world, booked, state)
    request = cancel(world, booked)
    assert (request.status, request.price["total_minor"]) == ("cancelled", price)
    assert request.cause == "cancelled_by_driver"
    assert not Stop.objects.filter(request=request, state__in=["planned", "dispatched", "arrived"]).exists()


@pytest.mark.parametrize("state", ["charging", "completed"])
def test_it_is_too_late_once_energy_flows(world, booked, state):
    lead_to(world, booked, state)
    price = booked.price
    with pytest.raises(Conflict) as caught:
        cancel(world, booked)
    assert (caught.value.code, caught.value.facts["state"]) == ("too_late_to_cancel", state)
    booked.refresh_from_db()
    assert (booked.status, booked.price) == (state, price)


def test_it_happens_once(world, booked):
    cancel(world, booked)
    with pytest.raises(Conflict, match="too_late_to_cancel"):
        cancel(world, booked)


def test_another_driver_finds_nothing_to_cancel(world, booked):
    with pytest.raises(NotFound):
        cancel(world, booked, "Bob")


def drive_off(world, request):
    """Its unit has left, and was seen two minutes later somewhere on its way; returns the visit."""
    stop = world.stop_of(request)
    Crew(world).do("depart", stop)
    world.wait(minutes=2)
    seen = Fix(world.now, 43.73712, 7.42441, speed_mps=8)
    record_fixes(world.device_of(stop.unit_id), stop.unit_id, [seen], world.now, clock.wall())
    return stop


def test_a_unit_that_was_driving_is_free_where_it_was_seen_last(world, booked):
    stop = drive_off(world, booked)
    cancel(world, booked)

    state = UnitState.objects.get(unit=stop.unit)
    assert (state.activity, state.next_arrival_at) == ("available", None)
    unit = next(unit for unit in stand(world.area.id, world.now).whole.units if unit.id == str(stop.unit_id))
    assert (unit.state.place, unit.state.at_s) == ("43.737100,7.424400", 0)
    assert Stop.objects.get(id=stop.id).state == "failed"
    again = world.accept("Bob")
    assert world.stop_of(again).arrive_at > world.now


def test_whom_it_frees_is_in_the_plan_at_once(world, booked):
    before = Plan.objects.latest("version").version
    cancel(world, booked)
    part = Plan.objects.latest("version")
    assert (part.writer, part.part_of) == ("cancel", before)
    document = find_document(world.area.id)
    assert str(booked.id) not in {request.id for request in document.problem.requests}
    assert violations(document.problem, document.plan) == ()
    assert audit().findings == []


def test_whom_it_frees_on_the_way_is_in_the_plan_where_it_was_seen(world, booked):
    """Nobody knows the ways from there: they are learnt, and the change is made again."""
    stop = drive_off(world, booked)
    cancel(world, booked)
    document = find_document(world.area.id)
    unit = next(unit for unit in document.problem.units if unit.id == str(stop.unit_id))
    assert unit.state.place == "43.737100,7.424400"
    assert Plan.objects.latest("version").writer == "cancel"


def test_where_the_ways_cannot_be_learnt_it_is_cancelled_all_the_same(world, booked, monkeypatch):
    monkeypatch.setattr("dispatch.routing_bridge.travel_book.TravelBook.read", missing)
    assert cancel(world, booked).status == "cancelled"
    assert Plan.objects.latest("version").writer == "accept"


def missing(_book, profile, places):
    raise TravelMissing(profile, tuple(places))


def test_the_drivers_words_are_no_part_of_an_event(world, booked):
    cancel(world, booked, reason="Ask for Mrs Example, plate MC 123")
    assert not Event.objects.filter(cause__icontains="example").exists()


def test_a_cancelled_visit_frees_its_place_for_another(world, booked):
    stop = world.stop_of(booked)
    cancel(world, booked)
    world.plan()
    assert not Stop.objects.filter(id=stop.id).exists()
    assert world.accept("Bob").status == "booked"

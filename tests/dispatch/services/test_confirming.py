"""Energy begins at the right car only: its plate or its driver's PIN."""

import pytest

from dispatch.errors import Conflict, Invalid
from dispatch.models import Vehicle
from dispatch.selectors.pins import pin_of
from dispatch.selectors.requests import get_request_document
from tests.dispatch.crew import Crew
from tests.small_world import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def crew(world):
    return Crew(world)


@pytest.fixture
def stop(world, crew):
    stop = world.stop_of(world.accept("Alice"))
    crew.go_to(stop)
    return stop


def begin(crew, stop, **said):
    return crew.do("start", stop, meter_wh=crew.meter_wh, **said)


@pytest.mark.parametrize("plate", ["MC ALICE", "mc-alice", "MCALICE"])
def test_its_plate_however_it_is_written(crew, stop, plate):
    assert begin(crew, stop, plate=plate).state == "working"


def test_another_cars_plate_is_refused(crew, stop):
    with pytest.raises(Conflict, match="wrong_car"):
        begin(crew, stop, plate="MC BOB")


@pytest.mark.parametrize("plate", ["", " - "])
def test_nothing_read_confirms_nothing(crew, stop, plate):
    with pytest.raises(Invalid, match="car_not_confirmed"):
        begin(crew, stop, plate=plate)


def test_the_pin_its_driver_sees_stands_in(world, crew, stop):
    pin = get_request_document(stop.request_id, world.now)["pin"]
    assert pin is not None
    assert len(pin) == 4
    assert begin(crew, stop, plate="", pin=pin).state == "working"
    assert get_request_document(stop.request_id, world.now)["pin"] is None


def test_a_wrong_pin_is_refused(crew, stop):
    wrong = f"{(int(pin_of(stop.request_id)) + 1) % 10_000:04}"
    with pytest.raises(Conflict, match="wrong_pin"):
        begin(crew, stop, plate="MC ALICE", pin=wrong)


def test_a_car_of_unknown_plate_is_whichever_was_read(crew, stop):
    Vehicle.objects.update(plate="")
    assert begin(crew, stop, plate="MC 1234").state == "working"

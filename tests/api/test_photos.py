"""The picture of a meter: from the crew's hands to the dispatcher's eyes, and nobody else's."""

import base64

import pytest

from accounts.models import Operator, Person
from accounts.roles import Role
from dispatch.models import Attachment, Stop
from dispatch.services.photos import LARGEST_BYTES
from tests.cast import make_person, open_door
from tests.dispatch.crew import Crew
from tests.small_world import SmallWorld, build_world

PNG = b"\x89PNG\r\n\x1a\n" + b"the meter shows 6 kWh"


def write(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.fixture
def world(db: None) -> SmallWorld:
    return build_world(vans=2)


@pytest.fixture
def stop(world):
    """A stop of which energy has flowed; Cora is its unit's crew."""
    stop = world.stop_of(world.accept("Alice"))
    world.give_shift(stop.unit, "Cora")
    crew = Crew(world)
    crew.begin(stop)
    world.wait(minutes=20)
    return stop


def finish(who: Person, stop: Stop, photo: str):
    said = {"meter_wh": 1_015_000, "photo": photo}
    return open_door(who).post(f"/api/crew/stops/{stop.id}/finish", said)


def see(who: Person, photo: str):
    return open_door(who).get(f"/api/ops/attachments/{photo}")


@pytest.mark.parametrize("before", ["", "data:image/png;base64,"])
def test_a_picture_of_the_meter_is_seen_by_the_dispatcher_as_it_was_taken(world, stop, before):
    assert finish(world.people["Cora"], stop, before + write(PNG)).status_code == 200
    charger = stop.unit.charger
    (session,) = open_door(world.people["Dana"]).get(f"/api/ops/chargers/{charger.id}").json()["sessions"]
    seen = see(world.people["Dana"], session["photo"])
    assert (seen.content, seen["Content-Type"]) == (PNG, "image/png")
    # A browser takes it for nothing else.
    assert seen["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        ("no base64!", "no_picture"),
        (write(b"hello"), "no_picture"),
        (write(b"<svg onload='alert(1)'/>"), "no_picture"),
        (write(PNG + bytes(LARGEST_BYTES)), "picture_too_large"),
        ("x" * 700_000, "invalid"),
    ],
    ids=["no base64", "text", "a picture that is a program", "too large", "longer than any"],
)
def test_what_is_no_picture_is_refused_and_the_stop_goes_on(world, stop, photo, code):
    answer = finish(world.people["Cora"], stop, photo)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert "photo" in str(answer.json())
    stop.refresh_from_db()
    assert (stop.state, Attachment.objects.count()) == ("working", 0)


def test_a_body_that_is_far_too_large_is_not_even_read(world, stop):
    answer = finish(world.people["Cora"], stop, "x" * 3_000_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_another_units_crew_sends_no_picture_of_this_stop(world, stop):
    (other,) = (unit for unit in world.units.values() if unit.id != stop.unit_id)
    world.give_shift(other, "Cora")
    assert finish(world.people["Cora"], stop, write(PNG)).status_code == 404
    assert not Attachment.objects.exists()


def test_a_picture_is_for_the_operators_own_dispatchers(world, stop):
    finish(world.people["Cora"], stop, write(PNG))
    photo = str(Attachment.objects.get().id)
    stranger = make_person("Sam", Operator.objects.create(name="Elsewhere Power"), Role.DISPATCHER)
    for who in (stranger, world.people["Alice"], world.people["Cora"]):
        assert see(who, photo).status_code in (403, 404)
    assert see(world.people["Dana"], str(stop.id)).status_code == 404

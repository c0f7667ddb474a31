"""The picture of a meter: from the crew's hands to the dispatcher's eyes, and nobody else's."""

from io import BytesIO

import pytest
from PIL import Image

from accounts.models import Operator, Person
from accounts.roles import Role
from dispatch.models import Attachment, Stop
from dispatch.services.pictures import LARGEST_BYTES
from tests.cast import make_person, open_door
from tests.dispatch.crew import Crew
from tests.pictures import draw, draw_wall, write
from tests.small_world import SmallWorld, build_world

PNG = draw("PNG")


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
def test_a_picture_of_the_meter_is_seen_by_the_dispatcher_as_it_was_drawn(world, stop, before):
    assert finish(world.people["Cora"], stop, before + write(PNG)).status_code == 200
    charger = stop.unit.charger
    (session,) = open_door(world.people["Dana"]).get(f"/api/ops/chargers/{charger.id}").json()["sessions"]
    seen = see(world.people["Dana"], session["photo"])
    assert seen["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(seen.content)).size == (64, 40)
    # A browser takes it for nothing else.
    assert seen["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        ("no base64!", "no_picture"),
        (write(b"hello"), "no_picture"),
        (write(b"<svg onload='alert(1)'/>"), "no_picture"),
        (write(PNG[:-30]), "no_picture"),
        (write(draw_wall(4001)), "picture_too_large"),
        (write(PNG + bytes(LARGEST_BYTES - len(PNG) + 1)), "picture_too_large"),
        ("x" * 700_000, "invalid"),
    ],
    ids=[
        "no base64",
        "text",
        "a program",
        "half of one",
        "a wall",
        "too large",
        "longer than any",
    ],
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

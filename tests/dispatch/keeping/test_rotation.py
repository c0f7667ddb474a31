"""Keys are changed while the house runs: nothing is lost, and a run that was killed is begun again."""

import base64
from itertools import islice

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import IntegrityError

from dispatch.models import Attachment, ChargeRequest, Message, Vehicle
from dispatch.services.keeping import rotation
from dispatch.services.keeping.rotation import count_by_key, list_columns, rotate
from tests.pictures import draw

OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"a", b"b"))
NAMES = {
    "dispatch_attachment.content",
    "dispatch_chargerequest.place_text",
    "dispatch_idempotencykey.body",
    "dispatch_message.text",
    "dispatch_quote.place_text",
    "dispatch_vehicle.plate",
}


@pytest.fixture
def old_ring(settings):
    settings.FIELD_KEYS = f"k1:{OLD}"
    return settings


@pytest.fixture
def plates(old_ring, world):
    """The plates of Alice's and Bob's cars, sealed by the old key; from here on another one seals."""
    old_ring.FIELD_KEYS = f"k2:{NEW},k1:{OLD}"
    return next(column for column in list_columns() if column.name == "dispatch_vehicle.plate")


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


def test_these_are_sealed():
    assert {column.name for column in list_columns()} >= NAMES


def test_the_database_does_not_tell_plates_and_places(old_ring, world):
    world.accept("Alice", place_text="level -2, bay 14, code 4711")
    for table, column in (("dispatch_vehicle", "plate"), ("dispatch_chargerequest", "place_text")):
        assert all(value.startswith("sealed:k1:") for value in stored(table, column))
    assert ChargeRequest.objects.get().place_text == "level -2, bay 14, code 4711"
    assert Vehicle.objects.values_list("plate", flat=True).get(name="Alice's car") == "MC ALICE"


def test_everything_is_sealed_anew_by_the_first_key(plates):
    assert count_by_key(plates) == {"k1": 2}
    assert sum(rotate(plates)) == 2
    assert count_by_key(plates) == {"k2": 2}
    assert sorted(Vehicle.objects.values_list("plate", flat=True)) == ["MC ALICE", "MC BOB"]
    assert sum(rotate(plates)) == 0


def test_what_is_from_before_is_sealed(plates):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dispatch_vehicle SET plate = 'MC 7' WHERE name = %s", ["Bob's car"])
    assert count_by_key(plates) == {"k1": 1, "plain": 1}
    assert sum(rotate(plates)) == 2
    assert sorted(Vehicle.objects.values_list("plate", flat=True)) == ["MC 7", "MC ALICE"]


def test_a_run_that_was_killed_is_begun_again(plates, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    assert sum(islice(rotate(plates), 1)) == 1
    assert count_by_key(plates) == {"k1": 1, "k2": 1}
    assert sum(rotate(plates)) == 1
    assert count_by_key(plates) == {"k2": 2}


def test_a_change_in_between_is_not_lost(plates, monkeypatch):
    read = rotation._read

    def read_and_be_overtaken(column, after):
        rows = read(column, after)
        Vehicle.objects.filter(name="Bob's car").update(plate="MC NEW")
        return rows

    monkeypatch.setattr(rotation, "_read", read_and_be_overtaken)
    assert sum(rotate(plates)) == 1
    assert sorted(Vehicle.objects.values_list("plate", flat=True)) == ["MC ALICE", "MC NEW"]
    assert count_by_key(plates) == {"k2": 2}


def test_a_picture_changes_its_wrapping_and_nothing_else(old_ring, world):
    world.accept("Alice")
    stop = world.stop_of(ChargeRequest.objects.get())
    picture = draw("JPEG")
    kept = Attachment.objects.create(
        operator=world.operator, stop=stop, kind="meter", media_type="image/jpeg", content=picture,
        at=world.now, by="system",
    )  # fmt: skip
    old_ring.FIELD_KEYS = f"k2:{NEW},k1:{OLD}"
    pictures = next(column for column in list_columns() if column.is_binary)
    assert count_by_key(pictures) == {"k1": 1}
    assert sum(rotate(pictures)) == 1
    assert count_by_key(pictures) == {"k2": 1}
    assert bytes(Attachment.objects.get().content) == picture
    with pytest.raises(IntegrityError, match="not changed afterwards"):
        Attachment.objects.filter(id=kept.id).update(media_type="image/png")


def test_the_command_tells_counts_and_nothing_of_a_person(plates, world, capsys):
    Message.objects.create(
        operator=world.operator, unit=world.units["Azur"], kind="blocked", text="Mr. X blocks it",
        at=world.now, by="system",
    )  # fmt: skip
    call_command("rotate_keys")
    told = capsys.readouterr().out
    assert "dispatch_vehicle.plate: 2 sealed anew; now k2 2" in told
    assert "keys in use: k2" in told
    assert "MC " not in told
    assert "Mr." not in told

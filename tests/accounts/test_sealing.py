"""Single values are sealed: what lies in the database is no use without the ring of keys."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.sealing import (
    CannotOpen,
    current_ring,
    open_bytes,
    open_text,
    read_ring,
    seal_bytes,
    seal_text,
    write_ring,
)
from dispatch.services.keeping.key_file import add_key

COLUMN = "dispatch_vehicle.plate"
ONE, OTHER = (base64.b64encode(letter * 32).decode() for letter in (b"a", b"b"))


@pytest.fixture
def ring(settings):
    settings.FIELD_KEYS = f"k1:{ONE}"
    return settings


def test_what_is_sealed_opens_and_does_not_show(ring):
    sealed = seal_text("MC ÀLICE", COLUMN)
    assert sealed.startswith("sealed:k1:")
    assert "LICE" not in sealed
    assert open_text(sealed, COLUMN) == "MC ÀLICE"


def test_the_same_value_never_looks_the_same(ring):
    assert seal_text("MC 1", COLUMN) != seal_text("MC 1", COLUMN)


def test_nothing_stays_nothing_and_what_is_from_before_opens_as_it_is(ring):
    assert seal_text("", COLUMN) == ""
    assert open_text("MC 1", COLUMN) == "MC 1"
    assert open_bytes(b"\xff\xd8 a picture", COLUMN) == b"\xff\xd8 a picture"


def test_a_picture_is_sealed_as_bytes(ring):
    sealed = seal_bytes(b"\xff\xd8\x00 a picture", COLUMN)
    assert b"picture" not in sealed
    assert open_bytes(sealed, COLUMN) == b"\xff\xd8\x00 a picture"


def test_a_value_does_not_open_in_another_column(ring):
    with pytest.raises(CannotOpen, match="another column"):
        open_text(seal_text("MC 1", COLUMN), "dispatch_quote.place_text")


def test_a_value_that_was_changed_does_not_open(ring):
    sealed = seal_text("MC 1", COLUMN)
    with pytest.raises(CannotOpen, match="was changed"):
        open_text(sealed[:-8] + "AAAAAAA=", COLUMN)


def test_a_new_first_key_seals_and_the_old_one_still_opens(ring):
    old = seal_text("MC 1", COLUMN)
    ring.FIELD_KEYS = f"k2:{OTHER},k1:{ONE}"
    assert open_text(old, COLUMN) == "MC 1"
    assert seal_text("MC 1", COLUMN).startswith("sealed:k2:")


def test_without_its_key_a_value_is_lost_and_the_error_does_not_tell_it(ring):
    sealed = seal_text("MC 1", COLUMN)
    ring.FIELD_KEYS = f"k2:{OTHER}"
    with pytest.raises(CannotOpen, match="k1") as told:
        open_text(sealed, COLUMN)
    assert sealed not in str(told.value)


def test_a_ring_in_a_file_is_read_anew_when_a_key_was_put_before_the_others(settings, tmp_path):
    settings.FIELD_KEYS = ""
    settings.FIELD_KEYS_FILE = str(tmp_path / "field_keys")
    (tmp_path / "field_keys").write_text(f"k1:{ONE}\n")
    old = seal_text("MC 1", COLUMN)
    assert add_key(tmp_path / "field_keys") == "k2"
    assert seal_text("MC 1", COLUMN).startswith("sealed:k2:")
    assert open_text(old, COLUMN) == "MC 1"
    assert read_ring(write_ring(current_ring())) == current_ring()
    assert [path.name for path in tmp_path.iterdir()] == ["field_keys"]


@pytest.mark.parametrize("text", ["", "k1", "k1:short", f"k1:{ONE},k1:{OTHER}", f"a/b:{ONE}"])
def test_a_ring_that_is_none_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        read_ring(text)


@pytest.mark.parametrize("named", ["", "nowhere"])
def test_without_any_ring_it_says_what_is_wanted(settings, tmp_path, named):
    settings.FIELD_KEYS, settings.FIELD_KEYS_FILE = "", named and str(tmp_path / named)
    with pytest.raises(ImproperlyConfigured, match="must name the keys"):
        seal_text("MC ALICE", COLUMN)

"""A country is not a city: what is too large is said before anything is begun."""

import shutil
from typing import NamedTuple

import pytest

from dispatch.city import size
from dispatch.city.build import build_city
from dispatch.city.errors import CityError


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def country(tmp_path):
    """A file that claims to be large and takes no room."""
    path = tmp_path / "country.osm.pbf"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    return path


def test_a_country_is_refused_and_the_sentence_says_what_to_do(country, tmp_path):
    with pytest.raises(CityError, match=r"2,000 MB, and up to 300 MB .* EXTRACT_MAX_MB\.$"):
        build_city(country, tmp_path / "city", print)
    assert not (tmp_path / "city").exists()


def test_a_disk_without_room_is_said_before_anything_is_begun(tmp_path, monkeypatch):
    extract = tmp_path / "town.osm.pbf"
    extract.write_bytes(b"x" * 1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**7, 10**7))
    with pytest.raises(CityError, match="The disk is full: 260 MB are needed and 10 MB are free"):
        size.check_disk(extract, tmp_path / "city" / "town")

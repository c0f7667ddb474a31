"""A pin is named after the street beside it."""

import json

import pytest

from dispatch.selectors import place_names


@pytest.fixture
def mill_street(settings, tmp_path):
    """A city of one street, drawn by three points."""
    folder = tmp_path / "city" / "toytown"
    folder.mkdir(parents=True)
    points = [[43.7400, 7.4200], [43.7405, 7.4200], [43.7410, 7.4200]]
    (folder / "places.json").write_text(json.dumps({"streets": [{"name": "Mill Street", "points": points}]}))
    settings.VAR_DIR, settings.CITY = tmp_path, "toytown"
    place_names._streets.cache_clear()
    yield
    place_names._streets.cache_clear()


@pytest.mark.usefixtures("mill_street")
def test_a_pin_beside_a_street_takes_its_name():
    assert place_names.name_place(43.7403, 7.4203) == "Mill Street"


@pytest.mark.usefixtures("mill_street")
def test_a_pin_far_from_every_street_stays_a_coordinate():
    assert place_names.name_place(43.7450, 7.4203) == "43.74500, 7.42030"


def test_without_a_city_a_pin_stays_a_coordinate(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    place_names._streets.cache_clear()
    assert place_names.name_place(43.74, 7.42) == "43.74000, 7.42000"
    place_names._streets.cache_clear()

import json

import pytest

from dispatch.city.places import Places
from dispatch.city.sweep import Shape, Thing


@pytest.fixture(scope="module")
def places(monaco) -> dict:
    return json.loads((monaco.folder / "places.json").read_text(encoding="utf-8"))


def taken(*things: Thing) -> dict:
    places = Places()
    for thing in things:
        places.take(thing)
    return places.to_json()


def car_park(**tags: str) -> Thing:
    point = '{"type":"Point","coordinates":[7.42,43.73]}'
    return Thing("n1", Shape.POINT, {"amenity": "parking", **tags}, point)


def test_monaco_s_car_parks_come_with_what_is_known_of_them(places):
    named = {site["name"]: site for site in places["sites"] if "name" in site}
    quay = named["Parking du Quai Antoine 1er"]
    assert quay["max_height_m"] == 1.9
    assert quay["capacity"] == 100
    assert quay["covered"] is True
    assert len(named) > 30


def test_a_street_has_positions_along_its_whole_length(places):
    streets = {street["name"]: street["points"] for street in places["streets"]}
    assert len(streets["Boulevard des Moulins"]) > 5
    assert all(43.7 < lat < 43.8 and 7.3 < lon < 7.5 for lat, lon in streets["Boulevard des Moulins"])


def test_points_of_interest_and_districts_have_names(places):
    assert any(poi["kind"] == "hospital" for poi in places["pois"])
    assert "Monte-Carlo" in {district["name"] for district in places["districts"]}


def test_the_file_says_whose_data_it_is(places):
    assert "OpenStreetMap" in places["attribution"]


@pytest.mark.parametrize(
    ("text", "metres"),
    [("2.1", 2.1), ("1,9 m", 1.9), ("2m", 2.0), ("default", None), ("6'7\"", 2.007), ("13 ft", 3.962)],
)
def test_a_height_is_read_in_metres_and_in_feet(text, metres):
    assert taken(car_park(maxheight=text))["sites"][0].get("max_height_m") == metres


def test_a_car_park_above_ground_is_not_covered():
    assert taken(car_park(parking="surface"))["sites"][0]["covered"] is False


def test_equal_things_in_another_order_give_equal_files():
    one = Thing("n1", Shape.POINT, {"amenity": "cafe", "name": "A"}, '{"type":"Point","coordinates":[7,43]}')
    two = Thing("n2", Shape.POINT, {"amenity": "cafe", "name": "B"}, '{"type":"Point","coordinates":[7,43]}')
    assert taken(one, two) == taken(two, one)

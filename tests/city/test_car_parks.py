"""Car parks of a tiny town: where one drives in, what fits, when they are open."""

import pytest

from dispatch.city.measures import read_hours, read_kilograms
from dispatch.city.places import Places
from dispatch.city.sweep import sweep
from tests.city.tiny import Town, spot

ALL_WEEK = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture
def sites(tmp_path):
    """Read the car parks of a town, by name."""

    def sites(town: Town) -> dict:
        places = Places()
        for thing in sweep(town.write(tmp_path / "town.osm")):
            places.take(thing)
        return {site["name"]: site for site in places.to_json()["sites"]}

    return sites


def street(town: Town, **tags: str) -> None:
    town.way((0, 0), (10, 0), highway="residential", name="Low Street", **tags)


def is_at(entrance, east, north):
    return (entrance["lat"], entrance["lon"]) == pytest.approx(spot(east, north), abs=2e-6)


def test_an_entrance_that_is_mapped_counts(sites):
    town = Town()
    street(town)
    town.block(4, 0.2, 5, 1, amenity="parking", parking="underground", name="Garage")
    town.node(4.2, 0.1, amenity="parking_entrance", name="Garage", maxheight="1.9")
    garage = sites(town)["Garage"]
    (entrance,) = garage["entrances"]
    assert entrance["by"] == "mapped"
    assert is_at(entrance, 4.2, 0.1)
    assert garage["max_height_m"] == 1.9


def test_the_entrance_of_another_car_park_is_not_this_ones(sites):
    town = Town()
    street(town)
    town.block(4, 0.2, 5, 1, amenity="parking", name="Garage")
    town.node(5.1, 0.2, amenity="parking_entrance", name="Next Door")
    assert [entrance["by"] for entrance in sites(town)["Garage"]["entrances"]] == ["road"]


def test_a_road_that_leads_in_shows_the_way_in(sites):
    town = Town()
    street(town)
    town.block(4, 0.2, 5, 1, amenity="parking", name="Garage")
    town.way((4.5, 0), (4.5, 0.6), highway="service")
    (entrance,) = sites(town)["Garage"]["entrances"]
    assert is_at(entrance, 4.5, 0.2)


def test_without_either_it_is_where_the_nearest_street_passes(sites):
    town = Town()
    street(town)
    town.node(7, 0.3, amenity="parking", name="Pin")
    (entrance,) = sites(town)["Pin"]["entrances"]
    assert entrance["by"] == "road"
    assert is_at(entrance, 7, 0)


@pytest.mark.parametrize("tags", [{"access": "private"}, {"tunnel": "yes"}])
def test_nobody_drives_in_from_a_private_road_or_out_of_a_tunnel(sites, tags):
    town = Town()
    street(town, **tags)
    town.node(7, 0.3, amenity="parking", name="Pin")
    assert sites(town)["Pin"]["entrances"] == []


def test_a_car_park_far_from_every_street_has_no_way_in(sites):
    town = Town()
    street(town)
    town.node(7, 5, amenity="parking", name="Island")
    assert sites(town)["Island"]["entrances"] == []


def test_what_is_known_of_a_garage_is_kept(sites):
    town = Town()
    tags = {"parking": "multi-storey", "maxheight": "2.1", "maxweight": "2.5", "building__levels": "4"}
    town.node(1, 1, amenity="parking", name="Tower", opening_hours="06:00-23:00", **tags)
    tower = sites(town)["Tower"]
    assert (tower["covered"], tower["max_height_m"], tower["max_weight_kg"]) == (True, 2.1, 2500)
    assert tower["levels"] == 4
    assert tower["hours"] == [{"days": ALL_WEEK, "from": "06:00", "to": "23:00"}]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("06:30-22:00", [(ALL_WEEK, "06:30", "22:00")]),
        ("Mo-Fr 07:00-19:00; Sa 08:00-12:00", [([0, 1, 2, 3, 4], "07:00", "19:00"), ([5], "08:00", "12:00")]),
        ("Sa,Su 9:00-24:00", [([5, 6], "09:00", "00:00")]),
        ("Fr-Mo 20:00-02:00", [([0, 4, 5, 6], "20:00", "02:00")]),
        ("24/7", None),
        ("", None),
        (None, None),
        ("sunrise-sunset", None),
        ("Mo-Fr 07:00-19:00; PH off", None),
        ("Xx 07:00-19:00", None),
    ],
)
def test_opening_hours_are_read_or_left_alone(text, spans):
    expected = spans and [{"days": days, "from": opens, "to": closes} for days, opens, closes in spans]
    assert read_hours(text) == expected


@pytest.mark.parametrize(("text", "kg"), [("3.5", 3500), ("2,5 t", 2500), ("none", None), ("7500 lbs", None)])
def test_a_weight_is_read_in_tonnes(text, kg):
    assert read_kilograms(text) == kg

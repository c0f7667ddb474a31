import pytest

from dispatch.city.layers import look_of_area, look_of_line, look_of_point


def test_a_road_keeps_its_class_and_what_it_stands_on():
    look = look_of_line(
        {"highway": "primary", "name": "Boulevard", "tunnel": "yes", "layer": "-1", "oneway": "yes"}
    )
    assert look.layer == "roads"
    assert look.fields == {
        "kind": "primary",
        "name": "Boulevard",
        "tunnel": True,
        "layer": -1,
        "oneway": True,
    }


@pytest.mark.parametrize(
    ("highway", "kind", "link"),
    [("motorway_link", "motorway", True), ("trunk", "motorway", None), ("steps", "steps", None)],
)
def test_links_and_trunks_look_like_their_class(highway, kind, link):
    fields = look_of_line({"highway": highway}).fields
    assert (fields["kind"], fields.get("link")) == (kind, link)


def test_a_no_is_left_out():
    assert look_of_line({"highway": "service", "bridge": "no", "oneway": "no", "layer": "0"}).fields == {
        "kind": "service"
    }


def test_what_is_planned_or_gone_is_not_drawn():
    assert look_of_line({"highway": "construction"}) is None
    assert look_of_line({"railway": "disused"}) is None
    assert look_of_area({"building": "no"}) is None


def test_a_car_park_house_is_a_building():
    assert look_of_area({"building": "yes", "amenity": "parking", "building:levels": "5"}).fields == {
        "levels": 5
    }
    assert look_of_area({"amenity": "parking", "name": "Place"}).layer == "parking"


def test_a_square_is_no_road_line():
    assert look_of_line({"highway": "pedestrian", "area": "yes"}) is None


def test_only_named_settlements_are_written_on_the_map():
    assert look_of_point({"place": "suburb", "name": "Larvotto"}).layer == "places"
    assert look_of_point({"place": "suburb"}) is None
    assert look_of_point({"place": "locality", "name": "A field"}) is None


def test_borders_are_drawn_down_to_the_commune():
    border = {"boundary": "administrative", "admin_level": "2"}
    assert look_of_line(border).fields == {"level": 2}
    assert look_of_line({**border, "admin_level": "10"}) is None
    assert look_of_line({**border, "maritime": "yes"}) is None

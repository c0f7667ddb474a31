"""What can be searched for: each thing once, with what tells it from its namesakes."""

from dispatch.city.gazetteer import list_rows

NOTHING: dict = {"sites": [], "streets": [], "addresses": [], "pois": [], "chargers": [], "districts": []}
HARBOUR = {"name": "Harbour", "kind": "suburb", "lat": 43.735, "lon": 7.421, "id": "n1"}
HILL = {"name": "Hill", "kind": "suburb", "lat": 43.760, "lon": 7.460, "id": "n2"}


def rows(**places):
    return [
        (row.kind, row.name, row.detail) for row in list_rows({**NOTHING, **places}) if row.kind != "district"
    ]


def test_namesakes_in_two_quarters_are_two_streets():
    points = [[43.735, 7.421], [43.7355, 7.4215], [43.760, 7.460]]
    streets = [{"name": "Main Street", "points": points}]
    assert rows(streets=streets, districts=[HARBOUR, HILL]) == [
        ("street", "Main Street", "Harbour"),
        ("street", "Main Street", "Hill"),
    ]


def test_a_thing_mapped_as_point_and_as_area_is_one():
    cafe = {"name": "Café", "kind": "cafe", "lat": 43.735, "lon": 7.421}
    assert rows(pois=[{**cafe, "id": "n1"}, {**cafe, "id": "w1"}], districts=[HARBOUR]) == [
        ("poi", "Café", "Harbour")
    ]


def test_a_place_is_told_by_its_street_and_quarter():
    streets = [{"name": "Quay", "points": [[43.7351, 7.4211]]}]
    cafe = {"name": "Café", "kind": "cafe", "lat": 43.735, "lon": 7.421, "id": "n1"}
    assert ("poi", "Café", "Quay, Harbour") in rows(pois=[cafe], streets=streets, districts=[HARBOUR])


def test_a_charger_without_a_name_can_be_found_and_a_car_park_without_one_cannot():
    at = {"lat": 43.735, "lon": 7.421}
    found = rows(chargers=[{"id": "n1", **at}], sites=[{"id": "n2", **at}])
    assert found == [("charger", "EV charging", "")]


def test_an_address_is_number_and_street():
    address = {"number": "12", "street": "Quay", "lat": 43.735, "lon": 7.421, "id": "n1"}
    assert rows(addresses=[address], districts=[HARBOUR]) == [("address", "12 Quay", "Harbour")]

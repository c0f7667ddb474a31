"""A driver's cars: added from the catalogue, changed, removed; nobody else's are there."""

from uuid import uuid4

import pytest

from dispatch.models import Quote, Vehicle, VehicleModel
from dispatch.services.catalogue import BUILT_IN, load_catalogue, read_catalogue
from tests.cast import Door, open_door
from tests.small_world import SmallWorld, build_world

CARS = "/api/driver/vehicles"


@pytest.fixture
def catalogue(db) -> dict[str, VehicleModel]:
    load_catalogue(read_catalogue(BUILT_IN))
    return {row.slug: row for row in VehicleModel.objects.all()}


@pytest.fixture
def alice_door(alice) -> Door:
    return open_door(alice)


def add(door, catalogue, slug="nissan-leaf-40", **words):
    return door.post(CARS, {"model": str(catalogue[slug].id), **words})


def test_a_car_is_added_by_make_and_model(alice_door, catalogue):
    answer = add(alice_door, catalogue, name="My Leaf", plate="AB-123-CD", soc_hint=0.4)
    car = answer.json()
    assert answer.status_code == 201
    assert (car["name"], car["plate"], car["model"]) == ("My Leaf", "AB-123-CD", "Nissan Leaf 40 kWh")
    assert (car["usable_kwh"], car["max_dc_kw"], car["max_ac_kw"]) == (38, 45, 6.6)
    assert (car["connectors"], car["inlet"]) == (["chademo", "type2"], "front")
    assert alice_door.get(CARS).json() == {"results": [car], "next": None}
    assert alice_door.get(f"{CARS}/{car['id']}").json() == car


def test_a_car_without_words_bears_its_models_name(alice_door, catalogue):
    car = add(alice_door, catalogue).json()
    assert (car["name"], car["plate"], car["soc_hint"]) == ("Nissan Leaf", "", 0.3)


def test_a_car_added_this_way_gets_offers(catalogue):
    world = build_world()
    door = open_door(world.people["Alice"])
    car = add(door, catalogue, "renault-zoe-r135-ze50").json()
    place = {"lat": 43.7396, "lon": 7.4275}
    wish = {"vehicle": car["id"], "location": place, "energy_kwh": 15, "soc": 0.3}
    assert door.post("/api/driver/quotes", wish).json()["offers"]


def test_name_plate_and_hint_change_alone(alice_door, catalogue):
    car = add(alice_door, catalogue, name="Old", plate="OLD-1").json()
    changed = alice_door.patch(f"{CARS}/{car['id']}", {"name": "New"}).json()
    assert changed == {**car, "name": "New"}


def test_another_model_brings_its_own_battery(alice_door, catalogue):
    car = add(alice_door, catalogue, name="Mine").json()
    wish = {"model": str(catalogue["kia-ev6-lr"].id)}
    changed = alice_door.patch(f"{CARS}/{car['id']}", wish).json()
    assert (changed["name"], changed["usable_kwh"], changed["voltage_v"]) == ("Mine", 77.4, 800)
    assert Vehicle.objects.get().curve == []


def test_a_removed_car_is_gone_and_its_past_stays(catalogue):
    world = build_world()
    quote, door = world.quote("Alice"), open_door(world.people["Alice"])
    address = f"{CARS}/{world.cars['Alice'].id}"
    assert door.delete(address).status_code == 204
    assert door.get(CARS).json()["results"] == []
    assert [door.get(address).status_code, door.delete(address).status_code] == [404, 404]
    assert Quote.objects.get(id=quote.id).vehicle_id == world.cars["Alice"].id


def test_a_removed_car_is_charged_no_more(catalogue):
    world = build_world()
    door = open_door(world.people["Alice"])
    door.delete(f"{CARS}/{world.cars['Alice'].id}")
    wish = {"vehicle": str(world.cars["Alice"].id), "location": {"lat": 43.7396, "lon": 7.4275}}
    answer = door.post("/api/driver/quotes", {**wish, "energy_kwh": 15, "soc": 0.3})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_vehicle")


@pytest.mark.parametrize("change", ["remove", "another model"])
def test_a_car_that_is_being_served_stays_as_it_is(catalogue, change):
    world: SmallWorld = build_world()
    world.accept("Alice")
    door, address = open_door(world.people["Alice"]), f"{CARS}/{world.cars['Alice'].id}"
    model = {"model": str(catalogue["kia-ev6-lr"].id)}
    answer = door.delete(address) if change == "remove" else door.patch(address, model)
    assert (answer.status_code, answer.json()["code"]) == (409, "vehicle_in_use")
    assert door.patch(address, {"name": "Still mine"}).status_code == 200


def test_another_drivers_car_is_not_there(alice_door, bob, catalogue):
    car = add(alice_door, catalogue, name="Hers").json()
    door, address = open_door(bob), f"{CARS}/{car['id']}"
    assert door.get(address).status_code == 404
    assert door.patch(address, {"name": "His"}).status_code == 404
    assert door.delete(address).status_code == 404
    assert Vehicle.objects.get().name == "Hers"
    assert Vehicle.objects.get().removed_at is None


def test_a_guest_has_no_cars(guest_door):
    assert guest_door.get(CARS).status_code == 401
    assert guest_door.get("/api/driver/catalogue").status_code == 401


def test_the_same_key_adds_one_car(alice_door, catalogue):
    words = {"model": str(catalogue["kia-ev6-lr"].id)}
    answers = [alice_door.post(CARS, words, HTTP_IDEMPOTENCY_KEY="once") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Vehicle.objects.count() == 1


def test_twenty_cars_are_enough(alice_door, catalogue, monkeypatch):
    monkeypatch.setattr("dispatch.services.cars.MOST_CARS", 1)
    add(alice_door, catalogue)
    answer = add(alice_door, catalogue)
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_vehicles")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ({}, "model"),
        ({"model": "a Leaf"}, "model"),
        ({"model": str(uuid4())}, "model"),
        ({"name": "x" * 41}, "name"),
        ({"name": ""}, "name"),
        ({"plate": "x" * 17}, "plate"),
        ({"plate": "A\0B"}, "plate"),
        ({"soc_hint": 1.1}, "soc_hint"),
        ({"soc_hint": "nan"}, "soc_hint"),
    ],
)
def test_a_car_that_cannot_be_is_refused_and_nothing_is_kept(alice_door, catalogue, words, path):
    whole = words if "model" in words or not words else {"model": str(catalogue["kia-ev6-lr"].id), **words}
    answer = alice_door.post(CARS, whole)
    assert answer.status_code == 400
    assert path in (answer.json().get("path"), *(error["path"] for error in answer.json().get("errors", [])))
    assert not Vehicle.objects.exists()


def test_the_catalogue_is_searched_by_any_words(alice_door, catalogue):
    def names(query):
        return [row["name"] for row in alice_door.get("/api/driver/catalogue", query).json()["results"]]

    assert names({"q": "zoe r135"}) == ["Renault Zoe R135 ZE50"]
    assert names({"q": "LEAF"}) == ["Nissan Leaf 40 kWh"]
    assert names({"q": "škoda"}) == names({"make": "Škoda"}) != []
    assert names({"q": "steam engine"}) == []
    assert len(names({})) == len(catalogue)


def test_the_catalogue_comes_in_pages_and_names_all_makes(alice_door, catalogue, monkeypatch):
    monkeypatch.setattr("dispatch.api.cars.PAGE", 10)
    seen, address = [], "/api/driver/catalogue?q=e"
    while address:
        page = alice_door.get(address).json()
        seen += [row["slug"] for row in page["results"]]
        address = page["next"]
    assert seen == sorted(set(seen))
    assert len(seen) > 20
    assert {"Renault", "Tesla", "Volkswagen"} <= set(page["makes"])


def test_every_model_says_whose_data_it_is_and_what_was_assumed(alice_door, catalogue):
    for row in alice_door.get("/api/driver/catalogue").json()["results"]:
        assert row["source"]
        assert row["has_curve"] == ("curve" not in row["assumed"])
        assert "inlet" in row["assumed"]

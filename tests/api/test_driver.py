"""What drivers ask and get, shape by shape."""

import pytest

from dispatch import clock
from dispatch.models import ChargeRequest, Quote
from dispatch.services.tracking import Fix, record_fixes
from tests.cast import Door, open_door
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, SmallWorld, add_driver, build_world

OFFER = {
    "id", "kind", "arrival_p50", "arrival_p90", "ready_p90", "energy_kwh", "soc_after", "price", "expires_at",
}  # fmt: skip
REQUEST = {
    "id", "status", "version", "vehicle", "location", "site", "energy_kwh", "soc_after", "promise", "eta",
    "unit", "session", "price", "created_at", "window", "urgency", "stage_at", "place_text",
}  # fmt: skip
PROMISE = {"arrival_p50", "arrival_p90", "ready_p90", "version"}
ETA = {"arrival_p10", "arrival_p50", "arrival_p90", "ready_p50", "ready_p90", "at"}
LINE = {"code", "text", "net_minor", "tax_rate", "tax_minor", "gross_minor"}


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@pytest.fixture
def alice(world) -> Door:
    return open_door(world.people["Alice"])


def ask(world, door, **change):
    place = {"lat": CASINO[0], "lon": CASINO[1]}
    wish = {"vehicle": str(world.cars["Alice"].id), "location": place, "energy_kwh": 15, "soc": 0.3}
    return door.post("/api/driver/quotes", {**wish, **change})


def test_a_wish_gets_offers_with_prices_that_add_up(world, alice):
    answer = ask(world, alice)
    quote = answer.json()
    assert answer.status_code == 201
    assert 1 <= len(quote["offers"]) <= 3
    for offer in quote["offers"]:
        assert offer.keys() >= OFFER
        price = offer["price"]
        assert all(line.keys() == LINE for line in price["lines"])
        assert price["total_minor"] == sum(line["gross_minor"] for line in price["lines"])
        assert price["currency"] == "EUR"
        assert offer["arrival_p50"] < offer["arrival_p90"] <= offer["ready_p90"]
    assert quote["offers"][0]["kind"] == "asap"


def test_a_target_is_met_at_the_battery_and_billed_at_the_meter(world, alice):
    offer = ask(world, alice, energy_kwh=None, target_soc=0.5).json()["offers"][0]
    assert offer["soc_after"] == pytest.approx(0.5, abs=0.001)
    assert offer["energy_kwh"] == pytest.approx(60 * 0.2 / 0.95, abs=0.001)


def test_a_wish_nobody_can_meet_gets_every_units_reason(world, alice):
    world.cars["Alice"].connectors = ["chademo"]
    world.cars["Alice"].save()
    quote = ask(world, alice).json()
    assert quote["offers"] == []
    assert quote["refusal"]["code"] == "connector_mismatch"
    assert {item["unit"]["name"] for item in quote["refusal"]["per_unit"]} == set(world.units)
    assert {item["code"] for item in quote["refusal"]["per_unit"]} == {"connector_mismatch"}


def test_an_accepted_offer_is_a_request_with_a_promise(world, alice):
    offer = ask(world, alice).json()["offers"][0]
    answer = alice.post("/api/driver/requests", {"offer": offer["id"]})
    request = answer.json()
    assert answer.status_code == 201
    assert request.keys() >= REQUEST
    assert request["promise"].keys() >= PROMISE
    assert request["eta"].keys() == ETA
    assert (request["status"], request["unit"], request["session"]) == ("booked", None, None)
    assert request["promise"]["arrival_p90"] == offer["arrival_p90"]
    assert alice.get(f"/api/driver/requests/{request['id']}").json() == request


def test_a_lost_offer_comes_with_fresh_ones_that_stay(world, alice):
    offer = ask(world, alice).json()["offers"][0]
    world.wait(hours=1)
    world.plan()
    quotes = Quote.objects.count()
    answer = alice.post("/api/driver/requests", {"offer": offer["id"]})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "offer_lost")
    assert not ChargeRequest.objects.exists()
    assert Quote.objects.count() == quotes + 1
    fresh = problem["quote"]["offers"][0]
    assert alice.post("/api/driver/requests", {"offer": fresh["id"]}).status_code == 201


def test_a_lost_offer_nobody_can_replace_says_why(world, alice):
    offer = ask(world, alice).json()["offers"][0]
    for unit in world.units.values():
        unit.in_service = False
        unit.save()
    world.plan()
    problem = alice.post("/api/driver/requests", {"offer": offer["id"]}).json()
    assert problem["code"] == "offer_lost"
    assert problem["quote"]["offers"] == []
    assert problem["quote"]["refusal"]["code"]


def test_requests_come_in_pages_the_newest_first(world, alice, monkeypatch):
    monkeypatch.setattr("dispatch.api.driver.PAGE", 2)
    made = []
    for _ in range(5):
        made.insert(0, str(world.accept("Alice").id))
        alice.post(f"/api/driver/requests/{made[0]}/cancel", {})
        world.wait(seconds=1)
    seen, address = [], "/api/driver/requests"
    while address:
        page = alice.get(address).json()
        assert page.keys() == {"results", "next"}
        assert len(page["results"]) <= 2
        seen += [request["id"] for request in page["results"]]
        address = page["next"]
    assert seen == made


def test_requests_of_the_same_instant_are_neither_lost_nor_repeated(world, alice, monkeypatch):
    monkeypatch.setattr("dispatch.api.driver.PAGE", 1)
    made = set()
    for _ in range(3):
        made.add(str(world.accept("Alice").id))
        ChargeRequest.objects.update(status="cancelled")
    seen, address = [], "/api/driver/requests"
    while address:
        page = alice.get(address).json()
        seen += [request["id"] for request in page["results"]]
        address = page["next"]
    assert len(seen) == 3
    assert set(seen) == made


def test_a_list_shows_nobody_elses_requests(world):
    world.accept("Alice")
    for name in ("Bob", "Dana"):
        page = open_door(world.people[name]).get("/api/driver/requests").json()
        assert page == {"results": [], "next": None}


def test_where_the_unit_is_shows_only_while_it_comes(world, alice):
    request = world.accept("Alice")
    stop, crew = world.stop_of(request), Crew(world)
    address = f"/api/driver/requests/{request.id}"

    def shown():
        unit = alice.get(address).json()["unit"]
        return bool(unit and unit["position"]), alice.get(f"{address}/track").json()["leg"] is not None

    device = world.device_of(stop.unit_id)
    record_fixes(device, stop.unit_id, [Fix(world.now, 43.735, 7.421)], world.now, clock.wall())
    assert shown() == (False, False)
    crew.do("depart", stop)
    assert shown()[0]
    crew.do("arrive", stop)
    assert shown() == (False, False)


def test_cancelling_costs_nothing_before_and_the_fee_after_it_set_out(world, alice):
    first = world.accept("Alice")
    assert alice.post(f"/api/driver/requests/{first.id}/cancel", {}).json()["price"]["total_minor"] == 0
    second = world.accept("Alice")
    Crew(world).do("depart", world.stop_of(second))
    assert alice.get(f"/api/driver/requests/{second.id}").json()["cancel_price"]["total_minor"] == 1080
    assert alice.post(f"/api/driver/requests/{second.id}/cancel", {}).json()["price"]["total_minor"] == 1080


def test_cars_and_car_parks(world, alice):
    add_driver(world, "Carl")
    cars = alice.get("/api/driver/vehicles").json()
    assert [car["name"] for car in cars["results"]] == ["Alice's car"]
    assert cars["next"] is None
    assert alice.get("/api/sites").json() == {"results": [], "next": None}

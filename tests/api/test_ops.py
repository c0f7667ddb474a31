"""The console's doors: one document with all, what is behind it, and whose it is."""

import gzip
import json

import pytest

from accounts.models import Operator
from accounts.roles import Role
from dispatch.models import Event, Lock, Pack, ReplanWanted, UnitState
from tests.cast import Door, make_person, open_door
from tests.dispatch.crew import Crew
from tests.small_world import SmallWorld, build_world

BOARD = {
    "server_time",
    "speed",
    "seq",
    "area",
    "plan",
    "units",
    "requests",
    "routes",
    "depots",
    "sites",
    "figures",
    "closures",
    "risks",
}


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@pytest.fixture
def dana(world) -> Door:
    return open_door(world.people["Dana"])


@pytest.fixture
def otto(world) -> Door:
    return open_door(make_person("Otto", Operator.objects.create(name="Elsewhere Power"), Role.DISPATCHER))


def test_the_board_holds_everything_the_console_shows(world, dana):
    request = world.accept("Alice")
    board = dana.get("/api/ops/board").json()
    assert board.keys() == BOARD
    assert {unit["name"] for unit in board["units"]} == set(world.units)
    assert [row["id"] for row in board["requests"]] == [str(request.id)]
    assert {row["unit"] for row in board["routes"]} == {unit["id"] for unit in board["units"]}
    assert board["plan"]["version"] == 2
    assert board["figures"]["open"] == 1
    assert board["depots"][0]["plugs"]


def test_a_browser_gets_the_board_compressed(dana):
    plain = dana.get("/api/ops/board")
    packed = dana.get("/api/ops/board", HTTP_ACCEPT_ENCODING="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)).keys() == plain.json().keys()
    assert len(packed.content) < len(plain.content) / 2
    assert plain["Vary"] == packed["Vary"]
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in plain


def test_who_may_not_see_the_board_is_told_so_as_everywhere(world):
    answer = open_door(world.people["Cora"]).get("/api/ops/board", HTTP_ACCEPT_ENCODING="gzip")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert answer["Content-Type"] == "application/problem+json"


def test_another_operators_dispatcher_gets_nothing_of_ours_not_even_a_plan_to_ask_for(world, otto):
    stop = world.stop_of(world.accept("Alice"))
    unit, wanted = stop.unit_id, ReplanWanted.objects.get().wanted
    for address in (
        "board",
        "requests",
        "risks",
        "units",
        f"units/{unit}",
        "plans/1",
        f"requests/{stop.request_id}/explanation",
    ):
        assert otto.get(f"/api/ops/{address}").status_code == 404, address
    for address in ("replans", f"stops/{stop.id}/lock", f"stops/{stop.id}/unlock"):
        assert otto.post(f"/api/ops/{address}", {}).status_code == 404, address
    assert ReplanWanted.objects.get().wanted == wanted


@pytest.mark.parametrize("name", ["Alice", "Cora"])
def test_drivers_and_crews_stay_outside(world, name):
    answer = open_door(world.people[name]).get("/api/ops/board")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_request_leaves_the_board_an_hour_after_its_end_not_after_its_beginning(world, dana):
    world.accept("Alice")
    world.wait(hours=3)
    world.plan()
    (shown,) = dana.get("/api/ops/board").json()["requests"]
    assert shown["ended_at"] is None
    alice = open_door(world.people["Alice"])
    alice.post(f"/api/driver/requests/{shown['id']}/cancel", {})
    world.wait(minutes=59)
    assert len(dana.get("/api/ops/requests").json()["results"]) == 1
    world.wait(minutes=1)
    assert dana.get("/api/ops/requests").json() == {"results": [], "next": None}


def test_a_unit_with_its_route_and_the_ways_between(world, dana):
    stop = world.stop_of(world.accept("Alice"))
    detail = dana.get(f"/api/ops/units/{stop.unit_id}").json()
    assert detail["id"] == detail["route"]["unit"] == str(stop.unit_id)
    assert [leg["stop"] for leg in detail["legs"]] == [item["id"] for item in detail["route"]["stops"]]


def test_a_published_plan_says_who_wrote_it_and_why(world, dana):
    world.accept("Alice")
    plan = dana.get("/api/ops/plans/2").json()
    assert (plan["version"], plan["writer"], plan["causes"]) == (2, "accept", ["request.booked"])
    assert plan["added"]


def test_asking_for_a_plan_is_kept_until_somebody_makes_it(world, dana):
    wanted = ReplanWanted.objects.get().wanted
    answer = dana.post("/api/ops/replans", {})
    assert (answer.status_code, answer.json()) == (202, {"wanted": True})
    assert ReplanWanted.objects.get().wanted == wanted + 1


def test_a_lock_holds_a_stop_until_it_is_given_back(world, dana):
    stop = world.stop_of(world.accept("Alice"))
    route = dana.post(f"/api/ops/stops/{stop.id}/lock", {"what": "both", "why": "asked on the phone"}).json()
    assert [item["locked"] for item in route["stops"] if item["id"] == str(stop.id)] == [True]
    assert Lock.objects.get(stop=stop).what == "both"
    route = dana.post(f"/api/ops/stops/{stop.id}/unlock", {}).json()
    assert not any(item["locked"] for item in route["stops"])
    told = Event.objects.filter(stream=f"area:{world.area.id}", type__startswith="stop.")
    assert [event.type for event in told.order_by("seq")] == ["stop.locked", "stop.unlocked"]
    assert "phone" not in str(list(told.values()))


def test_an_explanation_asks_every_unit(world, dana):
    request = world.accept("Alice")
    explained = dana.get(f"/api/ops/requests/{request.id}/explanation").json()
    assert {item["unit"]["name"] for item in explained["units"]} == set(world.units)
    (serving,) = [item for item in explained["units"] if item["serves"]]
    assert serving["unit"]["id"] == str(world.stop_of(request).unit_id)
    assert all(item["arrival"] or item["code"] for item in explained["units"])


def test_an_explanation_says_what_stands_in_a_units_way(world, dana):
    request = world.accept("Alice")
    other = next(unit for unit in world.units.values() if unit.id != world.stop_of(request).unit_id)
    other.charger.connectors = ["chademo"]
    other.charger.save()
    world.wait(minutes=11)
    world.plan()
    explained = dana.get(f"/api/ops/requests/{request.id}/explanation").json()
    found = {item["unit"]["name"]: item for item in explained["units"]}[other.name]
    assert (found["code"], found["rule"], found["measure"]) == ("connector_mismatch", "connector", "count")


def test_for_a_request_that_nobody_serves_an_explanation_says_what_would_help(world, dana):
    request = world.accept("Alice", energy_wh=30_000)
    Pack.objects.update(usable_wh=30_000, reserve_wh=5_000, target_wh=20_000)
    UnitState.objects.update(pack_wh=20_000)
    world.wait(minutes=11)
    world.plan()
    explained = dana.get(f"/api/ops/requests/{request.id}/explanation").json()
    assert explained["not_served"]["code"] == "energy_insufficient"
    (less,) = [item for item in explained["relaxations"] if item["kind"] == "less_energy"]
    assert less["energy_kwh"] == pytest.approx(30 - less["amount"] / 1000)
    assert 5 < less["energy_kwh"] < 25


def test_what_is_under_way_is_not_explained_any_more(world, dana):
    request = world.accept("Alice")
    Crew(world).begin(world.stop_of(request))
    world.plan()
    explained = dana.get(f"/api/ops/requests/{request.id}/explanation").json()
    assert (explained["status"], explained["units"]) == ("charging", [])

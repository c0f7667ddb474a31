"""A dispatcher closes a road: the road engine, the plan and the console know it; then it is opened again."""

from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.city.datastore import load_roads, unload_roads
from dispatch.city.roads import PROFILES, build_roads
from dispatch.models import Closure, Event, ReplanWanted, ServiceArea
from dispatch.routing_bridge import roads
from dispatch.routing_bridge.travel_book import TravelBook
from dispatch.selectors.render import iso
from dispatch.services.roads_now import keep_roads
from routing.travel import CAR, Point
from tests.cast import make_person, open_door
from tests.city.monaco import EXTRACT, own_prefix
from tests.small_world import CASINO, STADIUM, TEN, SmallWorld, build_world

# Two clicks on the way from the stadium to the casino, and a block around the casino.
ROCK, HARBOUR = [43.7321, 7.4191], [43.7372, 7.4218]
BLOCK = [[43.7385, 7.4255], [43.7385, 7.4295], [43.7412, 7.4295], [43.7412, 7.4255]]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    for profile in PROFILES:
        build_roads(EXTRACT, folder, profile)
    return folder


@pytest.fixture
def town(city, tmp_path, settings, monkeypatch):
    """A house in Monaco with its roads in shared memory."""
    prefix = f"{own_prefix()}-closures"
    load_roads(city, prefix)
    settings.VAR_DIR, settings.CITY, settings.ROADS_DATASET = tmp_path, "monaco", prefix
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "monaco").symlink_to(city)
    roads.get_roads.cache_clear()
    monkeypatch.setattr("dispatch.routing_bridge.standing.BOOK", TravelBook())
    yield roads.get_roads()
    roads.get_roads.cache_clear()
    unload_roads(prefix)


@pytest.fixture
def world(db, town) -> SmallWorld:
    world = build_world()
    ServiceArea.objects.update(roads="monaco")
    return world


@pytest.fixture
def console(world):
    return open_door(make_person("Dora", world.operator, "dispatcher"))


def close(console, **said):
    body = {"kind": "closed", "shape": {"area": BLOCK}, "why": "market"} | said
    return console.post("/api/ops/closures", body, format="json")


def drive_s(town) -> int:
    return town.table(CAR, [Point(*STADIUM)], [Point(*CASINO)]).durations_s[0][0]


def look(world: SmallWorld) -> bool:
    return keep_roads(world.now, clock.wall())


def test_a_slow_block_is_known_to_the_engine_the_plan_and_the_console_and_lifted_it_is_as_before(
    world, console, town
):
    usual = drive_s(town)
    made = close(console, kind="slow", speed_pct=20)
    assert made.status_code == 201
    assert made.json()["known"] is False
    wanted = ReplanWanted.objects.get(area=world.area).wanted
    assert look(world) is True
    assert drive_s(town) > usual
    assert ReplanWanted.objects.get(area=world.area).wanted == wanted + 1
    (shown,) = console.get("/api/ops/board").json()["closures"]
    assert (shown["known"], shown["speed_pct"], shown["why"]) == (True, 20, "market")
    assert look(world) is False
    left = console.post(f"/api/ops/closures/{shown['id']}/lift", format="json")
    assert left.json()["results"] == []
    assert look(world) is True
    assert drive_s(town) == usual
    told = Event.objects.filter(type__startswith="closure.") | Event.objects.filter(type="roads.changed")
    assert [event.type for event in told.order_by("seq")] == [
        "closure.made", "roads.changed", "closure.lifted", "roads.changed",
    ]  # fmt: skip


def test_a_plan_made_after_the_closure_drives_round_it(world, console, town):
    request = world.accept("Alice", place=CASINO)
    before = world.stop_of(request)
    close(console, shape={"line": [ROCK, HARBOUR]})
    look(world)
    world.plan("roads.changed")
    after = world.stop_of(request)
    assert after.arrive_at - after.depart_at >= before.arrive_at - before.depart_at


def test_the_road_that_was_clicked_is_shown_node_by_node(world, console):
    made = close(console, shape={"line": [ROCK, HARBOUR]}).json()
    assert len(made["line"]) > 5
    assert made["area"] == []


def test_it_begins_and_ends_by_itself(world, console, town):
    usual = drive_s(town)
    hours = [iso(TEN + timedelta(hours=hour)) for hour in (1, 2)]
    close(console, kind="slow", speed_pct=10, from_at=hours[0], until_at=hours[1])
    assert look(world) is False
    assert len(console.get("/api/ops/closures").json()["results"]) == 1
    world.wait(hours=1)
    assert look(world) is True
    assert drive_s(town) > usual
    world.wait(hours=1)
    assert look(world) is True
    assert drive_s(town) == usual
    assert console.get("/api/ops/closures").json()["results"] == []


def test_whoever_was_stopped_before_it_was_said_says_it_at_the_next_look(world, console, town):
    close(console)
    look(world)
    Closure.objects.update(known_at=None)
    wanted = ReplanWanted.objects.get(area=world.area).wanted
    look(world)
    assert Closure.objects.get().known_at is not None
    assert ReplanWanted.objects.get(area=world.area).wanted == wanted + 1


def test_an_engine_that_was_loaded_anew_is_told_again(world, console, town, city, settings):
    close(console, kind="slow", speed_pct=10)
    look(world)
    slow = drive_s(town)
    load_roads(city, settings.ROADS_DATASET)
    assert drive_s(town) < slow
    assert look(world) is True
    assert drive_s(town) == slow


def test_without_roads_that_can_be_changed_it_is_kept_and_said_to_be_unknown(world, console, settings):
    close(console)
    settings.ROADS_DATASET = "/somewhere/osrm"
    assert look(world) is False
    assert console.get("/api/ops/closures").json()["results"][0]["known"] is False


SEA = [43.7260, 7.4300]


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"shape": {}}, 400, "invalid"),
        ({"shape": {"line": [ROCK, HARBOUR], "area": BLOCK}}, 400, "invalid"),
        ({"shape": {"line": [ROCK]}}, 400, "invalid"),
        ({"shape": {"line": [[91, 181], ROCK]}}, 400, "invalid"),
        ({"shape": {"line": [[48.85, 2.35], ROCK]}}, 400, "outside_area"),
        ({"shape": {"line": [SEA, ROCK]}}, 422, "no_such_road"),
        ({"kind": "slow"}, 400, "invalid"),
        ({"kind": "flooded"}, 400, "invalid"),
        ({"until_at": iso(TEN - timedelta(hours=1))}, 400, "until_in_the_past"),
    ],
    ids=["nothing", "both", "one click", "no coordinate", "far away", "at sea", "how slow", "what", "over"],
)
def test_what_cannot_be_meant_is_one_clear_sentence(world, console, said, status, code):
    answer = close(console, **said)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Closure.objects.exists()

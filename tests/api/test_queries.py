"""The number of queries does not grow with the fleet, nor with the requests."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dispatch import clock
from dispatch.broadcast.messages import build_messages
from dispatch.models import ChargeRequest, Event
from dispatch.selectors.requests import list_request_documents
from dispatch.selectors.risks import suspects
from dispatch.services.risks import watch_risks
from dispatch.services.tracking import Fix, Said, record_many
from tests.cast import open_door
from tests.real_database import list_tables
from tests.small_world import SmallWorld, add_driver, build_world

NAMES = ("Alice", "Bob", "Carl", "Doris", "Emil", "Fay", "Gus", "Hedy", "Ivo", "Jo", "Kim", "Lea")
FEW, MANY = 2, 12
SPOTS = [(43.7300 + n * 0.001, 7.4150 + n * 0.001) for n in range(MANY)]


def build(size: int) -> SmallWorld:
    world = build_world(vans=size, drivers=NAMES[:size])
    for name, spot in zip(NAMES[:size], SPOTS, strict=False):
        world.accept(name, place=spot)
    return world


def count(call: Callable[[], object]) -> int:
    call()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    # The clock is read again every half second, whoever asks.
    return len([query for query in captured if "dispatch_world_clock" not in query["sql"]])


def by_http(path: str, name: str) -> Callable[[SmallWorld], Callable[[], object]]:
    def make(world: SmallWorld) -> Callable[[], object]:
        door = open_door(world.people[name])

        def call() -> None:
            answer = door.get(path)
            assert answer.status_code == 200, answer.content

        return call

    return make


def preview_all(world: SmallWorld) -> Callable[[], object]:
    door = open_door(world.people["Dana"])
    stop = world.stop_of(ChargeRequest.objects.earliest("created_at"))

    def call() -> None:
        answer = door.post("/api/ops/moves/preview", {"stop": str(stop.id)})
        assert answer.status_code == 200, answer.content

    return call


def list_all(world: SmallWorld) -> Callable[[], object]:
    ids = list(ChargeRequest.objects.values_list("id", flat=True))
    return lambda: list_request_documents(ids, world.now)


def replay_all(world: SmallWorld) -> Callable[[], object]:
    events = list(Event.objects.order_by("id"))
    return lambda: build_messages(events, world.now, clock.wall())


def look_for_risks(world: SmallWorld) -> Callable[[], object]:
    return lambda: watch_risks(world.area, world.now, clock.wall())


def ask_for_offers(world: SmallWorld) -> Callable[[], object]:
    door = open_door(world.people["Alice"])
    wish = {"vehicle": str(world.cars["Alice"].id), "location": {"lat": 43.7396, "lon": 7.4275}, "soc": 0.3}

    def call() -> None:
        answer = door.post("/api/driver/quotes", {**wish, "energy_kwh": 5})
        assert answer.status_code == 201, answer.content

    return call


def accept_offers(world: SmallWorld) -> Callable[[], object]:
    """Each call is another driver's: a car waits for one visit at a time."""
    offers = []
    for name in ("Zoe", "Yan"):
        add_driver(world, name)
        offers.append((name, world.offer(name).id))

    def call() -> None:
        name, offer = offers.pop()
        answer = open_door(world.people[name]).post("/api/driver/requests", {"offer": str(offer)})
        assert answer.status_code == 201, answer.content

    return call


def hear_all_units(world: SmallWorld) -> Callable[[], object]:
    def call() -> None:
        world.wait(seconds=2)
        said = [
            Said(world.device_of(unit.id), unit.id, (Fix(world.now, *SPOTS[0], pack_soc=0.5),))
            for unit in world.units.values()
        ]
        assert record_many(said, world.now, clock.wall()) == [1] * len(said)

    return call


CALLS = {
    "the board": by_http("/api/ops/board", "Dana"),
    "the requests of the console": by_http("/api/ops/requests", "Dana"),
    "the fleet": by_http("/api/ops/units", "Dana"),
    "the risks": by_http("/api/ops/risks", "Dana"),
    "a look for risks": look_for_risks,
    "a move on every unit": preview_all,
    "a crew's day": by_http("/api/crew/day", "Cora"),
    "requests as their drivers see them": list_all,
    "the messages of a replay": replay_all,
    # These change something, so they come last.
    "a quote": ask_for_offers,
    "an accept": accept_offers,
    "the fixes of all units": hear_all_units,
}


@pytest.fixture
def counts(db, monkeypatch) -> dict[str, list[int]]:
    # Whoever's turn it is, everybody is looked at each time.
    monkeypatch.setattr(suspects, "SHARES", 1)
    found: dict[str, list[int]] = {name: [] for name in CALLS}
    for size in (FEW, MANY):
        world = build(size)
        assert ChargeRequest.objects.count() == size
        for name, make in CALLS.items():
            found[name].append(count(make(world)))
        forget()
    return found


def forget() -> None:
    """Make room for a world of another size."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(";".join(f"DELETE FROM {table}" for table in list_tables()))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_call_asks_more_of_a_large_fleet_than_of_a_small_one_and_none_asks_many(counts):
    grown = {name: pair for name, pair in counts.items() if pair[0] != pair[1]}
    assert grown == {}
    assert max(many for _, many in counts.values()) <= 55, counts

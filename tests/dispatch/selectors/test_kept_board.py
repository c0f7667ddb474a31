"""What a process keeps of a board is never shown when it is not so any more, nor to whom it is not shown."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Operator
from accounts.roles import Role
from dispatch import clock
from dispatch.models import ChargeRequest, Lock, Pack, Site, Stop, Unit, Vehicle
from dispatch.selectors import etas, kept, request_parts, routes, units
from dispatch.selectors.board import get_board
from dispatch.services.locks import Hold, lock_stop, unlock_stop
from dispatch.services.moves import Order, move_stop
from dispatch.services.requests import cancel_request
from tests.cast import make_person
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, STADIUM, SmallWorld, add_driver

KEPT = ((etas, "_stops"), (request_parts, "_parts"), (routes, "_stops"), (units, "_parts"))


def look(world: SmallWorld, name: str = "Dana"):
    return get_board(world.caller(name), world.area, world.now, clock.wall(), 0)


@pytest.fixture
def look_afresh(world, monkeypatch):
    """Look as a process does that has just begun."""

    def see():
        with monkeypatch.context() as patches:
            for module, name in KEPT:
                patches.setattr(module, name, kept.Kept(module._make))
            return look(world)

    return see


@pytest.fixture
def alice(world) -> ChargeRequest:
    return world.accept("Alice")


@pytest.fixture
def bob(world, alice) -> ChargeRequest:
    return world.accept("Bob", place=STADIUM)


def cancel(world: SmallWorld, request: ChargeRequest) -> None:
    cancel_request(world.caller("Bob"), request.id, "", world.now, clock.wall())


def move(world: SmallWorld, request: ChargeRequest) -> None:
    stop = world.stop_of(request)
    other = Unit.objects.exclude(id=stop.unit_id).get()
    order = Order(stop.id, stop.revision, other.id, confirmed=True)
    move_stop(world.caller("Dana"), order, world.now, clock.wall())


def lock(world: SmallWorld, request: ChargeRequest) -> None:
    hold = Hold(what="unit", why="asked on the phone", until=None)
    lock_stop(world.caller("Dana"), world.stop_of(request).id, hold, world.now, clock.wall())


def unlock(world: SmallWorld, request: ChargeRequest) -> None:
    unlock_stop(world.caller("Dana"), world.stop_of(request).id, world.now, clock.wall())


def hold_unseen(world: SmallWorld, request: ChargeRequest) -> None:
    stop = world.stop_of(request)
    own = {"operator": world.operator, "created_at": world.now}
    Lock.objects.create(stop=stop, what="time", who="Dana", why="no service wrote this", **own)


def give_a_site(world: SmallWorld, request: ChargeRequest) -> None:
    site = Site.objects.create(
        slug="quay", name="Quay", lat=CASINO[0], lon=CASINO[1], time_zone="Europe/Monaco"
    )
    ChargeRequest.objects.filter(id=request.id).update(site=site)


CHANGES: dict[str, Callable[[SmallWorld, ChargeRequest], object]] = {
    "a plan": lambda world, _: world.wait(minutes=30) and world.plan(),
    "a part of a plan": lambda world, _: world.accept("Carl"),
    "a cancellation": cancel,
    "a move": move,
    "a lock": lock,
    "a lock nobody told of": hold_unseen,
    "a departure": lambda world, request: Crew(world).do("depart", world.stop_of(request)),
    "a visit that is over": lambda world, request: Crew(world).serve(world.stop_of(request)),
    "another name of a car": lambda _, request: Vehicle.objects.filter(requests=request).update(name="Nova"),
    "a site": give_a_site,
    "a request that is gone": lambda _, request: Stop.objects.filter(request=request).delete(),
    "another name of a van": lambda world, request: Unit.objects.filter(
        id=world.stop_of(request).unit_id
    ).update(name="Ocean"),
    "an older pack": lambda world, request: Pack.objects.update(usable_wh=70_000),
    "time": lambda world, _: world.wait(minutes=50),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_is_read_afresh(world, alice, bob, look_afresh, change):
    add_driver(world, "Carl")
    before = look(world)
    CHANGES[change](world, bob)
    after = look(world)
    assert after == look_afresh()
    assert after != before


def test_a_lock_that_came_and_went_leaves_nothing(world, bob, look_afresh):
    look(world)
    lock(world, bob)
    look(world)
    unlock(world, bob)
    assert look(world) == look_afresh()


def test_a_name_is_changed_for_all_who_were_told_it(world, alice, look_afresh):
    look(world)
    Site.objects.all().delete()
    give_a_site(world, alice)
    assert {row["site"] for row in look(world)["requests"]} == {"Quay"}
    Site.objects.update(name="Old Quay")
    assert {row["site"] for row in look(world)["requests"]} == {"Old Quay"}


def test_a_second_look_reads_nothing_whole(world, alice, bob):
    first = count(lambda: look(world))
    second = count(lambda: look(world))
    Stop.objects.filter(request=alice).update(revision=9)
    third = count(lambda: look(world))
    # Units, requests with their promises, stops for the timeline, stops for what is expected.
    assert (first - second, third - second) == (5, 2)


def count(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len([query for query in captured if "dispatch_world_clock" not in query["sql"]])


def test_what_one_caller_was_shown_is_not_shown_to_another(world, alice):
    assert look(world)["requests"]
    world.people["Otto"] = make_person("Otto", Operator.objects.create(name="Elsewhere"), Role.DISPATCHER)
    seen = look(world, "Otto")
    assert (seen["requests"], seen["routes"], seen["units"]) == ([], [], [])


def test_what_nobody_asks_for_is_forgotten_and_the_rest_is_bounded(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(kept, "MOST", 3)
    made: list[str] = []

    def make(keys):
        made.extend(keys)
        return {key: ("1", key.upper()) for key in keys}

    held = kept.Kept(make)
    assert held.read([("a", "1"), ("b", "1")]) == {"a": "A", "b": "B"}
    now[0] += kept.SPAN_S + 1
    assert held.read([("a", "1")]) == {"a": "A"}
    assert made == ["a", "b"]
    now[0] += kept.SPAN_S + 1
    held.read([("a", "1")])
    assert len(held) == 1
    held.read([("b", "1")])
    assert made == ["a", "b", "b"]
    for number in range(20):
        held.read([(f"n{number}", "1")])
        assert len(held) <= 2 * (kept.MOST + 1)


def test_what_has_gone_between_two_readings_is_left_out():
    held = kept.Kept(lambda keys: {key: ("2", "newer") for key in keys if key != "gone"})
    assert held.read([("gone", "1"), ("a", "1")]) == {"a": "newer"}
    assert held.read([("a", "2")]) == {"a": "newer"}

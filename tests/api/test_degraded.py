"""What goes on, and what is said, while a part of the house is away."""

from contextlib import contextmanager

import pytest
from django.db import connection

from dispatch.api import readiness
from dispatch.routing_bridge import roads, travel_book
from dispatch.routing_bridge.documents import find_document
from dispatch.routing_bridge.travel_book import TravelBook
from dispatch.services.audit import audit
from routing.model.errors import TravelUnavailable
from routing.travel import FallbackTravel, GreatCircleTravel
from tests.cast import open_door
from tests.small_world import STADIUM, SmallWorld, build_world


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    monkeypatch.setattr(readiness, "KEPT_S", 0.0)


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@contextmanager
def read_only():
    """As after an administrator's word, or on a standby."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")


class Roads(GreatCircleTravel):
    """Roads in all that matters here: another name, and they may be away."""

    there = True
    dataset = "town@1"

    def table(self, profile, places_from, places_to):
        if not Roads.there:
            raise TravelUnavailable("the road data is not loaded")
        return super().table(profile, places_from, places_to)


@pytest.fixture
def town(monkeypatch, settings):
    """A house with road data, and an empty book of ways."""
    now = [0.0]
    travel = FallbackTravel(Roads(), GreatCircleTravel(), clock=lambda: now[0])
    settings.ROADS_DATASET = "town"
    monkeypatch.setattr(Roads, "there", True)
    for module in (roads, travel_book):
        monkeypatch.setattr(module, "get_roads", lambda: travel)
    book = TravelBook()
    monkeypatch.setattr("dispatch.routing_bridge.standing.BOOK", book)
    monkeypatch.setattr("dispatch.routing_bridge.solving.BOOK", book)
    return now


def down() -> dict[str, str]:
    return open_door().get("/health").json()["down"]


def provider_of(world) -> str:
    return find_document(world.area.id).problem.travel.provider


def test_without_roads_people_are_still_served_by_times_that_are_marked_as_guesses(world, town):
    world.accept("Alice")
    assert provider_of(world) == "osrm"
    Roads.there = False
    town[0] = 10.0
    world.accept("Bob", place=STADIUM)
    assert provider_of(world) == "great_circle"
    assert down() == {"roads": "the road engine is away: times are guessed"}
    assert not audit().findings


def test_roads_that_come_back_are_in_the_next_plan(world, town):
    Roads.there = False
    world.accept("Alice")
    assert provider_of(world) == "great_circle"
    Roads.there = True
    town[0] = 10.0
    world.accept("Bob", place=STADIUM)
    assert provider_of(world) == "osrm"
    assert down() == {}
    assert not audit().findings


def test_ways_that_are_known_by_road_stay_known(world, town):
    world.accept("Alice")
    Roads.there = False
    town[0] = 10.0
    world.accept("Bob")
    assert provider_of(world) == "osrm"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_is_read_and_says_so_to_whoever_would_change_something():
    world = build_world()
    alice, request = open_door(world.people["Alice"]), world.accept("Alice").id
    with read_only():
        assert alice.get(f"/api/driver/requests/{request}").status_code == 200
        answer = alice.post(f"/api/driver/requests/{request}/cancel", {})
        assert (answer.status_code, answer.json()["code"]) == (503, "read_only")
        assert int(answer["Retry-After"]) > 0
        assert down() == {"writes": "the database is read-only"}
        # An export is read, but not without a record of it.
        export = alice.get("/api/me/export")
        assert (export.status_code, export.json()["code"]) == (503, "read_only")
        assert not audit().findings
    assert alice.post(f"/api/driver/requests/{request}/cancel", {}).status_code == 200

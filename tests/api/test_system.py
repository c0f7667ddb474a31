"""The house's own page, for dispatchers and owners."""

import pytest
from redis import Redis

from dispatch import tally
from dispatch.models import Plan
from tests.cast import open_door
from tests.small_world import SmallWorld, build_world


@pytest.fixture
def world(db, settings, request) -> SmallWorld:
    tally.flush()
    settings.REDIS_PREFIX = f"test-{request.node.name}"
    with Redis.from_url(settings.REDIS_URL) as valkey:
        for key in valkey.scan_iter(f"{settings.REDIS_PREFIX}:*"):
            valkey.delete(key)
    return build_world()


def look(world: SmallWorld, name: str = "Dana"):
    answer = open_door(world.people[name]).get("/api/ops/system")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_last_hour_is_there_minute_by_minute(world):
    tally.observe("quote", 0.003)
    tally.count("quotes", "refused")
    tally.count("refusals", "fleet_saturated")
    tally.flush()
    board = look(world)
    assert [row["ago"] for row in board["minutes"]] == list(range(59, -1, -1))
    assert sum(row["refused"] for row in board["minutes"]) == 1
    assert board["refusals"] == [{"name": "fleet_saturated", "count": 1}]
    (quote,) = [row for row in board["spans"] if row["name"] == "quote"]
    assert (quote["count"], 2 < quote["p95_ms"] <= 5) == (1, True)


def test_what_was_not_there_has_no_length(world):
    (accept,) = [row for row in look(world)["spans"] if row["name"] == "accept"]
    assert accept == {"name": "accept", "count": 0, "p50_ms": None, "p95_ms": None}


def test_the_fleet_as_it_is_now(world):
    world.accept("Alice")
    now = look(world, "Olga")["now"]
    assert (now["open_requests"], now["units"], now["tasks_waiting"]) == (1, 2, 0)


def test_it_names_what_is_down(world):
    Plan.objects.all().delete()
    board = look(world)
    assert set(board["down"]) <= set(board["parts"])
    assert "database" in board["parts"]


def test_without_valkey_there_is_no_hour_and_the_rest_is_told(world, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    board = look(world)
    assert (board["minutes"], board["now"]["tasks_waiting"]) == ([], None)
    assert board["now"]["units"] == 2

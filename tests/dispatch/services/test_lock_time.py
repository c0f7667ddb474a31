"""Nothing slow happens under the area's lock: counted in statements, which do not grow with the plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dispatch import clock
from dispatch.services import areas
from dispatch.services.offers import accept_offer
from tests.small_world import CASINO, STADIUM, add_driver, build_world

LOCK = 'UPDATE "dispatch_servicearea" SET "revision"'
MOST = 25


def count_under_lock(queries) -> int:
    """Count from the first statement that locks the area to the end of its transaction."""
    said = [query["sql"] for query in queries]
    first = next(index for index, sql in enumerate(said) if sql.startswith(LOCK))
    return len(said) - first


def accept(world, name):
    offer = world.offer(name)
    with CaptureQueriesContext(
        connection,
    ) as context:
        accept_offer(world.caller(name), offer.id, world.now, clock.wall())
    return count_under_lock(context.captured_queries)


def fill(world, requests):
    for number in range(requests):
        name = f"Driver {number}"
        add_driver(world, name)
        world.accept(name, place=(CASINO, STADIUM)[number % 2], energy_wh=8_000)
    return world


@pytest.fixture
def world(db):
    return build_world(vans=4, drivers=["Alice", "Bob"])


def test_an_accept_needs_as_many_statements_in_a_full_plan_as_in_an_empty_one(world):
    empty = accept(world, "Alice")
    full = accept(fill(world, 8), "Bob")
    assert abs(full - empty) <= 2
    assert full <= MOST


def test_a_plan_is_drafted_before_the_lock_is_taken(world, monkeypatch):
    order = []
    lock, draft = areas.lock_area, areas.write_drafted.__globals__["_write_if_fresh"]
    monkeypatch.setattr(areas, "lock_area", lambda area: order.append("lock") or lock(area))
    monkeypatch.setattr(areas, "_write_if_fresh", lambda *args: order.append("drafted") or draft(*args))
    accept(world, "Alice")
    assert order == ["drafted", "lock"]

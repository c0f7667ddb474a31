"""Two drivers accept at the same moment while the planner re-plans: nobody and no promise is lost.

On the services, with threads against a real PostgreSQL: what HTTP adds is tested elsewhere, and two
hundred rounds through it would take minutes. For the same reason the world is a small one: what two
writers and a planner can do to one another does not grow with the fleet, the time of a solve does.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import ChargeRequest, Plan, ServiceArea, Stop
from dispatch.routing_bridge.solving import get_server, solve_area
from dispatch.services.audit import audit
from dispatch.services.offers import OfferLost, accept_offer
from dispatch.services.plans import publish_replan
from dispatch.services.replans import claim_replan, finish_replan, want_replan
from dispatch.services.requests import cancel_request
from tests.small_world import SmallWorld, build_world

pytestmark = [pytest.mark.system, pytest.mark.django_db(transaction=True)]

ROUNDS = 200
SOLVE_S = 0.05
DRIVERS = ("Alice", "Bob")
# Streets around the harbour; two drivers of one round may well stand in the same one.
PLACES = [(43.7396, 7.4275), (43.7347, 7.4213), (43.7385, 7.4193), (43.7447, 7.4330)]
HOUSE = Caller.system()


@pytest.fixture
def world() -> SmallWorld:
    return build_world()


class Planner:
    """Re-plans whenever it is told to, in a thread of its own, as a worker would."""

    def __init__(self, world: SmallWorld) -> None:
        self._world, self.plans = world, 0
        self._told, self._over = threading.Event(), threading.Event()

    def nudge(self) -> None:
        self._told.set()

    def run(self) -> None:
        while not self._over.is_set():
            self._told.wait()
            self._told.clear()
            self.plans += replan_once(self._world)
        connection.close()

    def stop(self) -> None:
        self._over.set()
        self._told.set()


@pytest.fixture
def planner(world: SmallWorld) -> Iterator[Planner]:
    planner = Planner(world)
    with ThreadPoolExecutor(1) as lane:
        work = lane.submit(planner.run)
        yield planner
        planner.stop()
        work.result()
    get_server().close()


def replan_once(world: SmallWorld) -> bool:
    want_replan(world.area.id, "test", clock.wall())
    lease = claim_replan(world.area.id, clock.wall())
    if lease is None:
        return False
    candidate = solve_area(world.area.id, world.now, SOLVE_S)
    publish_replan(lease, candidate, world.now, clock.wall())
    return finish_replan(lease)


def test_two_accepts_at_once_under_a_running_replan(world, planner):
    rng = Random(7)
    lost = 0
    with ThreadPoolExecutor(2) as lanes:
        for _ in range(ROUNDS):
            requests, lost_now = race(lanes, world, rng.choices(PLACES, k=2), planner)
            lost += lost_now
            for request in requests:
                assert is_planned(request), "an accepted request has no stop"
            list(lanes.map(lambda name, request: cancel(world, name, request), DRIVERS, requests))
        list(lanes.map(lambda _: connection.close(), range(2)))
    assert planner.plans >= ROUNDS / 4
    # Now and then the two truly want the same hour of the same unit; mostly there is room for both.
    assert lost < ROUNDS / 4
    versions = list(Plan.objects.order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, ServiceArea.objects.get().plan_version + 1))
    assert audit().findings == []


def race(
    lanes: ThreadPoolExecutor, world: SmallWorld, places: list[tuple[float, float]], planner: Planner
) -> tuple[list[UUID], int]:
    """Quote side by side, accept at one moment; a lost offer must truly be lost, and nobody goes away."""
    offers = list(lanes.map(lambda name, place: world.offer(name, place=place), DRIVERS, places))
    start = threading.Barrier(2)

    def run(name, offer):
        start.wait()
        return accept(world, name, offer.id)

    planner.nudge()
    results = list(lanes.map(run, DRIVERS, offers))
    requests, lost = [], 0
    for name, place, offer, result in zip(DRIVERS, places, offers, results, strict=True):
        if isinstance(result, OfferLost):
            lost += 1
            fresh = world.offer(name, place=place)
            assert fresh.arrival_p90 > offer.arrival_p90, "the promise still held"
            result = accept(world, name, fresh.id)
        assert isinstance(result, UUID), "a driver was lost"
        requests.append(result)
    return requests, lost


def accept(world: SmallWorld, name: str, offer: UUID) -> UUID | OfferLost:
    try:
        return accept_offer(world.caller(name), offer, world.now, clock.wall())
    except OfferLost as lost:
        return lost


def is_planned(request: UUID) -> bool:
    """Say whether some unit will come; a re-plan may move the stop at any moment, so ask in one query."""
    return Stop.objects.filter(request=request, state="planned").exists()


def cancel(world: SmallWorld, name: str, request: UUID) -> None:
    cancel_request(world.caller(name), request, "", world.now, clock.wall())
    assert ChargeRequest.objects.get(id=request).status == "cancelled"

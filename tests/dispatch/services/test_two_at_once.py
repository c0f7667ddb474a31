"""Two drivers accept at one moment, while a planner plans: on real transactions and threads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from dispatch import clock
from dispatch.errors import Conflict
from dispatch.models import ChargeRequest, Event, Plan, ReplanWanted, ServiceArea, Stop
from dispatch.services.audit import audit
from dispatch.services.offers import OfferLost, accept_offer
from dispatch.services.replans import (
    LEASE,
    claim_replan,
    finish_replan,
    keep_lease,
    list_waiting,
    want_replan,
)
from dispatch.services.requests import cancel_request
from tests.patience import wait_until
from tests.small_world import CASINO, STADIUM, add_driver, build_world

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def world():
    return build_world()


def at_once(*calls):
    """Let all begin together; returns what each gave or raised."""
    start = threading.Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            return call()
        except Conflict as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as lanes:
        return [lane.result() for lane in [lanes.submit(run, call) for call in calls]]


def acceptance(world, name, offer):
    return lambda: accept_offer(world.caller(name), offer.id, world.now, clock.wall())


def test_nobody_is_lost(world):
    for _ in range(ROUNDS):
        offers = [world.offer("Alice", place=CASINO), world.offer("Bob", place=STADIUM)]
        made = at_once(acceptance(world, "Alice", offers[0]), acceptance(world, "Bob", offers[1]), world.plan)
        assert not any(isinstance(one, OfferLost) for one in made), "there are two vans for two drivers"
        assert Stop.objects.filter(request__in=made[:2], state="planned").count() == 2
        for name, request in zip(("Alice", "Bob"), made[:2], strict=True):
            cancel_request(world.caller(name), request, "", world.now, clock.wall())
    area = ServiceArea.objects.get()
    versions = Plan.objects.order_by("version").values_list("version", flat=True)
    assert list(versions) == list(range(1, area.plan_version + 1))
    assert audit().findings == []


def test_one_offer_makes_one_request(world):
    offer = world.offer("Alice")
    made = at_once(*[acceptance(world, "Alice", offer)] * 3)
    codes = sorted(one.code for one in made if isinstance(one, Conflict))
    assert len(codes) == 2
    assert set(codes) <= {"offer_taken", "vehicle_has_open_request"}
    assert ChargeRequest.objects.count() == 1


def test_one_van_for_two_at_the_same_minute(world):
    """A third driver: whoever is late hears that the place has gone, and nothing of it is left."""
    add_driver(world, "Carl")
    offers = {name: world.offer(name) for name in ("Alice", "Bob", "Carl")}
    made = at_once(*(acceptance(world, name, offer) for name, offer in offers.items()))
    lost = [one for one in made if isinstance(one, OfferLost)]
    assert len(lost) == 1
    assert ChargeRequest.objects.count() == Stop.objects.filter(kind="serve").count() == 2
    assert Event.objects.filter(type="booked").count() == 2
    assert audit().findings == []


def test_a_planner_that_takes_longer_than_its_lease_keeps_it_while_it_works(world):
    """A large area on a slow machine: nobody else begins the same plan, and this one's counts."""
    begun = clock.wall() - 2 * LEASE
    want_replan(world.area.id, "test", begun)
    lease = claim_replan(world.area.id, begun)
    assert lease is not None
    assert list_waiting(clock.wall()) == [world.area.id], "another could take it"
    with keep_lease(lease, every=timedelta(milliseconds=10)):
        wait_until(lambda: not list_waiting(clock.wall()), what="a renewal")
        assert claim_replan(world.area.id, clock.wall()) is None
        assert finish_replan(lease)
    assert ReplanWanted.objects.get().lease is None

"""Two drivers accept at the same moment while the planner re-plans: nobody and no promise is lost.

On the services, with threads against a real PostgreSQL: what HTTP adds is tested elsewhere, and two
hundred rounds through it would take minutes.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import ChargeRequest, Quote, ServiceArea, Stop, Vehicle
from dispatch.routing_bridge.solving import get_server, solve_area
from dispatch.services.offers import OfferLost, accept_offer
from dispatch.services.plans import publish_replan
from dispatch.services.quotes import Asked, make_quote
from dispatch.services.replans import claim_replan, finish_replan, want_replan
from dispatch.services.requests import cancel_request

pytestmark = [pytest.mark.system, pytest.mark.django_db(transaction=True)]

ROUNDS = 200
SOLVE_S = 0.2
# Streets around the harbour; two drivers of one round may well stand in the same one.
PLACES = [(43.7396, 7.4275), (43.7347, 7.4213), (43.7385, 7.4193), (43.7447, 7.4330)]
HOUSE = Caller.system()


@dataclass(frozen=True)
class Racer:
    """A driver at the start line, with an offer in hand."""

    caller: Caller
    vehicle: UUID

    def ask(self, place: tuple[float, float]) -> Quote:
        asked = Asked(vehicle_id=self.vehicle, lat=place[0], lon=place[1], soc=0.3, energy_wh=12_000)
        return make_quote(self.caller, asked, clock.now(), clock.wall())

    def accept(self, offer: UUID) -> UUID | OfferLost:
        try:
            return accept_offer(self.caller, offer, clock.now(), clock.wall())
        except OfferLost as lost:
            return lost


@pytest.fixture
def area(settings, tmp_path) -> ServiceArea:
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    clock.start(1.0, clock.build_morning("Europe/Monaco", clock.wall(), hour=10))
    call_command("seed_demo")
    area = ServiceArea.objects.of(HOUSE).get()
    want_replan(area.id, "test", clock.wall())
    replan_once(area.id)
    return area


@pytest.fixture
def racers(area: ServiceArea) -> list[Racer]:
    vehicles = Vehicle.objects.of(HOUSE).select_related("person").order_by("person", "name")
    firsts = {vehicle.person_id: vehicle for vehicle in reversed(list(vehicles))}
    return [Racer(Caller.of_person(car.person), car.id) for car in list(firsts.values())[:2]]


class Planner:
    """Re-plans whenever it is told to, in a thread of its own, as a worker would."""

    def __init__(self, area: UUID) -> None:
        self._area, self._told, self._over, self.plans = area, threading.Event(), threading.Event(), 0

    def nudge(self) -> None:
        self._told.set()

    def run(self) -> None:
        while not self._over.is_set():
            self._told.wait()
            self._told.clear()
            want_replan(self._area, "test", clock.wall())
            self.plans += replan_once(self._area)
        connection.close()

    def stop(self) -> None:
        self._over.set()
        self._told.set()


@pytest.fixture
def planner(area: ServiceArea) -> Iterator[Planner]:
    planner = Planner(area.id)
    with ThreadPoolExecutor(1) as lane:
        work = lane.submit(planner.run)
        yield planner
        planner.stop()
        work.result()
    get_server().close()


def replan_once(area: UUID) -> bool:
    lease = claim_replan(area, clock.wall())
    if lease is None:
        return False
    candidate = solve_area(area, clock.now(), SOLVE_S)
    publish_replan(lease, candidate, clock.now(), clock.wall())
    return finish_replan(lease)


def test_two_accepts_at_once_under_a_running_replan(area, racers, planner):
    rng = Random(7)
    lost = 0
    with ThreadPoolExecutor(2) as lanes:
        for _ in range(ROUNDS):
            places = rng.choices(PLACES, k=2)
            requests, lost_now = race(lanes, racers, places, planner)
            lost += lost_now
            for request in requests:
                assert is_planned(request), "an accepted request has no stop"
            list(lanes.map(cancel, racers, requests))
        list(lanes.map(lambda _: connection.close(), range(2)))
    assert planner.plans >= ROUNDS / 4
    # Now and then the two truly want the same hour of the same unit; mostly there is room for both.
    assert lost < ROUNDS / 4


def race(
    lanes: ThreadPoolExecutor, racers: list[Racer], places: list[tuple[float, float]], planner: Planner
) -> tuple[list[UUID], int]:
    """Quote side by side, accept at one moment; a lost offer must truly be lost, and nobody goes away."""
    quotes = list(lanes.map(lambda racer, place: racer.ask(place), racers, places))
    offers = [quote.offers.order_by("position").first() for quote in quotes]
    start = threading.Barrier(2)

    def run(racer, offer):
        start.wait()
        return racer.accept(offer.id)

    planner.nudge()
    results = list(lanes.map(run, racers, offers))
    requests, lost = [], 0
    for racer, place, offer, result in zip(racers, places, offers, results, strict=True):
        if isinstance(result, OfferLost):
            lost += 1
            fresh = racer.ask(place).offers.order_by("position").first()
            assert fresh.arrival_p90 > offer.arrival_p90, "the promise still held"
            result = racer.accept(fresh.id)
        assert isinstance(result, UUID), "a driver was lost"
        requests.append(result)
    return requests, lost


def is_planned(request: UUID) -> bool:
    """Say whether some unit will come; a re-plan may move the stop at any moment, so ask in one query."""
    return Stop.objects.of(HOUSE).filter(request=request, state="planned").exists()


def cancel(racer: Racer, request: UUID) -> None:
    cancel_request(racer.caller, request, "", clock.now(), clock.wall())
    assert ChargeRequest.objects.of(HOUSE).get(id=request).status == "cancelled"

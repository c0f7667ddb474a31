"""An offer is accepted once, by its driver, while it holds."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dispatch import clock
from dispatch.errors import Conflict, NotFound, Unavailable
from dispatch.models import ChargeRequest, Offer, Plan, Promise, ServiceArea, Stop, UnitState
from dispatch.routing_bridge import accepting, publishing
from dispatch.routing_bridge.travel_book import BOOK, TravelMissing
from dispatch.services import areas
from dispatch.services.offers import OfferLost, accept_offer
from dispatch.services.quotes import OFFER_LIFE, READING, Asked, make_quote


@pytest.fixture(params=["stand_alone", "stand"], ids=["one_unit", "the_whole"])
def drafted_by(request, monkeypatch):
    """What an accept looks at: the unit that was offered alone, or, now and then, the whole area."""
    if request.param == "stand":
        monkeypatch.setattr(publishing, "MOST_PARTS", 0)
    return request.param


def accept(world, offer, name="Alice"):
    return accept_offer(world.caller(name), offer.id, world.now, clock.wall())


def test_an_accepted_offer_is_a_request_a_promise_and_a_stop(world):
    offer = world.offer("Alice")
    request = ChargeRequest.objects.get(id=accept(world, offer))
    promise = Promise.objects.get(request=request)
    assert (promise.arrival_p50, promise.arrival_p90) == (offer.arrival_p50, offer.arrival_p90)
    assert request.price == offer.price
    stop = world.stop_of(request)
    assert stop.start_at <= promise.arrival_p90
    assert stop.energy_wh == request.energy_wh == offer.energy_wh
    plan = Plan.objects.latest("version")
    assert (plan.writer, plan.difference["added"]) == ("accept", [str(stop.id)])


def test_the_same_offer_twice_is_taken(world):
    offer = world.offer("Alice")
    accept(world, offer)
    with pytest.raises(Conflict, match="offer_taken"):
        accept(world, offer)
    assert ChargeRequest.objects.count() == 1


def test_an_offer_that_ran_out_is_expired(world):
    offer = world.offer("Alice")
    Offer.objects.filter(id=offer.id).update(expires_at=clock.wall() - timedelta(seconds=1))
    with pytest.raises(Conflict, match="offer_expired"):
        accept(world, offer)


@pytest.mark.parametrize("pace", [1, 30])
@pytest.mark.parametrize("latest", [None, timedelta(seconds=30)], ids=["asap", "later_than_wished"])
def test_an_offer_holds_for_as_long_as_it_says(world, pace, latest):
    """Nobody else asks, the units drive on: who presses in its last second still gets it."""
    wish = Asked(
        vehicle_id=world.cars["Alice"].id,
        lat=43.7447,
        lon=7.4330,
        soc=0.3,
        energy_wh=15_000,
        latest=None if latest is None else world.now + latest,
    )
    asked_at = clock.wall()
    quote = make_quote(world.caller("Alice"), wish, world.now, asked_at, pace)
    offer = quote.offers.filter(relaxes="" if latest is None else "later").first()
    life = offer.expires_at - asked_at
    assert READING <= life <= OFFER_LIFE
    world.wait(seconds=(life - timedelta(seconds=1)).total_seconds() * pace)
    assert accept(world, offer)


@pytest.mark.parametrize("name", ["Bob", "Dana", "Cora", "Olga"])
def test_the_offer_of_another_is_not_found(world, name):
    with pytest.raises(NotFound):
        accept(world, world.offer("Alice"), name)


def test_an_unknown_offer_is_not_found(world):
    with pytest.raises(NotFound):
        accept_offer(world.caller("Alice"), uuid4(), world.now, clock.wall())


def test_a_car_waits_for_one_unit_at_a_time(world):
    first, second = world.offer("Alice"), world.offer("Alice")
    accept(world, first)
    with pytest.raises(Conflict, match="vehicle_has_open_request"):
        accept(world, second)
    assert Offer.objects.get(id=second.id).taken_at is None


def test_the_database_holds_one_open_request_per_car_when_two_come_at_once(world, monkeypatch):
    first, second = world.offer("Alice"), world.offer("Alice")
    accept(world, first)
    monkeypatch.setattr("dispatch.services.offers.OPEN", ())
    with pytest.raises(Conflict, match="vehicle_has_open_request"):
        accept(world, second)


def test_a_promise_that_nobody_can_keep_any_more_is_lost_and_leaves_nothing(world):
    offer = world.offer("Alice")
    version = ServiceArea.objects.get().plan_version
    world.wait(hours=2)
    Offer.objects.filter(id=offer.id).update(expires_at=clock.wall() + timedelta(minutes=5))
    with pytest.raises(OfferLost):
        accept(world, offer)
    assert not ChargeRequest.objects.exists()
    assert Offer.objects.get(id=offer.id).taken_at is None
    assert ServiceArea.objects.get().plan_version == version


def test_another_unit_keeps_the_promise_when_the_first_breaks_down(world):
    offer = world.offer("Alice")
    UnitState.objects.filter(unit=offer.unit).update(activity="out_of_service")
    request = ChargeRequest.objects.get(id=accept(world, offer))
    assert world.stop_of(request).unit_id != offer.unit_id


def test_an_accept_drafts_again_when_the_world_moved_on(world, monkeypatch, drafted_by):
    """Bob accepts while Alice's plan is being drafted: both get their place."""
    alice, bob = world.offer("Alice"), world.offer("Bob")
    once = iter([True])
    inner = getattr(accepting, drafted_by)

    def stand(*args, **kwargs):
        found = inner(*args, **kwargs)
        if next(once, False):
            accept(world, bob, "Bob")
        return found

    monkeypatch.setattr(accepting, drafted_by, stand)
    accept(world, alice)
    assert Stop.objects.filter(kind="serve", state="planned").count() == 2
    assert [plan.version for plan in Plan.objects.order_by("version")] == [1, 2, 3]


def test_after_losing_every_race_it_drafts_under_the_lock(world, monkeypatch, drafted_by):
    offer = world.offer("Alice")
    asked = []
    inner = getattr(accepting, drafted_by)

    def stand(*args, may_ask, **kwargs):
        asked.append(may_ask)
        found = inner(*args, may_ask=may_ask, **kwargs)
        if may_ask:
            areas.lock_area(world.area.id)
        return found

    monkeypatch.setattr(accepting, drafted_by, stand)
    accept(world, offer)
    assert asked == [*[True] * areas.OPTIMISTIC, False]


def test_under_the_lock_nobody_is_asked_for_travel(world, monkeypatch, drafted_by):
    """What is not known is learnt outside of it, then tried again."""
    offer = world.offer("Alice")
    monkeypatch.setattr(areas, "OPTIMISTIC", 0)
    BOOK.__init__()
    asked = []
    inner = getattr(accepting, drafted_by)

    def stand(*args, may_ask, **kwargs):
        asked.append(may_ask)
        return inner(*args, may_ask=may_ask, **kwargs)

    monkeypatch.setattr(accepting, drafted_by, stand)
    accept(world, offer)
    assert asked == [False, True, False]


def test_one_who_never_gets_a_turn_is_told_to_come_back(world, monkeypatch):
    offer = world.offer("Alice")
    monkeypatch.setattr(areas, "OPTIMISTIC", 0)
    monkeypatch.setattr(
        "dispatch.services.offers.draft_accepted", lambda *_, may_ask, **__: _missing(may_ask)
    )
    with pytest.raises(Unavailable, match="busy"):
        accept(world, offer)
    assert not ChargeRequest.objects.exists()


def _missing(may_ask):
    if not may_ask:
        raise TravelMissing("car", ())

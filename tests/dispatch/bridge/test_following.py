"""What others publish while the planner drafts is put into its draft; it is not made anew for that."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.db.models import F

from dispatch import clock
from dispatch.models import ChargeRequest, Plan, Stop
from dispatch.routing_bridge import documents, publishing, replanning
from dispatch.routing_bridge.documents import find_document
from dispatch.routing_bridge.publishing import write_draft
from dispatch.routing_bridge.replanning import draft_solved, follow
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import stand
from dispatch.routing_bridge.timeline import Timeline
from dispatch.services.areas import lock_area
from dispatch.services.audit import audit
from dispatch.services.freezing import assign_due
from dispatch.services.offers import OfferLost, accept_offer
from dispatch.services.plans import publish_replan
from dispatch.services.replans import claim_replan, want_replan
from dispatch.services.requests import cancel_request
from routing.evaluation import violations
from routing.reoptimise import Budget, reoptimise
from tests.dispatch.bridge.test_parts import list_rows, list_visits
from tests.dispatch.bridge.test_standing import PLACES, build_busy_world
from tests.small_world import STADIUM, TEN, add_driver

ROUNDS = 16


@pytest.fixture(scope="module")
def busy_world(django_db_setup, django_db_blocker):
    """Three vans that share their pack, and eight accepted requests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_busy_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def parts_alone(monkeypatch):
    """However old the whole plan is, who accepts publishes a part: it is the planner's turn."""
    monkeypatch.setattr(publishing, "RENEWED", timedelta(days=1))


def publish(world):
    want_replan(world.area.id, "test", clock.wall())
    lease = claim_replan(world.area.id, clock.wall())
    return publish_replan(lease, Candidate(None), world.now, clock.wall())


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen after the planner has read the rows; counts how often it reads them all."""
    inner, todo, read = replanning.stand, [], []

    def reading(*args, **kwargs):
        standing = inner(*args, **kwargs)
        read.append(standing)
        while todo:
            todo.pop()()
        return standing

    def let(what):
        monkeypatch.setattr(replanning, "stand", reading)
        todo.append(what)
        return read

    return let


def test_an_accept_meanwhile_is_in_the_plan_that_was_being_drafted(world, meanwhile):
    bob = world.accept("Bob", place=STADIUM)
    # So old a plan is published whether anything moved or not.
    world.wait(minutes=11)
    offer = world.offer("Alice")
    read = meanwhile(lambda: accept_offer(world.caller("Alice"), offer.id, world.now, clock.wall()))
    published = publish(world)
    assert published is not None
    assert len(read) == 1, "the rows of all units are read once"
    document = find_document(world.area.id)
    assert (document.version, document.parts) == (published.version, ())
    served = {stop.request for _, stop in document.plan.iterate_stops() if stop.request}
    alice = ChargeRequest.objects.get(person=world.people["Alice"])
    assert served == {str(alice.id), str(bob.id)}
    assert audit().findings == []


def test_a_cancellation_meanwhile_is_not_undone(world, meanwhile):
    alice = world.accept("Alice")
    world.wait(minutes=11)
    meanwhile(lambda: cancel_request(world.caller("Alice"), alice.id, "", world.now, clock.wall()))
    publish(world)
    assert not Stop.objects.filter(request=alice).exists()
    assert str(alice.id) not in {request.id for request in find_document(world.area.id).problem.requests}
    assert audit().findings == []


def test_who_is_held_meanwhile_stays_where_it_is(world, meanwhile):
    alice = world.accept("Alice")
    now = world.wait(minutes=11)
    read = meanwhile(lambda: assign_due(world.area.id, now, 1))
    published = publish(world)
    assert published is not None
    assert len(read) == 1
    document = find_document(world.area.id)
    (request,) = document.problem.requests
    assert (request.id, request.unit is not None) == (str(alice.id), True)
    assert audit().findings == []


def test_whatever_else_changes_meanwhile_the_rows_are_read_anew(world, meanwhile):
    def change():
        with transaction.atomic():
            lock_area(world.area.id)

    world.accept("Alice")
    world.wait(minutes=11)
    read = meanwhile(change)
    publish(world)
    assert len(read) == 2


def test_whatever_is_accepted_or_cancelled_meanwhile_the_plan_holds(
    busy_world, django_db_blocker, monkeypatch
):
    """One unit runs late, and the draft says so: who is accepted on another does not stop it."""
    monkeypatch.setattr(replanning, "RENEWED", timedelta(0))
    followed = []
    with django_db_blocker.unblock():
        for seed in range(ROUNDS):
            with transaction.atomic():
                rng = Random(seed)
                # What was rolled back is still held.
                monkeypatch.setattr(documents, "_SHELF", documents._Shelf())
                busy_world.now = now = TEN + timedelta(seconds=rng.randrange(1, 30))
                let_run_late(rng.choice(list(busy_world.units.values())))
                draft = draft_solved(busy_world.area.id, solve(busy_world, now, seed), now)
                for _ in range(rng.choice([1, 2])):
                    change_something(busy_world, rng)
                then = None if draft is None else follow(draft, now)
                if then is not None:
                    followed.append(check(busy_world, then))
                transaction.set_rollback(True)
    assert len(followed) >= ROUNDS / 8
    assert len([units for units in followed if units]) >= 2, "they say something of another unit"


def let_run_late(unit):
    """What it does next was planned five minutes sooner than it can be."""
    times = ("depart_at", "arrive_at", "start_at", "end_at")
    rows = Stop.objects.filter(unit=unit, state="planned")
    rows.update(**{name: F(name) - timedelta(minutes=5) for name in times})


def solve(world, now, seed):
    standing = stand(world.area.id, now)
    return Candidate(reoptimise(standing.problem, standing.plan, Budget(iterations=3, seed=seed)))


def change_something(world, rng):
    planned = list(Stop.objects.filter(kind="serve", state="planned").order_by("id"))
    if rng.random() < 0.5 and planned:
        request = rng.choice(planned).request
        name = next(name for name, person in world.people.items() if person.id == request.person_id)
        cancel_request(world.caller(name), request.id, "", world.now, clock.wall())
        return
    name = f"Guest {rng.randrange(10**6)}"
    add_driver(world, name)
    # Units that are late may not come at all: then nothing changes.
    with suppress(OfferLost):
        world.accept(name, place=rng.choice(PLACES), energy_wh=3_000)


def check(world, draft):
    """Write a draft as the planner does; what is stored is what was judged."""
    lock_area(world.area.id)
    write_draft(draft, "publish", ["test"])
    found = Plan.objects.latest("version")
    document = draft.document
    assert (found.version, found.part_of) == (document.version, None)
    assert violations(document.problem, document.plan) == ()
    assert list_visits(document.plan) == list_rows(Timeline.from_text(document.problem.start_utc))
    return {row.unit_id for row in draft.changes.seen}

"""An accept changes one unit: its part is drafted and stored alone, and put into what every process holds."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dispatch import clock
from dispatch.models import Plan, Plug, Stop, UnitState
from dispatch.routing_bridge import documents, publishing
from dispatch.routing_bridge.accepting import Offered, draft_accepted
from dispatch.routing_bridge.demand import Spot
from dispatch.routing_bridge.documents import find_document, find_revised
from dispatch.routing_bridge.explaining import explain_request
from dispatch.routing_bridge.ground import read_ground, read_ground_of
from dispatch.routing_bridge.moving import preview_moves
from dispatch.routing_bridge.problem_from_db import build_problem
from dispatch.routing_bridge.standing import stand
from dispatch.routing_bridge.timeline import Timeline
from dispatch.services.audit import audit
from dispatch.services.freezing import assign_due
from dispatch.services.offers import accept_offer
from dispatch.services.requests import cancel_request
from routing.evaluation import violations
from tests.dispatch.bridge.test_standing import PLACES, begin_something, build_busy_world, disturb
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, PORT, STADIUM, TEN, add_driver, add_van, build_world

ROUNDS = 20


@pytest.fixture(scope="module")
def busy_world(django_db_setup, django_db_blocker):
    """Three vans that share their pack, and eight accepted requests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_busy_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(db):
    return build_world(vans=2)


def accept(world, name, place=CASINO):
    offer = world.offer(name, place=place)
    return accept_offer(world.caller(name), offer.id, world.now, clock.wall())


def list_visits(plan):
    return {(route.unit, stop.request, stop.start_s) for route, stop in plan.iterate_stops() if stop.request}


def list_rows(time):
    rows = Stop.objects.filter(kind="serve", state="planned")
    return {(str(row.unit_id), str(row.request_id), time.seconds(row.start_at)) for row in rows}


def test_whatever_the_world_has_come_to_a_part_holds(busy_world, django_db_blocker, monkeypatch):
    """Units late, empty, under way, plugs out of order: the part is judged, and what it is put into too."""
    monkeypatch.setattr(publishing, "RENEWED", timedelta(days=1))
    parts = []
    with django_db_blocker.unblock():
        for seed in range(ROUNDS):
            with transaction.atomic():
                now = (disturb if seed % 2 else go_on)(busy_world, Random(seed))
                parts += [
                    draft
                    for unit in busy_world.units.values()
                    if (draft := draft_for(busy_world, unit, now, seed)) and draft.part_of is not None
                ]
                transaction.set_rollback(True)
    for draft in parts:
        assert violations(draft.document.problem, draft.document.plan) == ()
        part = draft.document.parts[-1]
        assert violations(part.problem, part.plan) == ()
    assert len({draft.unit_id for draft in parts}) == len(busy_world.units)
    assert len(parts) >= ROUNDS, "on half of the days all goes well, and some unit can come"


def go_on(world, rng):
    """Let some minutes go by, with units on their way or at work as planned."""
    now = TEN + timedelta(minutes=rng.choice([0, 7, 20, 45]))
    UnitState.objects.update(pack_at=now, pack_wh=60_000)
    for state in UnitState.objects.select_related("unit"):
        begin_something(state, now, rng)
    return now


def draft_for(world, unit, now, seed):
    """Nora asks for a little, any time of the day, and one unit was offered to her."""
    demand = replace(
        next(iter(read_ground(world.area.id, now).demands.values())),
        id=uuid4(),
        spot=Spot(*PLACES[seed % len(PLACES)]),
        energy_wh=3_000,
        earliest=now,
        latest=now + timedelta(hours=9),
        limit=now + timedelta(hours=9),
    )
    offered = Offered(unit.id, find_document(world.area.id).version)
    return draft_accepted(world.area.id, demand, demand.limit, now, offered)


def test_an_accept_is_stored_as_a_part_of_the_plan_before(world):
    world.plan()
    whole = Plan.objects.latest("version")
    accept(world, "Alice")
    part = Plan.objects.latest("version")
    assert (whole.part_of, part.part_of) == (None, whole.version)
    problem, plan = documents.read_published(part)
    assert len(problem.units) == len({route.unit for route in plan.routes}) == 1
    assert audit().findings == []


def test_a_process_that_begins_reads_the_whole_plan_and_all_parts(world, monkeypatch):
    """What the writer holds, what another catches up with and what a third reads anew are the same."""
    world.plan()
    other = find_document(world.area.id)
    for name, place in (("Alice", CASINO), ("Bob", STADIUM)):
        accept(world, name, place)
    written = find_document(world.area.id)
    for held in (other, None):
        shelf = documents._Shelf()
        if held is not None:
            shelf.put(world.area.id, held)
        monkeypatch.setattr(documents, "_SHELF", shelf)
        found = find_document(world.area.id)
        assert (found.version, found.plan, found.problem) == (3, written.plan, written.problem)
        assert violations(found.problem, found.plan) == ()
        assert list_visits(found.plan) == list_rows(Timeline.from_text(found.problem.start_utc))


def test_after_a_while_an_accept_publishes_the_whole_plan_again(world):
    world.plan()
    world.wait(seconds=publishing.RENEWED.total_seconds() + 1)
    accept(world, "Alice")
    assert Plan.objects.latest("version").part_of is None


def test_the_planner_takes_up_what_was_accepted_in_parts(world):
    world.plan()
    accept(world, "Alice")
    accept(world, "Bob", PORT)
    standing = stand(world.area.id, world.now)
    assert violations(standing.whole, standing.plan) == ()
    assert len([stop for _, stop in standing.plan.iterate_stops() if stop.request]) == 2
    world.wait(seconds=publishing.RENEWED.total_seconds() + 1)
    world.plan()
    assert find_document(world.area.id).parts == ()


def test_two_units_do_not_meet_at_a_plug(world):
    """What others hold of a plug is taken, although their routes are not looked at."""
    world.plan()
    request = world.accept("Alice")
    visit = world.stop_of(request)
    other = next(unit for unit in world.units.values() if unit.id != visit.unit_id)
    Plug.objects.update(unit=None)
    plug = Plug.objects.earliest("name")
    begins, ends = visit.end_at + timedelta(hours=1), visit.end_at + timedelta(hours=2)
    Stop.objects.filter(id=visit.id).update(
        kind="recharge", request=None, plug=plug, depot=world.depot, start_at=begins, end_at=ends
    )
    time = Timeline.from_now(world.now)
    ground = read_ground_of(world.area.id, other.id, world.now, time)
    (seen,) = (one for one in build_problem(ground).plugs if one.id == str(plug.id))
    assert seen.busy == ((time.seconds(begins), time.seconds(ends)),)


def test_what_an_accept_asks_of_the_database_does_not_grow_with_the_fleet(world):
    counts = []
    for name in ("Alice", "Bob"):
        world.plan()
        offer = world.offer(name)
        with CaptureQueriesContext(connection) as asked:
            accept_offer(world.caller(name), offer.id, world.now, clock.wall())
        counts.append(len(asked))
        for van in ("Dauphin", "Etoile", "Felicite"):
            add_van(world, f"{van} {name}")
    assert counts[1] <= counts[0]


def test_of_what_was_accepted_in_a_part_every_unit_is_asked(world):
    """The part knows the ways of one unit alone: the others' are learnt before anybody says there is none."""
    world.plan()
    request = accept(world, "Alice", (43.7312, 7.4190))
    assert Plan.objects.latest("version").part_of is not None
    reasons = explain_request(world.area.id, request, world.now)
    assert [unit.code for unit in reasons.units] == [None, None]
    units = list(world.units.values())
    effects = preview_moves(world.area.id, request, [unit.id for unit in units], None, world.now)
    assert [effect.broken for effect in effects] == [(), ()]


def test_who_asks_where_a_part_has_been_is_offered_every_unit(world):
    """The part knows the ways of one unit to that place: the next one who asks there may get the other."""
    world.plan()
    first = accept(world, "Alice", (43.7312, 7.4190))
    quote = world.quote("Bob", place=(43.7312, 7.4190))
    taken = Stop.objects.get(request=first).unit_id
    assert {offer.unit_id for offer in quote.offers.all()} - {taken}


def test_two_who_were_offered_the_same_place_both_get_one(world):
    """What was offered to Bob is gone when he accepts: the desk names who else would come."""
    world.plan()
    alice, bob = (world.offer(name, place=(43.7312, 7.4190)) for name in ("Alice", "Bob"))
    for name, offer in (("Alice", alice), ("Bob", bob)):
        accept_offer(world.caller(name), offer.id, world.now, clock.wall())
    assert [plan.part_of for plan in Plan.objects.order_by("version")] == [None, 1, 2]
    assert len({stop.unit_id for stop in Stop.objects.filter(kind="serve")}) == 2


def test_when_the_roads_have_changed_the_whole_is_looked_at(world, monkeypatch):
    world.plan()
    offer = world.offer("Alice")
    monkeypatch.setattr("dispatch.routing_bridge.travel_book.name_dataset", lambda: "another")
    accept_offer(world.caller("Alice"), offer.id, world.now, clock.wall())
    assert Plan.objects.latest("version").part_of is None


def test_who_asks_at_a_known_place_is_served_after_a_stop_that_came_with_a_part(world):
    """Both units are on their way to places only parts know: from there to the car is asked of the roads."""
    world.accept("Alice", place=CASINO)
    world.wait(seconds=publishing.RENEWED.total_seconds() + 1)
    world.plan()
    for name, place in (("Bob", STADIUM), ("Nora", PORT)):
        if name not in world.cars:
            add_driver(world, name)
        accept(world, name, place)
    assert len(find_document(world.area.id).parts) == 2
    add_driver(world, "Zoe")
    assert world.offer("Zoe", place=CASINO)


def test_under_the_lock_the_desk_names_another_by_what_the_roads_said_before(world, monkeypatch):
    """Whoever lost every race gets a place though the offered one has gone; the roads are not asked."""
    world.plan()
    alice, bob = (world.offer(name, place=(43.7312, 7.4190)) for name in ("Alice", "Bob"))
    accept_offer(world.caller("Alice"), alice.id, world.now, clock.wall())
    monkeypatch.setattr("dispatch.services.areas.OPTIMISTIC", 0)
    accept_offer(world.caller("Bob"), bob.id, world.now, clock.wall())
    assert Plan.objects.latest("version").part_of == 2


def test_the_plan_knows_all_rows_until_something_else_than_a_part_is_written(world):
    """Only then an offer may be lost without a look at the rows: a cancellation may have freed somebody."""

    def known():
        return find_revised(world.area.id).says_all

    world.plan()
    first = accept(world, "Alice")
    assert known()
    cancel_request(world.caller("Alice"), first, "", world.now, clock.wall())
    assert known(), "whom that frees is in the plan at once"
    second = accept(world, "Alice")
    assert assign_due(world.area.id, world.now + timedelta(hours=1), 1)
    assert known(), "who is told that a unit comes frees nobody"
    Crew(world).do("depart", Stop.objects.get(request=second))
    assert not known()
    accept(world, "Bob", STADIUM)
    assert not known(), "a part does not know what the whole did not"
    world.plan()
    assert known()

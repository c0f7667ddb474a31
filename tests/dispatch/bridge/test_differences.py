"""Of every stop that a plan changes it is said what became of it and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.callers import Caller
from accounts.models import Operator
from accounts.roles import Role
from dispatch import clock
from dispatch.models import ChargeRequest, Plan, UnitState
from dispatch.routing_bridge.plan_to_db import build_changes
from dispatch.routing_bridge.standing import stand
from dispatch.selectors.visit_changes import list_visit_changes
from dispatch.services.requests import cancel_request
from routing.reoptimise import rebase
from tests.cast import make_person
from tests.small_world import CASINO, PORT, STADIUM


def compare(world, arrange=lambda visits: visits):
    """Lay a plan over the rows in which the visits of each route are arranged anew; say why, by request."""
    standing = stand(world.area.id, world.now)
    routes = tuple(
        replace(route, stops=tuple(arrange([stop for stop in route.stops if stop.kind == "serve"])))
        for route in standing.plan.routes
    )
    plan = rebase(standing.problem, replace(standing.plan, routes=routes))
    return {change.request_id: change for change in build_changes(standing.ground, plan).stops}


@pytest.fixture
def two(world):
    """Alice and Bob wait for the same van, one after the other."""
    UnitState.objects.filter(unit=world.units["Corail"]).update(activity="out_of_service")
    world.wait(minutes=11)
    world.plan()
    alice, bob = world.accept("Alice", place=CASINO), world.accept("Bob", place=STADIUM)
    return sorted((alice, bob), key=lambda row: world.stop_of(row).start_at)


def test_a_visit_that_now_comes_first_makes_room_for_itself(world, two):
    first, second = two
    said = compare(world, lambda visits: visits[::-1])
    assert (said[first.id].what, said[first.id].why, said[first.id].about) == (
        "moved",
        "made_room",
        second.id,
    )
    assert said[first.id].by_s > 0
    assert (said[second.id].why, said[second.id].about) == ("freed", first.id)
    assert said[second.id].by_s < 0


def test_a_visit_after_one_that_was_cancelled_is_earlier_because_of_it(world, two):
    first, second = two
    cancel_request(world.caller(first.person.name.split()[0]), first.id, "", world.now, clock.wall())
    (said,) = Plan.objects.latest("version").difference["stops"]
    assert (said["request"], said["why"], said["by_s"] < 0) == (str(second.id), "freed", True)
    second.refresh_from_db()
    assert second.cause == "freed"
    assert compare(world) == {}


def test_what_only_takes_longer_runs_late(world, two):
    first, _ = two
    world.wait(minutes=20)
    said = compare(world)
    assert (said[first.id].why, said[first.id].by_s) == ("running_late", 1200)


def test_what_is_planned_no_more_is_not_served(world, two):
    _, second = two
    standing = stand(world.area.id, world.now)
    kept = [request for request in standing.problem.requests if request.id != str(second.id)]
    plan = rebase(standing.problem.with_requests(kept), None)
    said = {change.request_id: change for change in build_changes(standing.ground, plan).stops}
    assert (said[second.id].what, said[second.id].why) == ("removed", "not_served")


def test_the_visits_of_a_unit_that_is_out_are_handed_over_because_of_it(world):
    alice = world.accept("Alice", place=PORT)
    first = world.stop_of(alice).unit
    UnitState.objects.filter(unit=first).update(activity="out_of_service")
    world.plan("unit.down")
    (change,) = [one for one in Plan.objects.latest("version").difference["stops"] if one["request"]]
    assert (change["what"], change["why"]) == ("handed_over", "unit_out")
    assert change["from_unit"] == str(first.id)
    assert ChargeRequest.objects.get(id=alice.id).cause == "unit_out"
    newest, accepted = list_visit_changes(world.caller("Dana"), world.area.id, alice.id)
    assert (newest["why"], newest["from_unit"]) == ("unit_out", first.name)
    assert newest["unit"] != first.name
    assert (accepted["what"], accepted["why"]) == ("added", "asked")


def test_nobody_elses_dispatcher_hears_why(world):
    alice = world.accept("Alice")
    otto = make_person("Otto", Operator.objects.create(name="Elsewhere Power"), Role.DISPATCHER)
    assert list_visit_changes(Caller.of_person(otto), world.area.id, alice.id) == []


def test_nothing_noticeable_is_said_of_what_stays(world, two):
    world.wait(seconds=20)
    said = compare(world)
    assert not [change for change in said.values() if abs(change.by_s) < timedelta(minutes=1).total_seconds()]

"""The planner's writing: leases, re-basing, and publishing only what matters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import Event, Plan, ReplanWanted, Stop
from dispatch.routing_bridge import replanning
from dispatch.routing_bridge.judging import judge_plan
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import stand
from dispatch.selectors.replan_times import ReplanTimes, find_replan_times
from dispatch.services.plans import publish_replan, renew_plan
from dispatch.services.replans import (
    LEASE,
    claim_replan,
    finish_replan,
    list_waiting,
    renew_lease,
    want_replan,
)
from dispatch.services.requests import cancel_request
from routing.reoptimise import Budget, reoptimise
from tests.dispatch.crew import Crew


def solve(world) -> Candidate:
    """Solve what stands now, as the solver server would."""
    standing = stand(world.area.id, world.now)
    return Candidate(reoptimise(standing.problem, standing.plan, Budget(iterations=5)))


def claim(world):
    want_replan(world.area.id, "test", clock.wall())
    lease = claim_replan(world.area.id, clock.wall())
    assert lease is not None
    return lease


def test_a_result_is_rebased_onto_what_happened_meanwhile(world):
    """While the solver thought, Alice cancelled, Bob's unit set out and Carl is new: all of it holds."""
    alice, bob = world.accept("Alice"), world.accept("Bob")
    lease, candidate = claim(world), solve(world)
    cancel_request(world.caller("Alice"), alice.id, "", world.now, clock.wall())
    under_way = Crew(world).do("depart", world.stop_of(bob))
    carl = world.accept("Alice")
    world.wait(minutes=2)
    publish_replan(lease, candidate, world.now, clock.wall())
    assert world.stop_of(carl).state == "planned"
    assert Stop.objects.get(id=under_way.id).state == "dispatched"
    assert not Stop.objects.filter(request=alice).exists()
    assert all(judge_plan(plan.id) == [] for plan in Plan.objects.all())


def test_nothing_is_written_without_the_lease(world):
    world.accept("Alice")
    lease, wall = claim(world), clock.wall()
    taken_over = claim_replan(world.area.id, wall + LEASE)
    assert taken_over is not None
    versions = Plan.objects.count()
    world.wait(minutes=30)
    assert publish_replan(lease, Candidate(None), world.now, wall) is None
    assert Plan.objects.count() == versions
    assert not renew_lease(lease, wall)
    assert not finish_replan(lease)
    assert publish_replan(taken_over, Candidate(None), world.now, wall) is not None


def test_one_worker_plans_an_area(world):
    claim(world)
    want_replan(world.area.id, "again", clock.wall())
    assert claim_replan(world.area.id, clock.wall()) is None
    assert list_waiting(clock.wall()) == []
    assert list_waiting(clock.wall() + LEASE) == [world.area.id]


def test_a_wish_that_comes_during_a_plan_is_not_covered_by_it(world):
    lease = claim(world)
    want_replan(world.area.id, "later", clock.wall())
    assert finish_replan(lease)
    row = ReplanWanted.objects.get()
    assert row.wanted == row.done + 1
    assert row.causes == ["later"]


def test_how_long_a_plan_has_been_wanted_counts_from_the_first_wish(world):
    begun = clock.wall()
    for seconds in range(3):
        want_replan(world.area.id, "test", begun + timedelta(seconds=seconds))
    assert ReplanWanted.objects.get().urgent_at == begun


def test_a_candidate_the_judge_refuses_is_dropped_for_the_running_plan(world, monkeypatch):
    request = world.accept("Alice")
    broken = stand(world.area.id, world.now).plan
    monkeypatch.setattr(replanning, "rebase", lambda problem, plan, *_: broken_by(plan))
    monkeypatch.setattr(replanning, "WORTH_MILLI", -(10**9))

    def broken_by(plan):
        return replace(plan, routes=())

    world.wait(minutes=2)
    published = publish_replan(claim(world), Candidate(broken), world.now, clock.wall())
    assert published is not None
    assert world.stop_of(request).state == "planned"
    assert judge_plan(Plan.objects.latest("version").id) == []


def test_a_plan_grown_old_is_wanted_anew(world):
    assert not renew_plan(world.area.id, world.now, clock.wall())
    world.wait(minutes=11)
    assert renew_plan(world.area.id, world.now, clock.wall())
    assert ReplanWanted.objects.get().causes == ["renewed"]


def test_who_hears_of_a_plan_are_those_it_moved(world):
    alice, bob = world.accept("Alice"), world.accept("Bob")
    Crew(world).do("depart", world.stop_of(alice))
    world.wait(minutes=20)
    before = Event.objects.filter(stream=f"request:{bob.id}").count()
    world.plan()
    moved = Plan.objects.latest("version").difference["moved"]
    heard = Event.objects.filter(stream=f"request:{bob.id}").count() - before
    assert heard == (str(world.stop_of(bob).id) in moved)


@pytest.mark.parametrize("writer", ["accept", "publish"])
def test_every_published_document_is_judged(world, writer):
    world.accept("Alice")
    world.wait(minutes=15)
    world.plan()
    plan = Plan.objects.filter(writer=writer).latest("version")
    assert judge_plan(plan.id) == []


def test_how_long_an_event_waited_for_its_plan_is_kept(world):
    """Two events, four and one seconds before: the plan that answers both counts from the first."""
    wall = clock.wall()
    want_replan(world.area.id, "unit.late", wall - timedelta(seconds=4))
    want_replan(world.area.id, "eta.drifted", wall - timedelta(seconds=1))
    lease = claim_replan(world.area.id, wall)
    world.wait(minutes=11)
    publish_replan(lease, Candidate(None), world.now, wall)
    # The world's first plan waited for nobody.
    assert find_replan_times(Caller.system(), wall) == ReplanTimes(count=2, p50_s=0.0, p95_s=4.0)


def test_an_accept_waits_for_nobody_and_counts_for_nothing(world):
    before = find_replan_times(Caller.system(), clock.wall())
    world.accept("Alice")
    assert find_replan_times(Caller.system(), clock.wall()) == before

"""What each way to run a fleet offers to who asks."""

from dataclasses import replace

import pytest

from routing.evaluation import violations
from routing.reoptimise import Budget, rebase
from routing.simulation.policies import Insertion, Live
from tests.routing.small_city import ask, at, city, van


@pytest.fixture
def running():
    """Van 1 is promised to a; van 2 could serve a as well, but has not the energy for b."""
    a = ask("a", "mill", 5, earliest_s=at("09:00"), latest_s=at("09:10"))
    problem = city(a, units=(van(kwh=50), van("van2", kwh=13, place="park")), plugs=())
    plan = rebase(problem, None)
    assert plan.find_stop("a")[0].unit == "van1"
    return problem, plan


B = ask("b", "port", 20, earliest_s=at("09:00"), latest_s=at("09:10"))


def test_insertion_moves_nobody_and_has_to_refuse(running):
    assert Insertion().offer(*running, B) is None


def test_live_makes_room_for_who_would_be_refused(running):
    offered = Live(Budget(iterations=50, seed=1)).offer(*running, B)
    assert (offered.unit, offered.plan.find_stop("a")[0].unit) == ("van1", "van2")
    assert at("09:00") <= offered.arrive_s <= at("09:10")


def test_room_is_not_made_at_the_cost_of_somebody_else(running):
    """For two who need van 1 at one time there is no room, whatever is moved."""
    problem, plan = running
    greedy = ask("a", "mill", 20, earliest_s=at("09:00"), latest_s=at("09:10"))
    asked = problem.with_requests([greedy])
    assert Live(Budget(iterations=50, seed=1)).offer(asked, rebase(asked, plan), B) is None


def test_nobody_is_moved_for_who_would_still_wait_long(running):
    problem, plan = running
    late = replace(B, earliest_s=problem.now_s, latest_s=at("12:00"), id="later")
    offered = Live(Budget(iterations=50, seed=1)).offer(problem, plan, late)
    assert offered is None or offered == Insertion().offer(problem, plan, late)


def test_a_live_fleet_waits_where_its_last_visit_was_and_is_home_in_time(running):
    problem, plan = running
    waiting = Live(Budget(iterations=50)).wait(problem, plan)
    [before] = [stop for route, stop in plan.iterate_stops() if route.unit == "van1" and stop.kind == "hold"]
    [after] = [
        stop for route, stop in waiting.iterate_stops() if route.unit == "van1" and stop.kind == "hold"
    ]
    assert (before.arrive_s, after.arrive_s) == (at("09:22"), at("16:00"))
    assert violations(problem, waiting) == ()
    assert Insertion().wait(problem, plan) == plan


def test_nobody_is_moved_for_who_is_reached_at_once(running):
    problem, plan = running
    soon = ask("c", "depot", 5)
    offered = Live(Budget(iterations=50, seed=1)).offer(problem, plan, soon)
    assert offered == Insertion().offer(problem, plan, soon)

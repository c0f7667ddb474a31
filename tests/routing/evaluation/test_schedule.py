"""From decisions to times: waiting where one stands, plugs that are not free yet, cost by goal."""

import pytest

from routing.evaluation import cost, schedule
from routing.evaluation.decisions import Decisions, RouteDecisions, Step, decisions_of
from routing.model.errors import InvalidProblem
from routing.model.plan import Goals, Unserved
from routing.model.problem import STRANDED
from tests.routing.small_city import ask, at, city, pause, plug, tell, van


def day(*steps: Step, unit: str = "van1") -> Decisions:
    return Decisions((RouteDecisions(unit, "day", steps),))


def test_a_unit_that_is_early_waits_where_it_stands():
    problem = city(ask("a", "mill", earliest_s=at("09:00")))
    stop = schedule(problem, day(Step("serve", "a"))).routes[0].stops[0]
    assert (stop.depart_s, stop.arrive_s, stop.start_s) == (at("08:58"), at("09:00"), at("09:00"))


def test_a_visit_waits_for_the_opening_that_is_long_enough():
    problem = city(ask("a", "mill", access=((0, at("08:20")), (at("09:00"), at("10:00")))))
    assert schedule(problem, day(Step("serve", "a"))).routes[0].stops[0].start_s == at("09:00")


def test_a_recharge_waits_for_its_turn():
    problem = city(units=(van(kwh=20),))
    plan = schedule(problem, day(Step("recharge", "plug", 10_000, at("08:40"))))
    assert tell(problem, plan) == ["van1: depot 08:40-09:00 recharge 10kWh > depot 09:00 (50 %)"]


def test_a_break_is_taken_where_the_unit_stands():
    problem = city(ask("a", "mill"), units=(van(breaks=(pause(),)),))
    plan = schedule(problem, day(Step("serve", "a"), Step("break", "lunch")))
    assert tell(problem, plan) == ["van1: mill 08:02 +10kWh > mill 10:00 break > depot 10:32 (66 %)"]


def test_the_end_of_the_way_home_is_the_end_of_the_shift():
    hold = schedule(city(), Decisions(())).routes[0].stops[-1]
    assert (hold.arrive_s, hold.end_s) == (0, at("16:00"))


def test_the_decisions_of_a_plan_give_the_plan_again():
    problem = city(ask("a", "mill"), ask("b", "port"), units=(van(breaks=(pause(),)),))
    steps = (Step("serve", "a"), Step("recharge", "plug", 4_000, at("08:50")), Step("break", "lunch"))
    plan = schedule(problem, Decisions(day(*steps).routes, (Unserved(request="b", code="fleet_saturated"),)))
    assert schedule(problem, decisions_of(plan)) == plan


def test_what_is_decided_about_nothing_is_refused():
    with pytest.raises(InvalidProblem, match="ghost"):
        schedule(city(), day(Step("serve", "ghost")))
    with pytest.raises(InvalidProblem, match="ghost"):
        schedule(city(), day(unit="ghost"))


def test_every_goal_has_its_price():
    van1 = van(cost_per_use_milli=7_000, pack={"target_wh": 50_000})
    told = ask("a", "mill", previous_unit="van9", promise_s=0, wait_milli_per_h=30_000)
    problem = city(told, ask("b", "port", priority=STRANDED), units=(van1,), plugs=(plug(),))
    missed = (Unserved(request="b", code="not_worth_it"),)
    goals = cost(problem, schedule(problem, Decisions(day(Step("serve", "a")).routes, missed))).goals
    assert goals == Goals(
        distance=800,  # 2 km at 0.40
        time=11_333,  # 4 min driving and 30 at the car, at 20 an hour
        unit_use=7_000,
        waiting=1_000,  # 2 min at 30 an hour
        promise=6_000,  # 2 min at 3
        change=5_000,
        unserved=240_000,  # stranded: four times 60
        low_pack=4_200,  # 50 - 39.5 kWh at 0.40
    )

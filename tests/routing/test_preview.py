"""What one manual move does: who comes when, what it costs, whom it shifts, or which rule it breaks."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.desk import Desk
from routing.evaluation import violations
from routing.model.errors import InvalidProblem
from routing.preview import Move, preview, preview_units
from routing.reoptimise import rebase
from tests.routing.small_city import MINUTE, ask, at, city, pause, plug, tell, van
from tests.routing.strategies import problems, wild_problems


@pytest.fixture
def two_vans():
    """Van 1 serves the mill at 08:02 and the port at 08:36; van 2 waits at the park."""
    problem = city(
        ask("a", "mill", promise_s=at("08:05"), unit="van1"),
        ask("b", "port", promise_s=at("08:40"), unit="van1"),
        units=(van(), van("van2", place="park", cost_per_use_milli=2_000)),
    )
    problem = problem.with_requests(replace(request, unit=None) for request in problem.requests)
    locked = problem.with_requests(replace(request, unit="van1") for request in problem.requests)
    return problem, rebase(locked, None)


def test_a_request_moves_to_another_unit_and_the_first_one_goes_home_earlier(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", "van2"))
    assert tell(problem, effect.plan) == [
        "van1: mill 08:02 +10kWh > depot 08:34 (66 %)",
        "van2: port 08:04 +10kWh > depot 08:40 (65 %)",
    ]
    assert (effect.moved.before_s, effect.moved.after_s) == (at("08:36"), at("08:04"))
    assert (effect.request.unit, effect.request.start_s) == ("van2", None)
    assert effect.shifted == effect.hurt == ()


def test_what_it_costs_is_told_goal_by_goal(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", "van2"))
    # Depot - mill - depot and park - port - depot are 2 + 5 blocks; before, it was 6 and park - depot.
    assert (effect.cost.goals.distance, effect.cost.goals.unit_use) == (0, 2_000)
    assert effect.cost.total_milli == effect.plan.cost.total_milli - plan.cost.total_milli
    assert effect.cost.total_milli == effect.cost.goals.total()


def test_the_lowest_pack_of_both_units_is_told(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", "van2"))
    # Van 1: 50 - 1.5 for six blocks - 20; then 50 - 0.5 - 10. Van 2: 50; then 50 - 1.25 - 10.
    assert [(low.unit, low.before_wh, low.after_wh) for low in effect.lows] == [
        ("van1", 28_500, 39_500),
        ("van2", 49_750, 38_750),
    ]


def test_a_time_is_held_from_the_first_start_that_can_be_met(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", "van1", from_s=at("09:30")))
    assert effect.stop.start_s == effect.request.start_s == at("09:30")
    late = preview(problem, plan, Move("b", "van1", from_s=at("08:20")))
    assert late.stop.start_s == at("08:36"), "the van is at the mill until 08:32, and four minutes away"


def test_a_promise_that_is_hurt_is_named_with_by_how_much(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", "van1", from_s=at("09:30")))
    assert [(shift.request, shift.hurt_s) for shift in effect.hurt] == [("b", 50 * MINUTE)]
    assert effect.cost.goals.promise == 50 * 3_000


def test_others_who_are_shifted_are_named_and_those_whose_promise_is_hurt_apart():
    problem = city(
        ask("a", "mill", latest_s=at("08:10"), unit="van2"),
        ask("b", "mill", promise_s=at("08:05"), latest_s=at("12:00"), unit="van1"),
        units=(van(), van("van2", place="park")),
    )
    plan = rebase(problem, None)
    effect = preview(problem, plan, Move("a", "van1"))
    [shift] = effect.shifted
    assert (shift.request, shift.before_s, shift.after_s) == ("b", at("08:02"), at("08:32"))
    assert effect.hurt == (shift,)
    assert shift.hurt_s == 27 * MINUTE


def test_given_to_nobody_it_costs_what_it_was_worth(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", None))
    assert [missed.request for missed in effect.plan.unserved] == ["b"]
    assert effect.cost.goals.unserved == 60_000 + 500_000
    assert (effect.moved.after_s, effect.stop) == (None, None)


def test_a_unit_that_can_never_come_says_which_rule_and_by_how_much():
    problem = city(
        ask("a", "mill", max_height_mm=1_950), units=(van(), van("high", height_mm=2_600, place="mill"))
    )
    effect = preview(problem, rebase(problem, None), Move("a", "high"))
    assert not effect.is_feasible
    assert [(found.rule, found.amount, found.measure) for found in effect.broken] == [("height", 650, "mm")]


def test_a_unit_that_is_busy_tells_the_position_that_comes_closest():
    problem = city(
        ask("first", "port", latest_s=at("08:06"), unit="van1"),
        ask("a", "mill", latest_s=at("08:10"), unit="van2"),
        units=(van(), van("van2")),
    )
    effect = preview(problem, rebase(problem, None), Move("a", "van1"))
    # Back from the port at 08:40, 30 minutes late; before it, the port would wait until 08:36: 30 as well.
    assert [(found.rule, found.amount) for found in effect.broken] == [("window", 30 * MINUTE)]


def test_a_time_after_the_window_is_late_by_the_difference(two_vans):
    problem, plan = two_vans
    effect = preview(problem, plan, Move("b", "van2", from_s=at("12:30")))
    assert [(found.rule, found.amount) for found in effect.broken] == [("window", 30 * MINUTE)]


def test_a_recharge_is_put_in_when_the_pack_would_not_last():
    problem = city(
        ask("a", "mill", 30, unit="van1"),
        ask("b", "mill", 30, unit="van2"),
        units=(van(), van("van2")),
    )
    effect = preview(problem, rebase(problem, None), Move("b", "van1"))
    assert "recharge" in tell(problem, effect.plan)[0]


def test_a_plug_that_another_unit_uses_is_not_taken_twice():
    busy = van("van2", kwh=10, pack={"target_wh": 60_000})
    problem = city(
        ask("a", "mill", 30, unit="van1"),
        ask("b", "park", 30, unit="van2", latest_s=at("13:00")),
        units=(van(kwh=40), busy),
        plugs=(plug(),),
    )
    effect = preview(problem, rebase(problem, None), Move("b", "van1"))
    assert effect.is_feasible
    assert violations(_held(problem, effect), effect.plan) == ()


def test_a_plug_reserved_for_another_unit_is_left_alone(two_vans):
    problem, _ = two_vans
    problem = replace(problem, plugs=(plug(), plug("own", unit="van2")))
    effect = preview(problem, rebase(problem, None), Move("b", "van1"))
    assert all(stop.plug != "own" for route, stop in effect.plan.iterate_stops() if route.unit == "van1")


def test_a_unit_off_duty_has_no_place_for_it():
    problem = city(ask("a", "mill"), units=(van(), van("idle", shifts=())))
    effect = preview(problem, rebase(problem, None), Move("a", "idle"))
    assert [found.rule for found in effect.broken] == ["shift"]


def test_a_break_stays_where_it_must_be():
    problem = city(ask("a", "mill"), units=(van(breaks=(pause(),)), van("van2", place="port")))
    effect = preview(problem, rebase(problem, None), Move("a", "van1", from_s=at("10:10")))
    assert "break" in tell(problem, effect.plan)[0]


def test_all_units_at_once_are_each_as_if_asked_alone(two_vans):
    problem, plan = two_vans
    together = preview_units(problem, plan, "b", ("van1", "van2", None))
    assert together == [preview(problem, plan, Move("b", unit)) for unit in ("van1", "van2", None)]


@pytest.mark.parametrize("move", [Move("nobody", "van1"), Move("b", "nobody")])
def test_what_the_problem_does_not_have_is_said_to_be_unknown(two_vans, move):
    problem, plan = two_vans
    with pytest.raises(InvalidProblem, match="unknown"):
        preview(problem, plan, move)


@settings(max_examples=40)
@given(problems())
def test_every_effect_is_judged_and_adds_up(problem):
    plan = rebase(problem, None)
    for request in problem.requests[:2]:
        units = [unit.id for unit in problem.units]
        for effect in preview_units(problem, plan, request.id, [*units, None]):
            assert effect.is_feasible == (effect.broken == ())
            if effect.plan is not None:
                assert violations(_held(problem, effect), effect.plan) == ()
                assert effect.cost.total_milli == effect.plan.cost.total_milli - plan.cost.total_milli


def _held(problem, effect):
    return problem.with_requests(
        effect.request if request.id == effect.request.id else request for request in problem.requests
    )


def test_whatever_place_the_desk_proves_the_preview_finds():
    seen = Counter()

    @settings(max_examples=50)
    @given(st.one_of(problems(most_requests=4), wild_problems()))
    def look(problem):
        plan = rebase(problem, None)
        for request in problem.requests:
            desk = Desk(problem, plan, without=request.id)
            units = [unit.id for unit in problem.units]
            for effect in preview_units(problem, plan, request.id, units):
                asked = desk.take(replace(request, unit=None, start_s=None))
                is_served = asked.bind(effect.move.unit) and asked.find_cheapest() is not None
                assert effect.is_feasible or not is_served
                seen[is_served, effect.is_feasible] += 1

    look()
    assert min(seen[True, True], seen[False, False]) > 20

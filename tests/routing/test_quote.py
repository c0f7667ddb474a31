"""Answers to one more wish: early, cheap, proven; or a reason and what would help."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from routing.evaluation import violations
from routing.model.errors import TravelUnavailable
from routing.model.problem import Shift, Travel
from routing.quote import place_request, quote
from routing.reoptimise import rebase
from tests.routing.small_city import HOUR, ask, at, city, tell, van
from tests.routing.strategies import problems, requests


def answer(problem, request, **changes):
    return quote(problem, rebase(problem, None), request, **changes)


def test_the_first_offer_is_the_earliest_and_later_slots_are_cheaper_and_apart():
    early_bird = van("quick", place="mill", cost_per_h_milli=90_000)
    result = answer(city(units=(van(), early_bird)), ask("a", "mill", wait_milli_per_h=30_000))
    assert [(o.kind, o.unit) for o in result.offers] == [
        ("asap", "quick"),
        ("slot", "van1"),
        ("slot", "van1"),
    ]
    assert [o.arrive_s for o in result.offers] == [0, at("09:00"), at("10:00")]
    assert all(o.marginal_milli < result.offers[0].marginal_milli for o in result.offers[1:])
    assert result.refusal is None


def test_an_offer_says_when_the_car_is_ready_and_carries_the_whole_plan():
    problem = city(ask("a", "port", latest_s=at("08:10")))
    new = ask("b", "quay")
    [offer] = answer(problem, new, count=1).offers
    assert (offer.arrive_s, offer.ready_s) == (at("08:38"), at("09:08"))
    assert tell(problem, offer.plan) == ["van1: port 08:06 +10kWh > quay 08:38 +10kWh > depot 09:12 (48 %)"]
    assert offer.stop in offer.plan.routes[0].stops
    assert violations(problem.with_requests([*problem.requests, new]), offer.plan) == ()


def test_the_marginal_cost_is_what_the_plan_costs_more():
    problem = city(ask("a", "port", latest_s=at("08:10")))
    plan = rebase(problem, None)
    offer = place_request(problem, plan, ask("b", "quay"))
    assert offer is not None
    assert offer.marginal_milli == offer.plan.cost.total_milli - plan.cost.total_milli


def test_nobody_waits_longer_than_promised_for_a_new_wish():
    problem = city(ask("a", "port", promise_s=at("08:06")))
    [offer] = answer(problem, ask("b", "mill"), count=1).offers
    assert offer.plan.find_stop("a")[1].start_s == at("08:06")


def test_a_recharge_under_way_is_cut_short_for_a_wish():
    charging = van(kwh=30, pack={"target_wh": 60_000})
    problem = city(units=(replace(charging, state=replace(charging.state, plug="plug")),))
    before = rebase(problem, None)
    assert tell(problem, before) == ["van1: depot 08:00-09:00 recharge 30kWh > depot 09:00 (100 %)"]
    offer = place_request(problem, before, ask("a", "mill"))
    assert tell(problem, offer.plan) == [
        "van1: mill 08:02 +10kWh > depot 08:34-09:55 recharge 40.5kWh > depot 09:55 (100 %)"
    ]


def test_a_wish_that_is_in_the_plan_already_is_placed_anew():
    problem = city(ask("a", "mill"))
    plan = rebase(problem, None)
    [offer] = quote(problem, plan, problem.requests[0], count=1).offers
    assert tell(problem, offer.plan) == tell(problem, plan)


REFUSALS = {
    "window_infeasible": ask("a", "port", latest_s=300),
    "connector_mismatch": ask(
        "a", "mill", vehicle=replace(ask("a", "mill").vehicle, connectors=("chademo",))
    ),
    "power_too_low": ask("a", "mill", vehicle=replace(ask("a", "mill").vehicle, max_dc_w=0)),
    "energy_insufficient": ask("a", "mill", 58),
    "skill_missing": ask("a", "mill", kinds=("robot",)),
    "access_closed": ask("a", "mill", access=((0, 600),)),
    "no_unit_on_shift": ask("a", "mill", earliest_s=9 * HOUR, latest_s=10 * HOUR),
    "lock_conflict": ask("a", "mill", unit="resting"),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_names_the_reason_that_came_closest_and_every_units_own(code):
    units = (van(), van("resting", shifts=()))
    result = answer(city(units=units), REFUSALS[code])
    assert result.offers == ()
    assert [miss.unit for miss in result.refusal.per_unit] == ["van1", "resting"]
    if code == "lock_conflict":
        assert result.refusal.per_unit[0].code == code
    else:
        assert result.refusal.code == code


def test_height_and_site_are_told_by_how_much():
    robot = van("robot", kind="robot", mobility="on_site", site="garage", profile="foot")
    tall = van(height_mm=2_600)
    result = answer(city(units=(robot, tall)), ask("a", "mill", max_height_mm=1_950))
    assert result.refusal.code == "height_or_weight"
    assert [(m.rule, m.amount) for m in result.refusal.per_unit] == [("site", 1), ("height", 650)]


def test_a_busy_fleet_is_saturated_and_says_when_it_could_come():
    problem = city(ask("a", "mill", 20, latest_s=at("08:05"), promise_s=at("08:05")))
    result = answer(problem, ask("b", "mill", 20, latest_s=at("08:30")))
    assert result.refusal.code == "fleet_saturated"
    later = next(r for r in result.relaxations if r.kind == "later")
    # a ends at 08:52 and b's recharge-free start is then: 22 min after 08:30
    assert (later.amount, later.placement.arrive_s) == (22 * 60, at("08:52"))


def test_less_energy_is_offered_when_the_pack_does_not_hold_more():
    result = answer(city(units=(van(kwh=20),), plugs=()), ask("a", "mill", 20))
    less = next(r for r in result.relaxations if r.kind == "less_energy")
    # 20 - 0.5 on the way - 6 reserve = 13.5 kWh at most
    assert 13_000 <= less.placement.request.energy_wh <= 13_500
    assert less.amount == 20_000 - less.placement.request.energy_wh


def test_nothing_helps_where_no_unit_works():
    result = answer(city(units=()), ask("a", "mill"))
    assert (result.refusal.code, result.relaxations) == ("no_unit_on_shift", ())


def test_a_shift_that_begins_later_is_waited_for():
    late = van(shifts=(Shift(id="late", start_s=2 * HOUR, end_s=8 * HOUR, end_place="depot"),))
    [offer] = answer(city(units=(late,)), ask("a", "mill"), count=1).offers
    assert offer.arrive_s == at("10:02")


def test_without_travel_times_nothing_is_promised():
    problem = city()
    lost = replace(problem, travel=Travel(provider="great_circle"))
    with pytest.raises(TravelUnavailable):
        quote(lost, rebase(problem, None), ask("a", "mill"))


@settings(max_examples=40)
@given(problems(most_requests=4), requests("new"))
def test_every_offer_is_proven_and_hurts_no_promise(problem, new):
    plan = rebase(problem, None)
    result = quote(problem, plan, new)
    assert bool(result.offers) != bool(result.refusal)
    for placed in (*result.offers, *(r.placement for r in result.relaxations)):
        asked = problem.with_requests([*problem.requests, placed.request])
        assert violations(asked, placed.plan) == ()
        late_s = 0 if new.promise_s is None else max(0, placed.arrive_s - new.promise_s)
        own_milli = late_s * problem.weights.promise_milli_per_min // 60
        assert placed.plan.cost.goals.promise - own_milli <= plan.cost.goals.promise
        served = {stop.request for _, stop in plan.iterate_stops() if stop.request}
        assert served <= {stop.request for _, stop in placed.plan.iterate_stops()}

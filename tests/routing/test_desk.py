"""A desk: one plan answers one wish after the other, each proven by the one route that changes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.desk import Desk
from routing.evaluation import cost, violations
from routing.evaluation.spur import Spur
from routing.model.problem import Place, Shift
from routing.reoptimise import rebase
from tests.routing.small_city import BLOCK_M, BLOCK_S, GRID, ask, at, blocks, city, plug, rush_hour, tell, van
from tests.routing.strategies import problems, requests


def desk_of(problem, **how):
    return Desk(problem, rebase(problem, None), **how)


def spur_to(place: str, **changes) -> Spur:
    """The ways between a place that no matrix has, and all that it has."""
    others = [name for name in GRID if name != place]
    hops = {name: (blocks(place, name) * BLOCK_M, (blocks(place, name) * BLOCK_S,)) for name in others}
    return Spur(**({"place": Place(id="new"), "there": {"car": hops}, "back": {"car": hops}} | changes))


@settings(max_examples=60)
@given(problems(most_requests=4), requests("new"))
def test_what_a_desk_finds_is_proven_and_costs_what_it_says(problem, new):
    plan = rebase(problem, None)
    placed = Desk(problem, plan).take(new).find_cheapest()
    if placed is None:
        return
    whole = problem.with_requests([*problem.requests, new])
    assert violations(whole, placed.plan) == ()
    assert cost(whole, placed.plan) == placed.plan.cost
    assert placed.marginal_milli == placed.plan.cost.total_milli - plan.cost.total_milli
    assert placed.plan.cost.goals.promise <= plan.cost.goals.promise


@settings(max_examples=60)
@given(problems(most_requests=4), requests("new"), st.data())
def test_judging_one_unit_finds_what_judging_the_whole_plan_finds(problem, new, data):
    desk = Desk(problem, rebase(problem, None))
    asked = desk.take(new)
    placed = asked.find_cheapest()
    if placed is None:
        return
    routes = [route for route in placed.plan.routes if route.unit == placed.unit]
    spoilt = data.draw(st.sampled_from(range(len(routes))))
    stops = list(routes[spoilt].stops)
    at_stop = data.draw(st.sampled_from(range(len(stops))))
    field = data.draw(st.sampled_from(["start_s", "end_s", "energy_wh", "pack_after_wh", "depart_s"]))
    stops[at_stop] = replace(
        stops[at_stop], **{field: getattr(stops[at_stop], field) + data.draw(st.integers(-9_000, 9_000))}
    )
    if data.draw(st.booleans()):
        del stops[at_stop]
    routes[spoilt] = replace(routes[spoilt], stops=tuple(stops))
    rows = {(route.unit, route.shift): route for route in routes}
    spoilt_plan = replace(
        placed.plan, routes=tuple(rows.get((r.unit, r.shift), r) for r in placed.plan.routes)
    )
    whole = problem.with_requests([*problem.requests, new])
    unit = asked.facts.units[placed.unit]
    found = desk.standing.violations(asked.facts, unit, routes, "new")
    assert sorted(map(str, found)) == sorted(map(str, violations(whole, spoilt_plan)))


def test_wishes_come_and_go_without_a_trace():
    problem = city(ask("a", "port", latest_s=at("08:10")), units=(van(), van("van2", place="mill")))
    desk = desk_of(problem)
    first = desk.take(ask("b", "quay")).find_cheapest()
    desk.take(ask("c", "mill", 40, access=((at("10:00"), at("11:30")),))).find_soonest()
    assert desk.take(ask("b", "quay")).find_cheapest() == first


def test_opening_hours_hold_for_one_wish_alone():
    desk = desk_of(city())
    assert desk.take(ask("a", "mill", access=((at("10:00"), at("12:00")),))).find_soonest().arrive_s == at(
        "10:00"
    )
    assert desk.take(ask("b", "mill")).find_soonest().arrive_s == at("08:02")


def test_of_many_windows_the_cheapest_are_offered_in_the_order_of_time():
    dear = van("dear", place="mill", cost_per_h_milli=90_000)
    short = replace(
        van(), shifts=(Shift(id="noon", start_s=at("10:00"), end_s=at("13:00"), end_place="depot"),)
    )
    desk = desk_of(city(units=(dear, short)))
    windows = [(at(f"{hour:02d}:00"), at(f"{hour:02d}:30")) for hour in range(8, 14)]
    places = desk.list_places(ask("b", "quay"), windows, count=2)
    assert [(place.unit, place.arrive_s) for place in places] == [
        ("van1", at("10:04")),
        ("van1", at("11:00")),
    ]


def test_a_window_too_soon_gets_nothing():
    desk = desk_of(city())
    assert desk.list_places(ask("b", "quay"), [(at("08:00"), at("08:01"))]) == []


def test_a_place_at_the_end_of_a_spur_is_as_good_as_one_in_the_matrix():
    problem = city(ask("a", "port", latest_s=at("08:10")))
    in_matrix = desk_of(problem).take(ask("b", "quay")).find_cheapest()
    at_spur = desk_of(problem).take(ask("b", "new"), spur_to("quay")).find_cheapest()
    assert (at_spur.arrive_s, at_spur.marginal_milli) == (in_matrix.arrive_s, in_matrix.marginal_milli)
    assert tell(problem, at_spur.plan) == [
        line.replace("quay", "new") for line in tell(problem, in_matrix.plan)
    ]


def test_a_spur_without_a_way_back_leads_nobody_astray():
    desk = desk_of(city(ask("a", "port", latest_s=at("08:10"))))
    astray = spur_to("quay", back={"car": {}})
    asked = desk.take(ask("b", "new"), astray)
    assert asked.find_cheapest() is None
    assert asked.diagnose().per_unit[0].rule in ("reach", "way_to_plug")


def test_a_spur_has_its_times_of_day():
    problem = rush_hour(city(), (at("09:00"), 600))
    ways = {
        n: (blocks("quay", n) * BLOCK_M, (blocks("quay", n) * BLOCK_S, blocks("quay", n) * 600)) for n in GRID
    }
    spur = spur_to("quay", there={"car": ways}, back={"car": ways})
    wish = ask("b", "quay", earliest_s=at("10:00"))
    in_matrix = desk_of(problem).take(wish).find_cheapest()
    at_spur = desk_of(problem).take(replace(wish, place="new"), spur).find_cheapest()
    assert (at_spur.stop.depart_s, at_spur.marginal_milli) == (
        in_matrix.stop.depart_s,
        in_matrix.marginal_milli,
    )


def test_the_earliest_arrival_is_not_always_the_cheapest():
    desk = desk_of(
        city(units=(van(cost_per_km_milli=100), van("dear", place="quay", cost_per_km_milli=9_000)))
    )
    asked = desk.take(ask("a", "port"))
    assert (asked.find_cheapest().unit, asked.find_soonest().unit) == ("van1", "dear")


@pytest.mark.parametrize("settle", [False, True])
def test_without_units_nobody_comes(settle):
    desk = desk_of(city(units=()), settle=settle)
    asked = desk.take(ask("a", "mill"))
    assert asked.find_soonest() is None
    assert asked.diagnose().code == "no_unit_on_shift"


def test_a_turn_at_a_shared_plug_is_never_taken_twice():
    crowded = city(
        ask("a", "mill", 30, latest_s=at("09:00")),
        units=(van(kwh=20), van("van2", kwh=20)),
        plugs=(plug("plug"),),
    )
    desk = desk_of(crowded)
    for energy in (10, 20, 30):
        placed = desk.take(ask("b", "quay", energy)).find_cheapest()
        whole = crowded.with_requests([*crowded.requests, placed.request])
        assert violations(whole, placed.plan) == ()


@settings(max_examples=40)
@given(problems(most_requests=4), requests("new"))
def test_what_was_found_is_found_again_when_the_window_ends_just_after_it(problem, new):
    """A recharge that is planned long is cut short for whom it serves next: it stands in nobody's way."""
    desk = Desk(problem, rebase(problem, None))
    found = desk.take(new).find_soonest()
    if found is not None:
        narrow = replace(new, latest_s=found.arrive_s + 60)
        again = desk.take(narrow).find_cheapest()
        assert again is not None
        assert again.arrive_s <= narrow.latest_s


def test_a_long_recharge_ahead_is_cut_short_for_somebody_in_a_hurry():
    """The van would fill up to the brim; served between recharge and visit, a car is reached in time."""
    later = ask("a", "port", kwh=30, earliest_s=at("09:45"), latest_s=at("09:50"))
    problem = city(later, units=(van(kwh=20),))
    plan = rebase(problem, None)
    recharge = next(stop for _, stop in plan.iterate_stops() if stop.kind == "recharge")
    hurried = ask("b", "quay", kwh=5, earliest_s=at("08:45"), latest_s=at("09:00"))
    assert recharge.end_s > hurried.latest_s
    found = Desk(problem, plan).take(hurried).find_cheapest()
    assert found is not None
    assert found.arrive_s <= hurried.latest_s

"""Each rule alone: a good plan, and a world in which one thing about it does not hold, by so much."""

from dataclasses import replace

import pytest

from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.model.plan import Plan, Unserved
from routing.model.problem import Grid, Place, Plug, Problem, Profile, Shift, Travel
from routing.model.rules import RULES
from tests.routing.small_city import GRID, HOUR, ask, at, city, pause, plug, van

SERVE_A, SERVE_B = 0, 1
RECHARGE, LUNCH, HOME = 2, 3, 4


def good_problem() -> Problem:
    return city(
        ask("a", "mill"),
        ask("b", "port"),
        units=(van(breaks=(pause(),)), van("van2", place="park", kwh=60)),
        plugs=(plug(), plug("other", place="park")),
    )


def good_plan(problem: Problem | None = None) -> Plan:
    """van1: mill 08:02 > port 08:36 > depot 09:12-09:42 recharge 15kWh > depot 10:00 break > depot 10:30"""
    steps = (
        Step("serve", "a"),
        Step("serve", "b"),
        Step("recharge", "plug", 15_000),
        Step("break", "lunch"),
    )
    return schedule(problem or good_problem(), Decisions((RouteDecisions("van1", "day", steps),)))


def judge(problem: Problem, plan: Plan) -> list[tuple[str, int]]:
    return [(found.rule, found.amount) for found in violations(problem, plan)]


def with_request(name: str, **changes: object) -> Problem:
    problem = good_problem()
    requests = [replace(r, **changes) if r.id == name else r for r in problem.requests]
    return replace(problem, requests=tuple(requests))


def with_van(**changes: object) -> Problem:
    problem = good_problem()
    return replace(problem, units=(replace(problem.units[0], **changes), *problem.units[1:]))


def with_plug(**changes: object) -> Problem:
    problem = good_problem()
    return replace(problem, plugs=(replace(problem.plugs[0], **changes), *problem.plugs[1:]))


def with_grid(power_w: int, *steps: tuple[int, int], beside: Plug | None = None) -> Problem:
    """The recharge at 09:12-09:42 hangs on this grid."""
    problem = good_problem()
    plugs = (problem.plugs[0], beside or problem.plugs[1])
    grids = (Grid(id="grid", power_w=power_w, steps=steps),)
    return replace(problem, grids=grids, plugs=tuple(replace(p, grid="grid") for p in plugs))


def with_shift(**changes: object) -> Problem:
    return with_van(shifts=(replace(good_problem().units[0].shifts[0], **changes),))


def with_stop(index: int, **changes: object) -> Plan:
    plan = good_plan()
    route = plan.routes[0]
    stops = [replace(s, **changes) if i == index else s for i, s in enumerate(route.stops)]
    return replace(plan, routes=(replace(route, stops=tuple(stops)), *plan.routes[1:]))


def without_stop(index: int) -> Plan:
    plan = good_plan()
    route = plan.routes[0]
    stops = route.stops[:index] + route.stops[index + 1 :]
    return replace(plan, routes=(replace(route, stops=stops), *plan.routes[1:]))


def with_lunch(earliest: str, latest: str) -> Problem:
    return with_shift(breaks=(pause(earliest=earliest, latest=latest),))


def with_vehicle(**changes: object) -> Problem:
    return with_request("a", vehicle=replace(good_problem().requests[0].vehicle, **changes))


def with_hole(origin: str, target: str) -> Problem:
    problem = good_problem()
    names = list(GRID)
    car = problem.travel.profiles["car"]
    rows = [list(row) for row in car.durations_s]
    rows[names.index(origin)][names.index(target)] = None
    holed = Profile(durations_s=tuple(map(tuple, rows)), distances_m=car.distances_m)
    return replace(problem, travel=Travel(profiles={"car": holed}))


def with_site(name: str) -> Problem:
    problem = with_van(mobility="on_site", site="garage")
    places = tuple(Place(id=p.id, site=None if p.id == name else "garage") for p in problem.places)
    return replace(problem, places=places)


WORLDS = {
    "window: latest start 60 s sooner": ("window", 60, lambda: with_request("b", latest_s=at("08:35"))),
    "window: earliest start 60 s later": ("window", 60, lambda: with_request("b", earliest_s=at("08:37"))),
    "finish_by: it ends at 09:06": ("finish_by", 30, lambda: with_request("b", finish_by_s=at("09:06") - 30)),
    "access: it opens 10 s after the start": ("access", 10, lambda: with_request("a", access=((130, 9999),))),
    "access: it closes 5 s before the end": ("access", 5, lambda: with_request("a", access=((0, 1915),))),
    "shift: home at 10:30 and not at 10:25": ("shift", 300, lambda: with_shift(end_s=at("10:25"))),
    "break: it began 5 min too late": ("break", 300, lambda: with_lunch("09:30", "09:55")),
    "break: it began 5 min too soon": ("break", 300, lambda: with_lunch("10:05", "11:00")),
    "recharge_power: 25 kW take 36 min": ("recharge_power", 360, lambda: with_plug(power_w=25_000)),
    "plug_conflict: 09:40 to 09:42": ("plug_conflict", 120, lambda: with_plug(busy=((6_000, 9_000),))),
    "grid_power: 30 kW from 25": ("grid_power", 5_000, lambda: with_grid(25_000)),
    "grid_power: 20 kW from 09:30 on": ("grid_power", 10_000, lambda: with_grid(50_000, (5_400, 20_000))),
    "grid_power: another plug draws 11 kW": ("grid_power", 1_000, lambda: with_grid(
        40_000, beside=plug("other", place="park", power_w=11_000, busy=((0, 5_000),)))),
    "plug_reserved: for van2": ("plug_reserved", 1, lambda: with_plug(unit="van2")),
    "connector": ("connector", 1, lambda: with_vehicle(connectors=("chademo",))),
    "voltage: 200 V too high": ("voltage", 200, lambda: with_vehicle(voltage_v=1_200)),
    "power: the car takes none": ("power", 30_000, lambda: with_vehicle(max_dc_w=0, connectors=("ccs2",))),
    "height: 150 mm too high": ("height", 150, lambda: with_request("a", max_height_mm=0)),
    "weight: 100 kg too heavy": ("weight", 100, lambda: with_request("a", max_weight_kg=3_000)),
    "kind": ("kind", 1, lambda: with_request("a", kinds=("robot",))),
    "site": ("site", 1, lambda: with_site("port")),
    "reach": ("reach", 1, lambda: with_hole("mill", "port")),
    "lock: to another unit": ("lock", 1, lambda: with_request("a", unit="van2")),
    "lock: to another time": ("lock", 60, lambda: with_request("b", start_s=at("08:37"))),
    "missing: nobody serves c": ("missing", 1, lambda: city(
        *good_problem().requests, ask("c", "quay"), units=good_problem().units, plugs=good_problem().plugs)),
}  # fmt: skip


def test_the_good_plan_is_good():
    assert judge(good_problem(), good_plan()) == []


@pytest.mark.parametrize("case", WORLDS)
def test_in_this_world_one_rule_breaks_by_so_much(case):
    rule, amount, make = WORLDS[case]
    problem = make()
    if rule == "height":
        problem = replace(problem, units=(replace(problem.units[0], height_mm=150), *problem.units[1:]))
    if rule == "weight":
        problem = replace(problem, units=(replace(problem.units[0], weight_kg=3_100), *problem.units[1:]))
    found = judge(problem, good_plan())
    if rule == "power":  # without charging, the stated end is only too late, which is no fault
        found = [pair for pair in found if pair[0] == "power"]
    if rule == "connector":
        found = [pair for pair in found if pair[0] == "connector"]
    assert found == [(rule, amount)]


def stop_of(index: int):
    return good_plan().routes[0].stops[index]


PLANS = {
    "timing: leaves 1 min too soon": (
        [("timing", 60)],
        lambda: with_stop(SERVE_B, depart_s=at("08:31"), arrive_s=at("08:36")),
    ),
    "timing: drives 2 min too fast": ([("timing", 120)], lambda: with_stop(SERVE_B, arrive_s=at("08:34"))),
    "timing: starts before it is there": (
        [("timing", 30)],
        lambda: with_stop(SERVE_A, depart_s=30, arrive_s=150, start_s=120),
    ),
    "timing: charges 1 min too short": ([("timing", 60)], lambda: with_stop(SERVE_B, end_s=at("09:05"))),
    "energy: delivers 1 kWh less than asked": (
        [("energy", 1000)],
        lambda: with_stop(SERVE_A, energy_wh=9_000),
    ),
    "continuity: 100 Wh from nowhere": (
        [("continuity", 100), ("continuity", 100)],
        lambda: with_stop(HOME, pack_before_wh=stop_of(HOME).pack_before_wh + 100),
    ),
    "continuity: serves at the wrong place": (
        [("continuity", 1), ("continuity", 250), ("timing", 120), ("continuity", 250)],
        lambda: with_stop(SERVE_A, place="quay"),
    ),
    "break: left out": ([("break", 1800)], lambda: without_stop(LUNCH)),
    "missing: no way home": ([("missing", 1)], lambda: without_stop(HOME)),
    "missing: nobody serves a": (
        [("continuity", 10_000), ("timing", 120), ("missing", 1)],
        lambda: without_stop(SERVE_A),
    ),
    "unknown_reference: a request": ([("unknown_reference", 1)], lambda: with_stop(SERVE_A, request="ghost")),
    "unknown_reference: a plug": ([("unknown_reference", 1)], lambda: with_stop(RECHARGE, plug="ghost")),
    "unknown_reference: a break": (
        [("unknown_reference", 1), ("break", 1800)],
        lambda: with_stop(LUNCH, break_id="ghost"),
    ),
    "unknown_reference: a unit": (
        [("unknown_reference", 1)],
        lambda: replace(
            good_plan(), routes=(replace(good_plan().routes[0], unit="ghost"), good_plan().routes[1])
        ),
    ),
    "unknown_reference: serves nothing": (
        [("unknown_reference", 1), ("missing", 1)],
        lambda: with_stop(SERVE_A, request=None),
    ),
    "duplicate: served and not served": (
        [("duplicate", 1)],
        lambda: replace(good_plan(), unserved=(Unserved(request="a", code="fleet_saturated"),)),
    ),
    "duplicate: a route twice": (
        [("duplicate", 1), ("duplicate", 1), ("duplicate", 1), ("plug_conflict", 1800)],
        lambda: replace(good_plan(), routes=(*good_plan().routes, good_plan().routes[0])),
    ),
    "missing: a unit has no route": (
        [("missing", 1)],
        lambda: replace(good_plan(), routes=good_plan().routes[:1]),
    ),
}


@pytest.mark.parametrize("case", PLANS)
def test_a_plan_that_is_tampered_with_is_caught(case):
    expected, make = PLANS[case]
    found = judge(good_problem(), make())
    assert sorted(found) == sorted(expected)


def test_energy_is_broken_by_what_misses_to_the_reserve():
    # 29.25 kWh after b, 28.5 on arrival at the depot; the plug at the park would have been nearer
    problem = with_van(pack=replace(van().pack, reserve_wh=28_600))
    assert judge(problem, good_plan()) == [("energy", 100)]


def test_way_to_plug_is_broken_by_what_misses_to_the_nearest_refuge():
    # van1 ends at mill with 6.1 kWh: 250 Wh to the depot would leave 5.85, the reserve is 6.
    problem = city(ask("a", "mill", 10), units=(van(kwh=16.35),))
    plan = schedule(problem, Decisions((RouteDecisions("van1", "day", (Step("serve", "a"),)),)))
    assert judge(problem, plan) == [("way_to_plug", 150), ("energy", 150)]


def test_two_units_at_one_plug_break_it_by_their_overlap():
    problem = city(units=(van(kwh=20), van("van2", kwh=20)))
    charge = Step("recharge", "plug", 15_000)
    later = replace(charge, not_before_s=20 * 60)
    routes = (RouteDecisions("van1", "day", (charge,)), RouteDecisions("van2", "day", (later,)))
    assert judge(problem, schedule(problem, Decisions(routes))) == [("plug_conflict", 600)]


def test_a_recharge_beyond_the_pack_breaks_energy():
    problem = city(units=(van(kwh=50),))
    routes = (RouteDecisions("van1", "day", (Step("recharge", "plug", 12_000),)),)
    found = judge(problem, schedule(problem, Decisions(routes)))
    assert found == [("energy", 2_000), ("energy", 2_000)]


def test_what_the_state_breaks_already_is_not_the_plans_fault():
    # two minutes from home, one minute before the end of the shift, under the reserve: going home is right
    late = van(kwh=5, place="mill", at_s=8 * HOUR - 60)
    problem = city(units=(late,))
    assert judge(problem, schedule(problem, Decisions(()))) == []


def test_a_break_that_can_no_longer_be_taken_is_not_missed():
    late = van(at_s=at("11:01"), breaks=(pause(),))
    problem = city(units=(late,))
    assert judge(problem, schedule(problem, Decisions(()))) == []


def test_a_pack_rests_between_two_shifts():
    day = Shift(id="day", start_s=0, end_s=2 * HOUR, start_place="depot")
    night = Shift(id="night", start_s=4 * HOUR, end_s=8 * HOUR, start_place="depot")
    tired = van(kwh=20, shifts=(day, night), rest_w=5_000)
    problem = city(ask("a", "depot", 23, earliest_s=4 * HOUR, latest_s=5 * HOUR), units=(tired,))
    routes = (RouteDecisions("van1", "night", (Step("serve", "a"),)),)
    plan = schedule(problem, Decisions(routes))
    assert judge(problem, plan) == []  # 20 + 2 h * 5 kW - 23 = 7 kWh
    assert plan.routes[1].stops[-1].pack_after_wh == 7_000


def test_home_in_overtime_is_good_and_has_its_price():
    problem = with_shift(end_s=at("10:25"), overtime_s=300)
    plan = good_plan(problem)
    assert judge(problem, plan) == []
    assert plan.cost.goals.overtime == 2_500  # 5 min at 30 an hour
    assert judge(with_shift(end_s=at("10:25"), overtime_s=240), plan) == [("shift", 60)]


def test_the_plugs_of_a_grid_are_added_up_over_units():
    sockets = (plug(grid="grid"), plug("other", place="park", power_w=11_000, grid="grid"))
    fleet = (van(kwh=20), van("van2", kwh=20, place="park"))
    first = RouteDecisions("van1", "day", (Step("recharge", "plug", 15_000),))
    second = RouteDecisions("van2", "day", (Step("recharge", "other", 5_000, 600),))
    for power_w, expected in ((41_000, []), (40_000, [("grid_power", 1_000)])):
        problem = city(units=fleet, plugs=sockets, grids=(Grid(id="grid", power_w=power_w),))
        assert judge(problem, schedule(problem, Decisions((first, second)))) == expected


def test_one_plug_after_the_other_draws_no_more_than_one():
    sockets = (plug(grid="grid"), plug("other", grid="grid"))
    fleet = (van(kwh=20), van("van2", kwh=20))
    first = RouteDecisions("van1", "day", (Step("recharge", "plug", 15_000),))
    second = RouteDecisions("van2", "day", (Step("recharge", "other", 5_000, 1_800),))
    problem = city(units=fleet, plugs=sockets, grids=(Grid(id="grid", power_w=30_000),))
    assert judge(problem, schedule(problem, Decisions((first, second)))) == []


BROKEN = plug("other", place="park", grid="grid", busy=((0, 24 * HOUR),))


def test_a_plug_that_is_out_of_order_is_no_refuge():
    # After a 17.35 - 0.75 - 10 = 6.6 kWh stand at the port; the park is two blocks away, the depot three.
    steps = (RouteDecisions("van1", "day", (Step("serve", "a"), Step("recharge", "other", 10_000))),)
    problem = city(
        ask("a", "port"), units=(van(kwh=17.35),), plugs=(plug(), plug("other", place="park", grid=None))
    )
    plan = schedule(problem, Decisions(steps))
    assert judge(problem, plan) == []
    broken = replace(problem, plugs=(plug(), replace(BROKEN, grid=None)))
    assert ("way_to_plug", 150) in judge(broken, plan)


def test_a_plug_that_is_out_of_order_draws_nothing():
    problem = city(
        units=(van(kwh=20),), plugs=(plug(grid="grid"), BROKEN), grids=(Grid(id="grid", power_w=30_000),)
    )
    steps = (RouteDecisions("van1", "day", (Step("recharge", "plug", 15_000),)),)
    assert judge(problem, schedule(problem, Decisions(steps))) == []


def test_a_trailer_that_is_placed_serves_only_where_it_stands():
    trailer = van(kind="trailer", mobility="placed", place="mill")
    problem = city(ask("a", "mill"), ask("b", "quay"), units=(trailer,))
    day = (RouteDecisions("van1", "day", (Step("serve", "a"), Step("serve", "b"))),)
    assert judge(problem, schedule(problem, Decisions(day))) == [("site", 1)]


def test_driving_in_frost_draws_more_per_metre():
    problem = city(ask("a", "mill"), units=(van(consumption_pct=120, aux_w=3_000),))
    steps = (RouteDecisions("van1", "day", (Step("serve", "a"),)),)
    stop = schedule(problem, Decisions(steps)).routes[0].stops[0]
    assert 50_000 - stop.pack_before_wh == 300 + 100  # 1 km at 250 Wh and a fifth; 2 min at 3 kW


def test_every_rule_is_tested_here():
    worlds = {rule for rule, _, _ in WORLDS.values()}
    plans = {pair[0] for expected, _ in PLANS.values() for pair in expected}
    assert worlds | plans | {"way_to_plug"} == set(RULES)

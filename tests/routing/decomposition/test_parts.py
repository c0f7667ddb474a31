"""A large problem in parts: the whole passes the judge, and what was not touched stays as it was."""

from dataclasses import replace

import pytest

from routing import reoptimise as door
from routing.decomposition import districts, neighbourhood
from routing.decomposition.ground import positions_m
from routing.decomposition.part import cut, surroundings_of
from routing.decomposition.running import Running
from routing.decomposition.solving import Decomposition, Limits
from routing.evaluation import violations
from routing.model.errors import NoPlan
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.reoptimise import Budget, reoptimise
from routing.simulation.benchmarks.scale import build_metropolis
from tests.routing.small_city import ask, city, plug, van

TOWN = build_metropolis(seed=3, share=0.01)


def solve(part: Problem, before: Plan | None, seconds: float, seed: int) -> Plan:
    return reoptimise(part, before, Budget(iterations=60, seed=seed, ortools=False))


@pytest.fixture(autouse=True)
def small_districts(monkeypatch):
    monkeypatch.setattr(districts, "MOST_REQUESTS", 30)


def planned(problem: Problem) -> Plan:
    work = Decomposition(problem, Limits(seconds=5.0), solve)
    work.plan_districts()
    return work.running.plan()


def visits(plan: Plan) -> dict[str, tuple[str | None, ...]]:
    return {route.unit: tuple(stop.request for stop in route.stops) for route in plan.routes}


def test_a_town_is_planned_district_by_district_and_the_judge_agrees():
    plan = planned(TOWN)
    served = {stop.request for _, stop in plan.iterate_stops() if stop.request}
    assert violations(TOWN, plan) == ()
    assert len(served) > 40
    assert served | {missed.request for missed in plan.unserved} == {r.id for r in TOWN.requests}


def test_what_cannot_be_planned_leaves_units_with_their_breaks_and_nobody_served():
    def refuse(part: Problem, before: Plan | None, seconds: float, seed: int) -> Plan:
        raise NoPlan("not today")

    work = Decomposition(TOWN, Limits(seconds=1.0), refuse)
    work.plan_districts()
    plan = work.running.plan()
    assert violations(TOWN, plan) == ()
    assert len(plan.unserved) == len(TOWN.requests)


def test_a_plan_that_breaks_and_cannot_be_mended_is_given_up_where_it_breaks():
    plan = planned(TOWN)
    served = visits(plan)
    tired = max(served, key=lambda unit: len(served[unit]))
    units = tuple(
        replace(unit, state=replace(unit.state, energy_wh=unit.pack.reserve_wh)) if unit.id == tired else unit
        for unit in TOWN.units
    )

    def refuse(part: Problem, before: Plan | None, seconds: float, seed: int) -> Plan:
        raise NoPlan("not today")

    weak = replace(TOWN, units=units)
    work = Decomposition(weak, Limits(seconds=1.0), refuse)
    work.answer(plan)
    after = work.running.plan()
    assert violations(weak, after) == ()
    now = visits(after)
    assert [unit for unit in now if now[unit] != served[unit]] == [tired]


def test_two_parts_do_not_take_the_same_turn_at_a_plug():
    problem = city(
        ask("a", "mill", energy_wh=9_000),
        ask("b", "quay", energy_wh=9_000),
        units=(van("van1"), van("van2")),
        plugs=(plug(),),
    )
    running, at = Running(problem), positions_m(problem)
    first, second = (
        cut(problem, at, [unit], [request], running.surroundings())
        for unit, request in zip(problem.units, problem.requests, strict=True)
    )
    turn = solve(first, None, 0, 0)
    recharged = recharging(turn, "van1")
    assert running.take_over(first, recharged)
    assert not running.take_over(second, recharging(solve(second, None, 0, 0), "van2"))
    again = cut(problem, at, [problem.units[1]], [problem.requests[1]], running.surroundings())
    assert again.plugs[0].busy == ((30_000, 30_600),)


def recharging(plan: Plan, unit: str) -> Plan:
    """The same plan with a turn at the plug from half past eight to twenty to nine."""
    routes = [route for route in plan.routes if route.unit == unit]
    home = routes[0].stops[-1]
    stop = replace(home, kind="recharge", plug="plug", start_s=30_000, end_s=30_600)
    return replace(plan, routes=(replace(routes[0], stops=(stop,)),))


def test_turns_of_the_part_itself_are_not_in_its_way():
    problem = city(ask("a", "mill"), units=(van("van1"),), plugs=(plug(),))
    plan = recharging(solve(problem, None, 0, 0), "van1")
    part = cut(problem, positions_m(problem), problem.units, problem.requests, surroundings_of(plan.routes))
    assert part.plugs[0].busy == ()


def test_who_served_with_a_lost_unit_is_offered_to_its_neighbours_alone(monkeypatch):
    monkeypatch.setattr(neighbourhood, "UNITS", 2)
    plan = planned(TOWN)
    before = visits(plan)
    lost = max(before, key=lambda unit: len(before[unit]))
    left = replace(TOWN, units=tuple(unit for unit in TOWN.units if unit.id != lost))
    work = Decomposition(left, Limits(seconds=5.0), solve)
    broken, asked = work.running.keep(plan)
    assert broken == set()
    assert asked == {request for request in before[lost] if request is not None}
    work = Decomposition(left, Limits(seconds=5.0), solve)
    work.answer(plan)
    after = work.running.plan()
    assert violations(left, after) == ()
    now = visits(after)
    assert sum(now[unit] != before[unit] for unit in now) <= 2 * len(asked)
    assert sum(now[unit] == before[unit] for unit in now) >= 3


def test_a_plan_for_another_day_is_taken_for_what_it_is_worth():
    plan = planned(TOWN)
    other = replace(TOWN, requests=TOWN.requests[::2], plugs=TOWN.plugs[1:])
    work = Decomposition(other, Limits(seconds=5.0), solve)
    work.answer(plan)
    assert violations(other, work.running.plan()) == ()


@pytest.mark.parametrize("threads", [1, 2])
def test_the_door_takes_large_problems_apart(monkeypatch, threads):
    monkeypatch.setattr(door, "LARGE", 60)
    told: list[Plan] = []
    plan = reoptimise(TOWN, None, Budget(seconds=0.5, threads=threads), told.append)
    assert told[-1] == plan
    assert violations(TOWN, plan) == ()
    again = reoptimise(TOWN, plan, Budget(seconds=0.5, threads=threads))
    assert again.cost.total_milli <= plan.cost.total_milli
    few = reoptimise(replace(TOWN, requests=TOWN.requests[1:]), plan, Budget(seconds=0.5, others=0))
    assert violations(replace(TOWN, requests=TOWN.requests[1:]), few) == ()


def test_a_large_problem_without_units_serves_nobody(monkeypatch):
    monkeypatch.setattr(door, "LARGE", 60)
    empty = replace(TOWN, units=(), plugs=())
    plan = reoptimise(empty, None, Budget(seconds=0.2))
    assert len(plan.unserved) == len(TOWN.requests)

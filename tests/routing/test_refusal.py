"""Why nobody comes: the compiled look finds what the plain one does, and the judge agrees with it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.desk import Desk
from routing.evaluation import violations
from routing.quote import quote_at
from routing.reoptimise import rebase
from routing.search.diagnosis import UnitMiss, diagnose, diagnose_unit
from routing.search.unserved import list_unserved
from tests.routing.look_by_hand import ByHand
from tests.routing.small_city import ask, at, city, van
from tests.routing.strategies import problems, requests, wild_problems

WORLDS = st.one_of(problems(most_requests=4), wild_problems())


def desk_of(problem):
    return Desk(problem, rebase(problem, None))


def test_the_reasons_are_those_that_are_found_by_hand():
    told = Counter()

    @settings(max_examples=80)
    @given(WORLDS, requests("new"))
    def look(problem, new):
        desk = desk_of(problem)
        asked = desk.take(new)
        by_hand = ByHand(desk.fleet.wished(asked.facts), new)
        for unit in problem.units:
            answer = asked.ask(unit)
            if isinstance(answer, UnitMiss):
                assert answer == diagnose_unit(asked.facts, unit, new, by_hand)
                told[answer.code == "fleet_saturated", answer.rule] += 1
            elif unit.shifts:
                told["able"] += 1
        if asked.desk.take(new).find_soonest() is None:
            told["refused"] += 1
            assert desk.take(new).diagnose() == diagnose(asked.facts, new, by_hand)

    look()
    alone = {rule for is_busy, rule in (k for k in told if isinstance(k, tuple)) if not is_busy}
    busy = {rule for is_busy, rule in (k for k in told if isinstance(k, tuple)) if is_busy}
    assert alone >= {"energy", "window", "access"}
    assert busy >= {"energy", "window"}
    assert min(told["able"], told["refused"]) > 30


@settings(max_examples=60)
@given(WORLDS, requests("new"))
def test_a_unit_that_is_said_to_be_able_is_able_and_no_other_one_is(problem, new):
    desk = desk_of(problem)
    whole = problem.with_requests([*problem.requests, new])
    for unit in problem.units:
        asked = desk.take(new)
        answer = asked.ask(unit)
        if isinstance(answer, UnitMiss):
            assert not unit.shifts or not ByHand(desk.fleet.wished(asked.facts), new).is_able(unit)
        else:
            placed = asked.prove(answer)
            assert placed.unit == unit.id
            assert placed.marginal_milli == answer.added_milli
            assert violations(whole, placed.plan) == ()


def test_the_judge_accepts_the_place_that_a_relaxation_names():
    told = Counter()

    @settings(max_examples=60)
    @given(WORLDS, requests("new"), st.booleans())
    def look(problem, new, is_large):
        many = replace(new, energy_wh=4 * new.energy_wh)
        new = many if is_large else replace(new, latest_s=new.earliest_s + 60)
        result = quote_at(desk_of(problem), new, count=1)
        for relaxed in result.relaxations:
            told[relaxed.kind] += 1
            wish = relaxed.placement.request
            whole = problem.with_requests([*problem.requests, wish])
            assert violations(whole, relaxed.placement.plan) == ()
            if relaxed.kind == "less_energy":
                assert wish.energy_wh == new.energy_wh - relaxed.amount
                assert relaxed.placement.arrive_s <= new.latest_s
            else:
                assert relaxed.placement.arrive_s == new.latest_s + relaxed.amount or relaxed.amount == 0

    look()
    assert min(told["later"], told["less_energy"]) > 5


def test_a_unit_that_would_break_a_promise_says_by_how_much():
    promised = ask("a", "port", 10, latest_s=at("10:00"), promise_s=at("08:20"), earliest_s=at("08:10"))
    problem = city(promised, units=(van(),))
    desk = desk_of(problem)
    hurried = ask("b", "quay", 20, latest_s=at("08:10"))
    assert desk.take(hurried).find_soonest() is None
    [miss] = desk.take(hurried).diagnose().per_unit
    assert (miss.code, miss.rule, miss.measure) == ("fleet_saturated", "window", "s")
    late = replace(hurried, latest_s=at("08:10"))
    freed = problem.with_requests([replace(promised, promise_s=promised.promise_s + miss.amount)])
    assert Desk(freed, rebase(freed, None)).take(late).find_soonest() is not None


def test_what_is_not_worth_it_is_told_with_who_could_and_what_it_adds():
    problem = city(ask("a", "port", value_milli=1_000))
    desk = desk_of(problem)
    [missed] = list_unserved(desk.fleet)
    assert missed.code == "not_worth_it"
    assert missed.detail.startswith("van1: adds ")


@pytest.mark.parametrize("units", [(), (replace(van(), shifts=()),)])
def test_without_a_shift_nobody_is_looked_at(units):
    desk = desk_of(city(units=units))
    assert desk.take(ask("a", "mill")).diagnose().code == "no_unit_on_shift"

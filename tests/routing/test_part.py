"""One unit's part of a plan, found alone, fits into the whole."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.desk import Desk
from routing.evaluation import violations
from routing.evaluation.cost import cost
from routing.model.errors import InvalidProblem
from routing.model.plan import Plan
from routing.model.travel import Travel
from routing.part import place_beside, put_in, splice
from routing.quote import place_request
from routing.reoptimise import rebase
from tests.routing.small_city import ask, city, van
from tests.routing.strategies import problems


def cut(problem, plan, unit):
    """What one unit has to do, with the turns of the others at the plugs as busy; grids are left out."""
    own = next(known for known in problem.units if known.id == unit)
    served = {stop.request for route, stop in plan.iterate_stops() if route.unit == unit}
    turns = {plug.id: list(plug.busy) for plug in problem.plugs}
    for route, stop in plan.iterate_stops():
        if route.unit != unit and stop.plug is not None and stop.end_s > stop.start_s:
            turns[stop.plug].append((stop.start_s, stop.end_s))
    plugs = tuple(replace(plug, busy=tuple(sorted(turns[plug.id]))) for plug in problem.plugs)
    fitting = tuple(plug for plug in plugs if plug.unit in (None, unit))
    asked = tuple(request for request in problem.requests if request.id in served)
    part = replace(problem, units=(own,), plugs=fitting, requests=asked)
    return part, Plan(start_utc=plan.start_utc, routes=tuple(r for r in plan.routes if r.unit == unit))


@given(problems(), st.data())
@settings(max_examples=60)
def test_a_part_that_was_put_back_is_a_plan_the_judge_reads_to_the_end(problem, data):
    problem = replace(problem, grids=(), plugs=tuple(replace(plug, grid=None) for plug in problem.plugs))
    if not (problem.units and problem.requests):
        return
    new = data.draw(st.sampled_from(problem.requests))
    before = problem.with_requests(request for request in problem.requests if request.id != new.id)
    plan = rebase(before, None)
    for unit in (known for known in before.units if known.shifts):
        part, own = cut(before, plan, unit.id)
        placed = place_beside(part, own, new)
        if placed is not None:
            grown = part.with_requests((*part.requests, new))
            whole, spliced = splice(before, plan, grown, placed.plan)
            assert violations(whole, spliced) == ()
            assert spliced.cost == cost(whole, spliced)
            assert {one.id for one in whole.requests} == {one.id for one in problem.requests}
            wish = replace(new, id="another", promise_s=None, unit=None, start_s=None)
            renewed = put_in(Desk(before, plan), grown, placed.plan)
            assert violations(whole, renewed.standing.plan) == ()
            found = renewed.take(wish).find_soonest()
            assert (found is None) == (Desk(whole, spliced).take(wish).find_soonest() is None)


def test_the_best_place_of_all_is_found_on_its_unit_alone():
    problem, new = city(ask("a", "port"), ask("b", "mill"), units=(van("one"), van("two"))), ask("c", "quay")
    plan = rebase(problem, None)
    best = place_request(problem, plan, new)
    alone = place_beside(*cut(problem, plan, best.unit), new)
    assert (alone.unit, alone.stop) == (best.unit, best.stop)


def test_where_somebody_would_be_left_there_is_no_place():
    """The unit is late for whom it serves: who else could come only a look at the whole can say."""
    problem = city(ask("a", "port", latest_s=600), units=(van("one"),))
    part, own = cut(problem, rebase(problem, None), "one")
    late = replace(part, now_s=3_600)
    assert place_beside(late, own, ask("c", "quay")) is None


def test_of_a_place_that_only_the_part_knows_the_ways_of_the_part_are_known():
    problem, new = city(ask("a", "port"), units=(van("one"), van("two"))), ask("c", "quay")
    plan = rebase(problem, None)
    old = [number for number, place in enumerate(problem.places) if place.id != "quay"]
    ways = {name: profile.among(old) for name, profile in problem.travel.profiles.items()}
    whole = replace(
        problem,
        places=tuple(problem.places[number] for number in old),
        travel=replace(problem.travel, profiles=ways),
    )
    part, own = cut(problem, plan, "one")
    placed = place_beside(part, own, new)
    grown, spliced = splice(whole, plan, part.with_requests((*part.requests, new)), placed.plan)
    assert violations(grown, spliced) == ()
    order = [next(n for n, p in enumerate(problem.places) if p.id == place.id) for place in grown.places]
    assert grown.travel.profiles["car"].durations_s == problem.travel.profiles["car"].among(order).durations_s


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"start_utc": "2027-01-01T00:00:00Z"}, "start_utc"),
        ({"travel": Travel(provider="osrm", dataset="of another day")}, "travel.dataset"),
    ],
)
def test_a_part_of_another_instant_or_of_other_roads_does_not_fit(change, path):
    problem = city(ask("a", "port"), units=(van("one"), van("two")))
    plan = rebase(problem, None)
    part, own = cut(problem, plan, "one")
    with pytest.raises(InvalidProblem) as refused:
        splice(problem, plan, replace(part, **change), own)
    assert refused.value.path == path


def test_a_unit_that_is_not_in_the_whole_has_no_part_in_it():
    problem = city(ask("a", "port"), units=(van("one"), van("two")))
    plan = rebase(problem, None)
    part, own = cut(problem, plan, "one")
    without = replace(problem, units=problem.units[1:], requests=())
    with pytest.raises(InvalidProblem, match="must have one"):
        splice(without, plan, part, own)

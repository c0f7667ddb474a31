"""Who else could serve a planned request: whoever keeps its promise, the cheapest first, then the soonest."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from routing.desk import Desk
from routing.others import rank_units
from routing.preview import preview_units
from routing.reoptimise import rebase
from tests.routing.small_city import ask, at, city, van
from tests.routing.strategies import problems


@pytest.fixture
def four_vans():
    """Van 1 has the mill at 08:02; the others wait at the park, at the depot and behind the port."""
    problem = city(
        ask("a", "mill", promise_s=at("08:02"), latest_s=at("12:00"), unit="van1"),
        units=(
            van(),
            van("van2", place="park"),
            van("van3", cost_per_use_milli=2_000),
            van("van4", place="port"),
        ),
    )
    plan = rebase(problem, None)
    return problem.with_requests(replace(request, unit=None) for request in problem.requests), plan


def test_who_keeps_the_promise_comes_before_who_is_cheaper_and_late(four_vans):
    problem, plan = four_vans
    ranked = rank_units(problem, plan, "a")
    effects = {effect.move.unit: effect for effect in preview_units(problem, plan, "a", ranked)}
    late = [effects[name].stop.start_s > at("08:02") for name in ranked]
    assert set(ranked) == {"van1", "van2", "van3", "van4"}
    assert late == sorted(late)
    assert {True, False} == set(late)
    in_time = [
        effects[name].cost.total_milli for name, is_late in zip(ranked, late, strict=True) if not is_late
    ]
    assert in_time == sorted(in_time)


def test_who_may_not_serve_it_is_not_listed(four_vans):
    problem, plan = four_vans
    problem = replace(
        problem,
        units=tuple(replace(unit, shifts=()) if unit.id == "van2" else unit for unit in problem.units),
    )
    assert "van2" not in rank_units(problem, plan, "a")


@settings(max_examples=40, deadline=None)
@given(problems())
def test_whoever_is_listed_has_a_place_that_the_judge_accepts(problem):
    """A preview searches less and may miss it; it then offers one way out fewer, never one that breaks."""
    plan = rebase(problem, None)
    served = [stop.request for _, stop in plan.iterate_stops() if stop.request]
    for request in served[:2]:
        asked = next(item for item in problem.requests if item.id == request)
        wish = Desk(problem, plan, without=request).take(
            replace(asked, unit=None, start_s=None, promise_s=None)
        )
        listed = rank_units(problem, plan, request)
        for unit in problem.units:
            # Proven: a place the judge refuses raises.
            placed = wish.find_soonest() if wish.bind(unit.id) else None
            assert (unit.id in listed) == (placed is not None)
            assert placed is None or placed.unit == unit.id

"""When a unit is expected: from where it is, through every stop before."""

from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.models import Stop, UnitState
from dispatch.selectors.etas import Expected, eta_document, expect_requests
from dispatch.selectors.margins import p10_margin, p90_margin
from dispatch.services.tracking import Fix, record_fixes
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, PORT, STADIUM, TEN


@pytest.fixture
def two_on_one(world):
    """Alice and then Bob, both served by Azur; Corail stays in the depot."""
    corail = world.units["Corail"]
    corail.in_service = False
    corail.save()
    world.plan()
    return world.accept("Alice", place=CASINO), world.accept("Bob", place=STADIUM)


def expected_at(world, request):
    return expect_requests([world.stop_of(request).unit_id], world.now)[request.id]


def test_as_long_as_nothing_moves_the_plan_is_expected(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    assert expected_at(world, request).arrival == stop.start_at
    assert expected_at(world, request).ready == stop.end_at


def test_a_unit_that_has_not_left_in_time_is_expected_later(world):
    request = world.accept("Alice")
    planned = world.stop_of(request)
    world.wait(minutes=7)
    late = world.now - planned.depart_at
    assert expected_at(world, request).arrival == planned.start_at + late


def test_on_its_way_the_rest_of_the_way_counts(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    Crew(world).do("depart", stop)
    world.wait(minutes=1)
    almost_there = Fix(world.now, CASINO[0] - 0.0005, CASINO[1])
    record_fixes(world.device_of(stop.unit_id), stop.unit_id, [almost_there], world.now, clock.wall())
    assert world.now <= expected_at(world, request).arrival < world.now + timedelta(minutes=1)


def test_what_comes_after_waits_for_what_comes_before(world, two_on_one):
    alice, bob = two_on_one
    first, second = sorted((alice, bob), key=lambda request: world.stop_of(request).position)
    Crew(world).begin(world.stop_of(first))
    world.wait(hours=1)
    assert expected_at(world, second).arrival > expected_at(world, first).ready >= world.now


def test_nothing_is_expected_of_what_is_over(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    Crew(world).serve(stop)
    assert expect_requests([stop.unit_id], world.now) == {}


def test_it_costs_three_queries_however_many_units_and_one_for_what_has_changed(
    world, django_assert_num_queries
):
    world.accept("Alice")
    world.accept("Bob", place=PORT)
    units = [unit.id for unit in world.units.values()]
    with django_assert_num_queries(4):
        expect_requests(units, world.now)
    with django_assert_num_queries(3):
        expect_requests(units, world.now)


def test_a_range_is_never_turned_round_nor_in_the_past():
    for minutes in (0, 1, 5, 30, 120):
        lead = timedelta(minutes=minutes)
        shown = eta_document(Expected(TEN + lead, TEN + lead * 2, TEN), TEN)
        arrival = [shown["arrival_p10"], shown["arrival_p50"], shown["arrival_p90"]]
        assert arrival == sorted(arrival)
        assert arrival[0] >= "2026-06-10T10:00:00.000Z"
        assert shown["ready_p50"] <= shown["ready_p90"]


def test_what_is_farther_off_is_less_certain_up_to_a_bound():
    margins = [p90_margin(timedelta(minutes=m)) for m in (0, 1, 15, 30, 600)]
    assert margins == sorted(margins)
    assert margins[0] == timedelta()
    assert margins[-1] == timedelta(minutes=12)
    assert p10_margin(timedelta(minutes=1)) <= timedelta(minutes=1)


def test_knowledge_is_as_old_as_the_last_fix(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    UnitState.objects.filter(unit=stop.unit_id).update(fix_at=TEN - timedelta(minutes=3))
    assert expected_at(world, request).as_of == TEN - timedelta(minutes=3)
    assert Stop.objects.filter(request=request).count() == 1

"""Plans written one after the other: ids survive, only what moved is written, no constraint is hurt."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from dispatch.models import Lock, Plan, Stop, UnitState
from dispatch.routing_bridge.plan_to_db import build_changes, write_changes
from dispatch.routing_bridge.replanning import draft_solved
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import Standing, stand
from routing.model.plan import Plan as EnginePlan
from routing.reoptimise import rebase
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, PORT, STADIUM, SmallWorld, add_driver, add_van

PLACES = (CASINO, STADIUM, PORT, (43.7447, 7.4330), (43.7312, 7.4190))


def fill(world: SmallWorld, requests: int = 6) -> None:
    add_van(world, "Dauphin")
    world.plan()
    for number in range(requests):
        add_driver(world, f"Driver {number}")
        world.accept(f"Driver {number}", place=PLACES[number % 5], energy_wh=12_000)


def shuffle(standing: Standing, rng: Random) -> EnginePlan:
    """Give the visits to other units in another order; some are forgotten on the way."""
    visits = [stop for _, stop in standing.plan.iterate_stops() if stop.kind == "serve"]
    kept = [stop for stop in visits if rng.random() < 0.8]
    rng.shuffle(kept)
    routes = []
    for route in standing.plan.routes:
        mine, kept = (kept[:2], kept[2:]) if rng.random() < 0.7 else ([], kept)
        others = tuple(stop for stop in route.stops if stop.kind != "serve")
        routes.append(replace(route, stops=(*mine, *others)))
    return rebase(standing.problem, replace(standing.plan, routes=tuple(routes)))


def read_rows() -> dict:
    return {row.id: row for row in Stop.objects.filter(state="planned")}


def in_order(route) -> list[tuple]:
    rows = Stop.objects.filter(route__shift=route.shift, state="planned").order_by("position")
    return [(row.kind, None if row.request_id is None else str(row.request_id)) for row in rows]


def test_ids_survive_and_rows_say_what_the_plan_says(world):
    fill(world)
    rng = Random(11)
    for _ in range(15):
        before = read_rows()
        standing = stand(world.area.id, world.now)
        plan = shuffle(standing, rng)
        changes = build_changes(standing.ground, plan)
        write_changes(changes)
        connection.check_constraints()
        after = read_rows()
        planned_again = {stop.request for _, stop in plan.iterate_stops() if stop.request}
        for key, row in before.items():
            if row.request_id is not None and str(row.request_id) in planned_again:
                assert after[key].request_id == row.request_id
        assert set(before) - set(after) == {row.id for row in changes.gone}
        for route in plan.routes:
            assert in_order(route) == [(stop.kind, stop.request) for stop in route.stops]
        world.wait(seconds=20)


def test_a_plan_written_again_changes_nothing(world):
    fill(world)
    standing = stand(world.area.id, world.now)
    plan = shuffle(standing, Random(3))
    write_changes(build_changes(standing.ground, plan))
    again = build_changes(stand(world.area.id, world.now).ground, plan)
    assert not again.is_noticeable
    assert again.moved == []


def test_seconds_that_nobody_would_notice_are_not_published_until_they_are_a_minute(world):
    world.accept("Alice")
    version, rows = Plan.objects.count(), read_rows()
    for _ in range(2):
        world.wait(seconds=25)
        assert draft_solved(world.area.id, Candidate(None), world.now) is None
    assert {row.start_at for row in read_rows().values()} == {row.start_at for row in rows.values()}
    world.wait(seconds=25)
    assert draft_solved(world.area.id, Candidate(None), world.now) is not None
    world.plan()
    assert Plan.objects.count() == version + 1


def test_an_old_document_is_renewed_even_when_nothing_changed(world):
    world.wait(minutes=11)
    version = Plan.objects.count()
    world.plan()
    assert Plan.objects.count() == version + 1


def test_a_pack_that_does_not_last_the_way_home_is_a_row_all_the_same(world):
    azur = world.units["Azur"]
    azur.shares_pack = True
    azur.save()
    request = world.accept("Alice", place=STADIUM)
    stop = world.stop_of(request)
    Stop.objects.filter(id=stop.id).update(
        state="done", departed_at=world.now, arrived_at=world.now, worked_from=world.now, done_at=world.now
    )
    UnitState.objects.filter(unit=stop.unit).update(pack_wh=0)
    world.wait(minutes=5)
    world.plan()
    assert all(row.pack_after_wh >= 0 for row in Stop.objects.all())


def test_a_visit_that_changes_its_unit_loses_what_was_told(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    Lock.objects.create(
        operator=world.operator, stop=stop, what="unit", who="planner", why="told", created_at=world.now
    )
    UnitState.objects.filter(unit=stop.unit).update(activity="out_of_service")
    world.plan()
    moved = world.stop_of(request)
    assert moved.id == stop.id
    assert moved.unit_id != stop.unit_id
    assert not moved.locks.exists()


@pytest.mark.parametrize("what", ["unit", "both"])
def test_a_locked_visit_stays_with_its_unit_while_that_is_on_duty(world, what):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    Lock.objects.create(operator=world.operator, stop=stop, what=what, who="person:x", created_at=world.now)
    UnitState.objects.filter(unit=stop.unit).update(pack_wh=40_000)
    for _ in range(3):
        world.wait(minutes=1)
        standing = stand(world.area.id, world.now)
        plan = shuffle(standing, Random(2))
        found = plan.find_stop(str(request.id))
        assert found is None or found[0].unit == str(stop.unit_id)


def test_what_is_under_way_is_not_moved(world):
    request = world.accept("Alice")
    stop = Crew(world).do("depart", world.stop_of(request))
    world.wait(minutes=3)
    world.plan()
    same = Stop.objects.get(id=stop.id)
    assert (same.start_at, same.end_at, same.unit_id, same.position, same.revision) == (
        stop.start_at, stop.end_at, stop.unit_id, stop.position, stop.revision
    )  # fmt: skip
    assert Stop.objects.filter(request=request).count() == 1
    assert stand(world.area.id, world.now).whole.requests == ()


def test_a_shift_that_is_over_gives_its_visits_to_the_next(world):
    request = world.accept("Alice")
    stop = world.stop_of(request)
    shift = stop.route.shift
    shift.ends_at = world.now + timedelta(minutes=1)
    shift.save()
    world.wait(minutes=2)
    world.plan()
    moved = world.stop_of(request)
    assert moved.id == stop.id
    assert moved.route.shift_id != shift.id

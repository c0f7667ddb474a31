"""A dispatcher moves a visit: what it would do, doing it, and what stands in the way."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import Operator
from accounts.roles import Role
from dispatch import clock
from dispatch.models import Event, Lock, Plan, ReplanWanted, Stop
from dispatch.services.audit import audit
from dispatch.services.freezing import assign_due
from dispatch.services.locks import release_due
from tests.cast import Door, make_person, open_door
from tests.dispatch.crew import Crew
from tests.small_world import STADIUM, SmallWorld, build_world

PREVIEW = "/api/ops/moves/preview"


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@pytest.fixture
def dana(world) -> Door:
    return open_door(world.people["Dana"])


@pytest.fixture
def stop(world) -> Stop:
    return world.stop_of(world.accept("Alice"))


@pytest.fixture
def other(world, stop):
    """The van that does not come."""
    return next(unit for unit in world.units.values() if unit.id != stop.unit_id)


def move(door: Door, stop: Stop, unit, **more):
    body = {"unit": str(unit.id), "revision": stop.revision, **more}
    return door.post(f"/api/ops/stops/{stop.id}/move", body)


def iso(instant: datetime) -> str:
    return instant.isoformat()


def test_a_preview_asks_every_unit_and_changes_nothing(world, dana, stop):
    told = dana.post(PREVIEW, {"stop": str(stop.id)}).json()
    assert (told["request"], told["unit"], told["told"]) == (
        str(stop.request_id),
        str(stop.unit_id),
        False,
    )
    assert {option["unit"] for option in told["options"]} == {str(unit.id) for unit in world.units.values()}
    assert all(option["feasible"] and option["cost_milli"] is not None for option in told["options"])
    (kept,) = [option for option in told["options"] if option["unit"] == told["unit"]]
    assert kept["cost_milli"] == 0
    assert Plan.objects.count() == 2
    assert Lock.objects.count() == 0


def test_a_preview_says_what_giving_it_to_nobody_costs(dana, stop):
    told = dana.post(PREVIEW, {"stop": str(stop.id), "units": [None]}).json()
    (nobody,) = told["options"]
    assert (nobody["unit"], nobody["arrival_p50"], nobody["feasible"]) == (None, None, True)
    assert nobody["goals"]["unserved"] > 100_000


def test_a_preview_names_the_rule_a_unit_breaks_and_by_how_much(world, dana, stop, other):
    other.charger.connectors = ["chademo"]
    other.charger.save()
    world.wait(minutes=11)
    world.plan()
    told = dana.post(PREVIEW, {"stop": str(stop.id), "units": [str(other.id)]}).json()
    (option,) = told["options"]
    assert (option["feasible"], option["cost_milli"]) == (False, None)
    assert [(rule["rule"], rule["code"]) for rule in option["broken"]] == [
        ("connector", "connector_mismatch")
    ]


def test_a_move_writes_a_plan_holds_the_visit_and_tells_everybody(world, dana, stop, other):
    wanted = ReplanWanted.objects.get().wanted
    done = move(dana, stop, other, why="the driver knows the crew").json()
    stop.refresh_from_db()
    assert (stop.unit_id, done["version"]) == (other.id, 3)
    assert {route["unit"] for route in done["routes"]} == {str(unit.id) for unit in world.units.values()}
    lock = Lock.objects.get(stop=stop)
    assert (lock.what, lock.why, lock.who) == (
        "unit",
        "the driver knows the crew",
        f"person:{world.people['Dana'].id}",
    )
    plan = Plan.objects.get(version=3)
    assert (plan.writer, plan.causes) == ("move", ["moved_by_dispatcher", f"stop:{stop.id}"])
    assert ReplanWanted.objects.get().wanted == wanted + 1
    told = Event.objects.get(stream=f"area:{world.area.id}", type="stop.moved")
    assert told.actor == lock.who
    assert set(told.data["units"]) == {str(unit.id) for unit in world.units.values()}
    assert "crew" not in str(told.data)
    assert audit().findings == []


def test_a_moved_visit_stays_where_it_was_put(world, dana, stop, other):
    move(dana, stop, other)
    world.wait(minutes=1)
    world.plan()
    stop.refresh_from_db()
    assert stop.unit_id == other.id
    assert Lock.objects.filter(stop=stop).exists()


def test_a_visit_that_is_given_a_time_is_held_to_it(world, dana, stop):
    late = world.now + timedelta(hours=1)
    answer = move(dana, stop, stop.unit, start=iso(late), confirm=True)
    stop.refresh_from_db()
    assert (answer.status_code, stop.start_at, Lock.objects.get(stop=stop).what) == (200, late, "both")
    world.wait(minutes=5)
    world.plan()
    stop.refresh_from_db()
    assert stop.start_at == late


def test_what_a_preview_says_is_what_a_move_does(dana, stop, other):
    (said,) = dana.post(PREVIEW, {"stop": str(stop.id), "units": [str(other.id)]}).json()["options"]
    done = move(dana, stop, other).json()["effect"]
    assert done == said
    stop.refresh_from_db()
    assert datetime.fromisoformat(done["arrival_p50"]) == stop.start_at


def test_hurting_a_promise_must_be_meant(world, dana, stop):
    late = iso(world.now + timedelta(hours=2))
    refused = move(dana, stop, stop.unit, start=late)
    assert (refused.status_code, refused.json()["code"]) == (409, "promises_hurt")
    (hurt,) = refused.json()["hurt"]
    assert hurt["request"] == str(stop.request_id)
    assert hurt["late_s"] > 3600
    assert Plan.objects.count() == 2
    assert move(dana, stop, stop.unit, start=late, confirm=True).status_code == 200


def test_sending_another_unit_than_was_told_must_be_meant(world, dana, stop, other):
    assign_due(world.area.id, world.now, 10)
    told = dana.post(PREVIEW, {"stop": str(stop.id)}).json()
    assert told["told"]
    refused = move(dana, stop, other)
    assert (refused.status_code, refused.json()["code"]) == (409, "told_to_driver")
    assert move(dana, stop, other, confirm=True).status_code == 200


def test_of_two_dispatchers_the_second_sees_what_the_first_did(world, dana, stop, other):
    dora = open_door(make_person("Dora", world.operator, Role.DISPATCHER))
    assert move(dana, stop, other).status_code == 200
    late = move(dora, stop, stop.unit)
    problem = late.json()
    assert (late.status_code, problem["code"]) == (409, "stop_changed")
    assert problem["unit"] == str(other.id)
    assert problem["stop"]["id"] == str(stop.id)
    assert problem["stop"]["revision"] > stop.revision
    assert Plan.objects.count() == 3
    stop.refresh_from_db()
    assert move(dora, stop, world.units["Azur"], confirm=True).status_code == 200


def test_a_move_that_breaks_a_rule_is_refused_with_the_rule(world, dana, stop, other):
    other.height_mm, other.charger.connectors = 9_000, ["chademo"]
    other.charger.save()
    refused = move(dana, stop, other)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "move_infeasible")
    assert problem["violations"][0]["rule"] == "connector"
    assert "connector" in problem["detail"]
    assert Plan.objects.count() == 2
    assert Lock.objects.count() == 0


def test_a_unit_out_of_service_takes_nothing(dana, stop, other):
    other.state.activity = "out_of_service"
    other.state.save()
    refused = move(dana, stop, other)
    assert (refused.status_code, refused.json()["code"]) == (409, "move_infeasible")
    assert refused.json()["violations"][0]["code"] == "no_unit_on_shift"


def test_what_is_under_way_does_not_move(world, dana, stop, other):
    Crew(world).begin(stop)
    stop.refresh_from_db()
    for answer in (move(dana, stop, other), dana.post(PREVIEW, {"stop": str(stop.id)})):
        assert (answer.status_code, answer.json()["code"]) == (409, "not_in_that_state")


def test_another_operators_dispatcher_finds_no_such_visit_and_no_such_unit(world, dana, stop, other):
    elsewhere = Operator.objects.create(name="Elsewhere Power")
    otto = open_door(make_person("Otto", elsewhere, Role.DISPATCHER))
    assert move(otto, stop, other).status_code == 404
    assert otto.post(PREVIEW, {"stop": str(stop.id)}).status_code == 404
    refused = dana.post(f"/api/ops/stops/{stop.id}/move", {"unit": str(uuid4()), "revision": stop.revision})
    assert (refused.status_code, refused.json()["code"], refused.json()["path"]) == (
        400,
        "unknown_unit",
        "unit",
    )


@pytest.mark.parametrize("name", ["Alice", "Cora"])
def test_drivers_and_crews_move_nothing(world, stop, other, name):
    answer = move(open_door(world.people[name]), stop, other)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"unit": None}, "unit"),
        ({"unit": "V-14"}, "unit"),
        ({"revision": None}, "revision"),
        ({"revision": 0}, "revision"),
        ({"revision": 10**30}, "revision"),
        ({"start": "soon"}, "start"),
        ({"why": "x" * 201}, "why"),
        ({"confirm": "perhaps"}, "confirm"),
    ],
)
def test_a_move_that_is_no_move_is_refused_by_field(world, dana, stop, other, change, path):
    body = {"unit": str(other.id), "revision": stop.revision, **change}
    answer = dana.post(f"/api/ops/stops/{stop.id}/move", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["path"]) == (400, "invalid", path)
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"stop": "x"}, "stop"),
        ({"units": []}, "units"),
        ({"units": ["x"]}, "units.0"),
        ({"units": 7}, "units"),
    ],
)
def test_a_preview_that_asks_nothing_is_refused_by_field(dana, stop, change, path):
    answer = dana.post(PREVIEW, {"stop": str(stop.id), **change})
    assert (answer.status_code, answer.json()["path"]) == (400, path), answer.json()


def test_the_same_move_sent_twice_happens_once(dana, stop, other):
    key = str(uuid4())
    body = {"unit": str(other.id), "revision": stop.revision}
    sent = [dana.post(f"/api/ops/stops/{stop.id}/move", body, HTTP_IDEMPOTENCY_KEY=key) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert Plan.objects.count() == 3


def test_a_lock_until_a_time_is_given_back_by_itself(world, dana, stop):
    until = world.now + timedelta(minutes=30)
    route = dana.post(f"/api/ops/stops/{stop.id}/lock", {"what": "unit", "until": iso(until), "why": "asked"})
    (shown,) = [item for item in route.json()["stops"] if item["id"] == str(stop.id)]
    assert (shown["lock"]["what"], shown["lock"]["why"], shown["lock"]["by_hand"]) == ("unit", "asked", True)
    world.wait(minutes=29)
    assert release_due(world.area.id, world.now, clock.wall()) == 0
    world.wait(minutes=1)
    assert release_due(world.area.id, world.now, clock.wall()) == 1
    assert not Lock.objects.exists()
    told = Event.objects.filter(stream=f"area:{world.area.id}", type="stop.unlocked")
    assert [event.actor for event in told] == ["planner"]


def test_a_lock_until_a_time_that_has_gone_is_refused(world, dana, stop):
    gone = iso(world.now - timedelta(minutes=1))
    answer = dana.post(f"/api/ops/stops/{stop.id}/lock", {"until": gone})
    assert (answer.status_code, answer.json()["code"], answer.json()["path"]) == (
        400,
        "until_in_the_past",
        "until",
    )


def test_the_other_visits_keep_their_units(world, dana, stop, other):
    second = world.stop_of(world.accept("Bob", place=STADIUM))
    before = second.unit_id
    stop.refresh_from_db()
    move(dana, stop, other, confirm=True)
    second.refresh_from_db()
    assert second.unit_id == before
    assert audit().findings == []

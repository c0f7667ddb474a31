"""The doors of the risk inbox: what is shown, whose it is, and one call that does what was shown."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Operator
from accounts.roles import Role
from dispatch import clock
from dispatch.models import Event, Lock, Plan, RiskItem, Stop, UnitState
from dispatch.services.audit import audit
from dispatch.services.freezing import assign_due
from dispatch.services.risk_fixes import seek_fixes
from dispatch.services.risks import watch_risks
from tests.cast import Door, make_person, open_door
from tests.dispatch.crew import Crew
from tests.small_world import SmallWorld, build_world

RISKS = "/api/ops/risks"


@pytest.fixture
def world(db) -> SmallWorld:
    world = build_world()
    UnitState.objects.update(seen_at=clock.wall(), fix_at=world.now)
    return world


@pytest.fixture
def dana(world) -> Door:
    return open_door(world.people["Dana"])


@pytest.fixture
def stop(world) -> Stop:
    """Alice's visit, of a van that has fallen silent."""
    stop = world.stop_of(world.accept("Alice"))
    UnitState.objects.filter(unit=stop.unit).update(seen_at=clock.wall() - timedelta(seconds=40))
    look(world)
    return stop


def look(world) -> None:
    watch_risks(world.area, world.now, clock.wall())
    seek_fixes(world.area, world.now)


def take(door: Door, risk: dict, **other):
    shown = {"unit": risk["fix"]["unit"], "revision": risk["fix"]["revision"], **other}
    return door.post(f"{RISKS}/{risk['id']}/fix", shown)


def shown(door: Door) -> dict:
    (risk,) = door.get(RISKS).json()["results"]
    return risk


def test_a_risk_is_shown_with_its_cause_whom_it_hurts_and_its_way_out(world, dana, stop):
    risk = shown(dana)
    assert (risk["kind"], risk["cause"], risk["unit"]) == ("stale", "silent", str(stop.unit_id))
    (hurt,) = risk["hurt"]
    assert (hurt["request"], hurt["what"], hurt["late_s"]) == (str(stop.request_id), "arrival", 0)
    assert risk["fix"].keys() == {
        "verb", "stop", "revision", "request", "unit", "arrival_p50", "arrival_p90", "late_s",
        "cost_milli", "told",
    }  # fmt: skip
    assert dana.get("/api/ops/board").json()["risks"] == [risk]


def test_one_call_does_what_was_shown_and_the_visit_is_held(world, dana, stop):
    risk = shown(dana)
    done = take(dana, risk)
    assert done.status_code == 200, done.json()
    assert done.json()["effect"]["arrival_p50"] == risk["fix"]["arrival_p50"]
    stop.refresh_from_db()
    assert str(stop.unit_id) == risk["fix"]["unit"]
    assert Lock.objects.get(stop=stop).why == "risk"
    assert Plan.objects.latest("version").writer == "move"
    assert Event.objects.filter(type="stop.moved").exists()
    look(world)
    (left,) = dana.get(RISKS).json()["results"]
    assert (left["hurt"], left["fix"]) == ([], None)
    assert audit().findings == []


def test_a_visit_whose_driver_was_told_is_moved_too(world, dana, stop):
    assign_due(world.area.id, world.now, 10)
    look(world)
    risk = shown(dana)
    assert risk["fix"]["told"]
    assert take(dana, risk).status_code == 200


def test_what_does_not_hold_any_more_is_refused_and_shown_no_more(world, dana, stop):
    risk = shown(dana)
    other = world.units["Azur"] if stop.unit_id != world.units["Azur"].id else world.units["Corail"]
    other.charger.connectors = ["chademo"]
    other.charger.save()
    refused = take(dana, risk)
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["reason"]) == (409, "fix_gone", "move_infeasible")
    assert shown(dana)["fix"] is None
    assert take(dana, risk).json()["code"] == "no_fix"
    stop.refresh_from_db()
    assert (str(stop.unit_id), Lock.objects.count()) == (risk["unit"], 0)


def test_a_unit_that_would_come_later_than_was_shown_is_refused(world, dana, stop):
    risk = shown(dana)
    UnitState.objects.filter(unit=risk["fix"]["unit"]).update(lat=43.7500, lon=7.4440)
    world.wait(minutes=15)
    problem = take(dana, risk).json()
    assert (problem["code"], problem["reason"]) == ("fix_gone", "arrives_later")


def test_a_visit_that_is_under_way_by_now_is_refused(world, dana, stop):
    risk = shown(dana)
    Crew(world).do("depart", stop)
    problem = take(dana, risk).json()
    assert (problem["code"], problem["reason"]) == ("fix_gone", "not_in_that_state")


def test_another_way_out_than_was_shown_is_answered_with_the_one_there_is(dana, stop):
    risk = shown(dana)
    for other in ({"unit": str(uuid4())}, {"revision": risk["fix"]["revision"] + 1}):
        refused = take(dana, risk, **other)
        assert (refused.status_code, refused.json()["code"]) == (409, "fix_changed")
        assert refused.json()["fix"] == risk["fix"]


def test_the_same_call_sent_twice_moves_once(dana, stop):
    risk, key = shown(dana), str(uuid4())
    body = {"unit": risk["fix"]["unit"], "revision": risk["fix"]["revision"]}
    sent = [dana.post(f"{RISKS}/{risk['id']}/fix", body, HTTP_IDEMPOTENCY_KEY=key) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert Plan.objects.filter(writer="move").count() == 1


def test_another_operators_dispatcher_sees_none_and_mends_none(world, dana, stop):
    elsewhere = Operator.objects.create(name="Elsewhere Power")
    otto = open_door(make_person("Otto", elsewhere, Role.DISPATCHER))
    assert otto.get(RISKS).status_code == 404
    assert take(otto, shown(dana)).status_code == 404
    assert not Lock.objects.exists()


@pytest.mark.parametrize("name", ["Alice", "Cora"])
def test_drivers_and_crews_stay_outside(world, dana, stop, name):
    door = open_door(world.people[name])
    for answer in (door.get(RISKS), take(door, shown(dana))):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_risk_that_is_over_is_not_there(dana, stop):
    risk = shown(dana)
    RiskItem.objects.all().delete()
    assert take(dana, risk).status_code == 404


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"unit": None}, "unit"),
        ({"unit": "V-14"}, "unit"),
        ({"revision": None}, "revision"),
        ({"revision": 0}, "revision"),
        ({"revision": 10**30}, "revision"),
        ({"revision": "first"}, "revision"),
    ],
)
def test_a_call_that_says_nothing_is_refused_by_field(dana, stop, change, path):
    answer = take(dana, shown(dana), **change)
    assert (answer.status_code, answer.json()["code"], answer.json()["path"]) == (400, "invalid", path)

"""Roles are an owner's to give and take; every change leaves a record, and nobody outside can touch them."""

import pytest

from accounts.callers import Caller
from accounts.models import AccountAct, Device, Membership, RoleChange
from accounts.services.second_factor import ask_second_factor
from accounts.socket_auth import read_caller
from tests.cast import make_person, open_door


def member(person) -> str:
    return f"/api/ops/people/{Membership.objects.get(person=person).id}"


@pytest.fixture
def boss(elsewhere):
    """Another operator's owner."""
    return make_person("Boss", elsewhere, "owner")


def test_an_owner_sees_who_works_there_and_nobody_else(olga, dana, cora, otto):
    page = open_door(olga).get("/api/ops/people").json()
    assert page["operator"]["name"] == "Riviera Charge"
    assert [(m["person"]["name"], m["role"]) for m in page["results"]] == [
        ("Cora", "crew"),
        ("Dana", "dispatcher"),
        ("Olga", "owner"),
    ]


def test_who_asks_all_for_a_second_factor_leaves_a_record(olga, riviera):
    answer = open_door(olga).patch("/api/ops/people", {"second_factor_required": True})
    assert answer.json()["second_factor_required"]
    for asked in (True, False):
        ask_second_factor(Caller.of_person(olga), riviera, asked=asked)
    acts = list(AccountAct.objects.order_by("at").values_list("what", "actor", "operator"))
    assert acts == [("factor_asked", olga.id, riviera.id), ("factor_released", olga.id, riviera.id)]


def test_a_changed_role_holds_at_once_and_the_owner_reads_who_changed_it(olga, dana):
    door = open_door(olga)
    assert door.patch(member(dana), {"role": "crew"}).json()["role"] == "crew"
    assert open_door(dana).get("/api/ops/board").status_code == 403
    (change,) = door.get("/api/ops/role-changes").json()["results"]
    told = {name: change[name] for name in ("actor", "person", "before", "after")}
    assert told == {"actor": "Olga", "person": "Dana", "before": "dispatcher", "after": "crew"}


def test_a_role_taken_away_ends_what_is_open_with_it(olga, dana):
    held = open_door(dana)
    socket = {b"authorization": held._credentials["HTTP_AUTHORIZATION"].encode()}
    assert read_caller(socket).dispatched
    assert open_door(olga).delete(member(dana)).status_code == 204
    assert not read_caller(socket).dispatched
    (change,) = RoleChange.objects.all()
    assert (change.before, change.after) == ("dispatcher", "")


def test_the_last_owner_stays(olga, dana):
    door = open_door(olga)
    for answer in (door.patch(member(olga), {"role": "crew"}), door.delete(member(olga))):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
    door.patch(member(dana), {"role": "owner"})
    assert door.patch(member(olga), {"role": "crew"}).status_code == 200


def test_nobody_is_the_same_twice(olga, dana, riviera):
    Membership.objects.create(person=olga, operator=riviera, role="dispatcher")
    own = Membership.objects.get(person=olga, role="dispatcher")
    make_person("Odile", riviera, "owner")
    answer = open_door(olga).patch(f"/api/ops/people/{own.id}", {"role": "owner"})
    assert (answer.status_code, answer.json()["code"]) == (409, "role_held_already")


def test_another_operators_owner_touches_nothing(boss, olga, dana, tablet):
    door = open_door(boss)
    assert door.patch(member(dana), {"role": "owner"}).status_code == 404
    assert door.delete(member(dana)).status_code == 404
    assert door.delete(f"/api/ops/devices/{tablet.device.id}").status_code == 404
    assert "Dana" not in door.get("/api/ops/people").content.decode()
    assert RoleChange.objects.count() == 0


def test_who_is_no_owner_gives_no_rights(dana, cora, alice, tablet):
    for who in (dana, cora, alice, tablet):
        door = open_door(who)
        assert door.patch(member(dana), {"role": "owner"}).status_code == 403
        assert door.get("/api/ops/people").status_code == 403


def test_an_owner_sees_and_ends_the_devices_of_units(olga, tablet):
    door, device = open_door(olga), open_door(tablet)
    (row,) = door.get("/api/ops/devices").json()["results"]
    assert (row["label"], row["unit"]) == ("tablet", str(tablet.device.unit))
    socket = {b"authorization": f"Bearer {tablet.text}".encode()}
    assert read_caller(socket).device_id == tablet.device.id
    assert door.delete(f"/api/ops/devices/{row['id']}").status_code == 204
    assert not read_caller(socket).is_known
    assert device.get("/api/crew/day").status_code == 401
    assert door.get("/api/ops/devices").json()["results"] == []
    assert Device.objects.get().revoked_at is not None

"""Every address and method, tried as everybody: whose it is, is answered; to others it is not there."""

from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver

from tests.doors.cases import CASES
from tests.doors.cases.case import Case
from tests.doors.found import HttpDoor, list_http_doors
from tests.doors.knocking import knock
from tests.doors.people import GUESTS, WHO

DOORS = list_http_doors()
OURS = [door for door in DOORS if not door.is_admins]
ADMINS = [door for door in DOORS if door.is_admins]
OUTSIDE = {*GUESTS, "bob", "otto"}
# Signing in is done at our own page, which knows the second factor.
OURS_FIRST = "/account/?next=/admin/"


pytestmark = pytest.mark.usefixtures("undone")


def names_something(door: HttpDoor) -> bool:
    return "_id}" in door.route or any("{" in str(value) for value in CASES[str(door)].body.values())


def test_every_door_has_a_case_and_every_case_a_door():
    assert {str(door) for door in OURS} ^ CASES.keys() == set()
    assert len(OURS) == len({str(door) for door in OURS})


def test_no_room_is_left_out():
    """The walk sees as many patterns as Django's own resolver knows names, and more."""
    named = [key for key in get_resolver().reverse_dict if isinstance(key, str)]
    rooms = [item for item in get_resolver().url_patterns if isinstance(item, URLResolver)]
    assert {door.name for door in OURS} >= set(named)
    assert len(rooms) >= 3


@pytest.mark.parametrize("door", OURS, ids=str)
def test_everybody_is_answered_as_the_case_says_and_learns_nothing_else(stage, door):
    case, scene = CASES[str(door)], stage.scene
    heard = {who: knock(door, stage.doors[who], scene.names) for who in WHO}
    assert {who: answer.status for who, answer in heard.items()} == dict(case.who)
    told = {(who, secret) for who in strangers(case) for secret in scene.secrets if secret in heard[who].body}
    assert not told


@pytest.mark.parametrize("door", [door for door in OURS if names_something(door)], ids=str)
def test_anothers_thing_looks_like_one_that_never_was(stage, door):
    never = {name: str(uuid4()) for name in stage.scene.names}
    for who, status in CASES[str(door)].who.items():
        if status in (400, 403, 404):
            there, nowhere = (knock(door, stage.doors[who], names) for names in (stage.scene.names, never))
            assert there == nowhere, who


@pytest.mark.parametrize("door", ADMINS, ids=str)
def test_the_admin_is_for_nobody_of_them(stage, door):
    for who in WHO:
        heard = knock(door, stage.doors[who], stage.scene.names)
        assert heard.status == 302, who
        assert heard.location == OURS_FIRST or heard.location.startswith("/admin/"), who


def strangers(case: Case) -> list[str]:
    """Who was refused, or has nothing of Riviera's and Alice's wherever they are answered."""
    return [who for who, status in case.who.items() if who in OUTSIDE or status in (401, 403, 404)]

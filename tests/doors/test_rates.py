"""No door may be knocked at without end: not from one address, and not by one person or device from many."""

import re

import pytest

from tests.cast import Door
from tests.doors.found import HttpDoor, list_http_doors
from tests.doors.knocking import send

DOORS = list_http_doors()
OURS = [door for door in DOORS if not door.is_admins]
ADMINS = [door for door in DOORS if door.is_admins]
# Nobody is asked who they are here: what counts is the address, and at signing in the account that is tried.
ASKS_NOBODY = {"auth-token", "auth-session"}
OF_CALLERS = [door for door in DOORS if door.route.startswith("/api/") and door.name not in ASKS_NOBODY]
HERE, THERE = "192.0.2.1", "198.51.100.1"
pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def once(settings, monkeypatch):
    """Let somebody be answered once a minute by this policy."""
    return lambda policy: monkeypatch.setitem(settings.RATES, policy, (1, 60))


def knock_from(address: str, door: HttpDoor, who: Door, stage):
    answer = send(door, who, stage.scene.names, REMOTE_ADDR=address)
    # Read to its end, so that no file stays open.
    answer.getvalue()
    return answer


def is_turned_away(answer, policy: str) -> bool:
    """Hold that whoever is turned away is told so by the standard's words."""
    if answer.status_code != 429:
        return False
    said = answer.json()
    assert (said["code"], said["status"], said["violated-policies"]) == ("throttled", 429, [policy])
    assert answer["Content-Type"] == "application/problem+json"
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert f'"{policy}";q=1;w=60' in answer["RateLimit-Policy"].split(", ")
    assert re.search(rf'"{policy}";r=0;t=\d+(,|$)', answer["RateLimit"])
    return True


@pytest.mark.parametrize("door", OURS, ids=str)
def test_an_address_has_its_measure_at_every_door(stage, door, once):
    once("address")
    nobody = stage.doors["nobody"]
    assert knock_from(HERE, door, nobody, stage).status_code != 429
    assert is_turned_away(knock_from(HERE, door, nobody, stage), "address")
    assert knock_from(THERE, door, nobody, stage).status_code != 429


def test_the_doors_of_the_admin_share_it(stage, once):
    once("address")
    nobody = stage.doors["nobody"]
    assert knock_from(HERE, ADMINS[0], nobody, stage).status_code != 429
    for door in ADMINS:
        assert is_turned_away(knock_from(HERE, door, nobody, stage), "address"), door


@pytest.mark.parametrize("door", OF_CALLERS, ids=str)
def test_a_person_and_a_device_have_theirs_wherever_they_come_from(stage, door, once):
    """Also where they may not come in at all."""
    once("caller")
    for who in ("alice", "tablet"):
        assert knock_from(HERE, door, stage.doors[who], stage).status_code != 429
        assert is_turned_away(knock_from(THERE, door, stage.doors[who], stage), "caller")


@pytest.mark.parametrize("door", [door for door in DOORS if door.name in ASKS_NOBODY], ids=str)
def test_signing_in_has_a_measure_of_its_own(stage, door, once):
    once("sign_in")
    nobody = stage.doors["nobody"]
    assert knock_from(HERE, door, nobody, stage).status_code != 429
    assert is_turned_away(knock_from(HERE, door, nobody, stage), "sign_in")


def test_what_is_dear_has_a_measure_of_its_own(stage, once):
    once("quotes")
    (door,) = (door for door in DOORS if str(door) == "POST driver-quotes")
    assert knock_from(HERE, door, stage.doors["alice"], stage).status_code == 201
    assert is_turned_away(knock_from(HERE, door, stage.doors["alice"], stage), "quotes")


def test_one_who_comes_too_often_keeps_nobody_else_out(stage, once):
    once("caller")
    (door,) = (door for door in DOORS if str(door) == "GET me")
    statuses = [
        knock_from(HERE, door, stage.doors[who], stage).status_code for who in ("alice", "alice", "bob")
    ]
    assert statuses == [200, 429, 200]


def test_whoever_shows_what_proves_nothing_is_counted_too(stage, once):
    once("address")
    (door,) = (door for door in DOORS if str(door) == "GET me")
    assert knock_from(HERE, door, stage.doors["invented"], stage).status_code == 401
    assert is_turned_away(knock_from(HERE, door, stage.doors["invented"], stage), "address")


def test_every_answer_says_what_is_left(stage):
    (door,) = (door for door in DOORS if str(door) == "GET me")
    first, second = (knock_from(HERE, door, stage.doors["alice"], stage) for _ in range(2))
    assert first["RateLimit-Policy"] == second["RateLimit-Policy"]
    assert '"caller";q=600;w=60' in first["RateLimit-Policy"]
    assert ('"caller";r=599;' in first["RateLimit"], '"caller";r=598;' in second["RateLimit"]) == (True, True)

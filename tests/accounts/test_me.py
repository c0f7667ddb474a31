"""Who am I?"""

import pytest

from accounts.models import Membership
from accounts.roles import Role
from tests.cast import Door, open_door


def test_a_driver_has_no_roles(alice):
    me = open_door(alice).get("/api/me").json()
    assert me == {
        "person": {"id": str(alice.id), "name": "Alice", "email": "alice@example.test"},
        "roles": [],
        "second_factor": "off",
    }


def test_staff_learn_what_they_are_and_to_whom(dana, riviera, elsewhere):
    Membership.objects.create(person=dana, operator=elsewhere, role=Role.CREW)
    assert open_door(dana).get("/api/me").json()["roles"] == [
        {"operator": {"id": str(elsewhere.id), "name": "Elsewhere Power"}, "role": "crew"},
        {"operator": {"id": str(riviera.id), "name": "Riviera Charge"}, "role": "dispatcher"},
    ]


def test_a_device_is_no_person(tablet):
    assert open_door(tablet).get("/api/me").json() == {"person": None, "roles": [], "second_factor": "off"}


def test_a_guest_may_ask(guest_door: Door):
    assert guest_door.get("/api/me").json() == {"person": None, "roles": [], "second_factor": "off"}


@pytest.mark.parametrize(
    "header", ["Bearer nonsense", "Bearer vd_1_2", "Bearer vd_\xff", "Bearer", "Bearer a b"]
)
def test_a_false_credential_is_refused_rather_than_ignored(guest_door: Door, header: str):
    answer = guest_door.get("/api/me", HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")

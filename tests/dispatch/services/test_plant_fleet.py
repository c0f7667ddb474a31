"""A company of one's own: its fleet stands, its owner is there, and nobody of the demo came with it."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, Person
from accounts.roles import Role
from dispatch.models import ReplanWanted, Shift, Unit, Vehicle
from tests.small_world import TEN, set_time

SEED = Path("dispatch/city/data/monaco.seed.json")
OLGA = "olga@company.example"


@pytest.fixture(autouse=True)
def at_ten(db):
    set_time(TEN)


def test_the_fleet_stands_and_waits_for_its_first_plan():
    call_command("plant_fleet", SEED, owner=OLGA)
    assert Unit.objects.count() == len(json.loads(SEED.read_text())["units"])
    assert Shift.objects.exists()
    assert ReplanWanted.objects.get().wanted > 0


def test_it_has_an_owner_who_must_choose_a_password_first_and_no_people_of_the_demo():
    call_command("plant_fleet", SEED, owner=OLGA)
    (olga,) = Person.objects.all()
    assert (olga.email, olga.has_usable_password()) == (OLGA, False)
    assert Membership.objects.get().role == Role.OWNER
    assert not Vehicle.objects.exists()


def test_a_second_time_changes_nothing():
    for _ in range(2):
        call_command("plant_fleet", SEED, owner=OLGA)
    assert Unit.objects.count() == len(json.loads(SEED.read_text())["units"])
    assert Membership.objects.count() == 1


def test_a_file_that_lacks_something_says_what(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text('{"operator": {"name": "Mine"}}')
    with pytest.raises(CommandError, match="area"):
        call_command("plant_fleet", path, owner=OLGA)
    assert not Person.objects.exists()

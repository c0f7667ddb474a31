"""A person gets what is kept of them and nobody else's, and is erased but for what law asks to keep."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from knox.models import AuthToken

from accounts.callers import Caller
from accounts.models import AccountAct, Membership, Person
from accounts.roles import Role
from dispatch import clock
from dispatch.errors import Conflict
from dispatch.models import ChargeRequest, Message, MeterReading, Quote, Shift, Vehicle
from dispatch.models.privacy import REGISTER
from dispatch.services.audit import audit
from dispatch.services.keeping.erasing import erase_person
from dispatch.services.keeping.exporting import export_person, hand_out
from dispatch.services.keeping.whose import WHOSE, list_readable
from tests.accounts.browsing import Browser
from tests.cast import PASSWORD, open_door
from tests.dispatch.keeping.lived import live
from tests.small_world import CASINO


@pytest.fixture
def lived(world):
    live(world)
    return world


def erase(world, name):
    return erase_person(world.people[name].id, world.now, clock.wall())


def export(world, name):
    return export_person(world.people[name].id, clock.wall())["kept"]


def test_every_model_a_person_may_read_of_themselves_is_handed_out():
    assert {label for label in REGISTER if list_readable(label)} == WHOSE.keys()


def test_alice_gets_her_things_by_the_names_of_the_register(lived):
    kept = export(lived, "Alice")
    assert kept["accounts.Person"]["rows"][0]["email"] == "alice@example.test"
    assert "password" not in kept["accounts.Person"]["rows"][0]
    assert set(kept) >= {"account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession"}
    (request,) = kept["dispatch.ChargeRequest"]["rows"]
    assert request["place_text"] == "level -2, bay 14"
    assert request["price"]["total_minor"] > 0
    assert kept["dispatch.Vehicle"]["rows"][0]["plate"] == "MC ALICE"
    assert kept["dispatch.Promise"]["rows"]
    assert len(kept["dispatch.MeterReading"]["rows"]) == MeterReading.objects.count() > 0
    for label, part in kept.items():
        assert all(row.keys() == set(list_readable(label)) for row in part["rows"])
        assert {name for why in part["why"] for name in why["fields"]} == set(list_readable(label))


def test_nobody_gets_anothers(lived):
    told = json.dumps(export(lived, "Bob"), default=str)
    assert "Bob's corner" in told
    assert not any(word in told for word in ("ALICE", "alice", "bay 14", "blue car"))
    crew = export(lived, "Cora")
    assert [row["text"] for row in crew["dispatch.Message"]["rows"]] == ["the blue car"]
    assert len(crew["dispatch.Shift"]["rows"]) == 1
    assert not crew["dispatch.ChargeRequest"]["rows"]


def test_of_an_erased_person_the_receipt_stays_and_nothing_that_says_who(lived):
    alice, price = lived.people["Alice"], ChargeRequest.objects.get().price
    AuthToken.objects.create(user=alice)
    done = erase(lived, "Alice")
    assert (done["requests"], done["vehicles"], done["sign_ins"]) == (1, 1, 1)
    request, car = ChargeRequest.objects.get(), Vehicle.objects.get(requests__isnull=False)
    assert request.price == price
    assert MeterReading.objects.exists()
    assert (request.place_text, request.site) == ("", None)
    assert (request.lat, request.lon) != CASINO
    assert (car.name, car.plate) == ("", "")
    alice.refresh_from_db()
    assert (alice.name, alice.is_active, alice.has_usable_password()) == ("", False, False)
    assert not AuthToken.objects.exists()
    told = json.dumps(export(lived, "Alice"), default=str).lower()
    assert not any(word in told for word in ("alice", "bay 14", str(CASINO[0])))
    assert audit().findings == []


def test_once_erased_the_address_is_free_and_a_second_time_changes_nothing(lived):
    erase(lived, "Alice")
    Person.objects.create_user("alice@example.test", name="Another Alice")
    assert {name for name, count in erase(lived, "Alice").items() if count} <= {"vehicles"}
    assert Person.objects.filter(email="alice@example.test").exists()


def test_who_only_asked_leaves_nothing(lived):
    erase(lived, "Bob")
    assert not Quote.objects.filter(person=lived.people["Bob"]).exists()
    assert not Vehicle.objects.filter(person=lived.people["Bob"]).exists()


def test_while_something_is_under_way_nobody_is_erased(world):
    request = world.accept("Alice")
    with pytest.raises(Conflict) as refused:
        erase(world, "Alice")
    assert refused.value.code == "requests_open"
    assert refused.value.facts == {"requests": [str(request.id)]}
    assert Vehicle.objects.get(name="Alice's car").plate == "MC ALICE"


def test_an_operator_is_not_left_without_an_owner(world):
    with pytest.raises(Conflict, match="owner"):
        erase(world, "Olga")
    Membership.objects.create(person=world.people["Dana"], operator=world.operator, role=Role.OWNER)
    erase(world, "Olga")
    assert not Membership.objects.filter(person=world.people["Olga"]).exists()


def test_a_crew_that_is_erased_has_no_shift_ahead_and_no_words(lived):
    erase(lived, "Cora")
    assert not Shift.objects.filter(crew=lived.people["Cora"], ends_at__gt=lived.now).exists()
    assert not Message.objects.exclude(text="").exists()


@pytest.fixture
def guarded(lived):
    """Alice has a password."""
    alice = lived.people["Alice"]
    alice.set_password(PASSWORD)
    alice.save()
    return lived


def list_acts(person):
    return list(AccountAct.objects.filter(person=person).order_by("at").values_list("what", "actor"))


def test_by_the_door_it_must_be_meant_and_ends_the_token_it_came_with(guarded):
    alice = guarded.people["Alice"]
    door = open_door(alice)
    assert door.get("/api/me/export").json()["kept"]["accounts.Person"]["rows"][0]["name"] == "Alice"
    assert erase_by(door, email="bob@example.test").json()["code"] == "not_confirmed"
    assert erase_by(door).json()["code"] == "password_needed"
    assert erase_by(door, password="not hers").json()["code"] == "wrong_credentials"
    assert erase_by(door, email="Alice@Example.test", password=PASSWORD).status_code == 204
    assert door.get("/api/me/export").status_code == 401
    assert list_acts(alice)[-2:] == [("exported", alice.id), ("erased", alice.id)]


def erase_by(door, **said):
    return door.post("/api/me/erase", {"email": "alice@example.test", **said})


def test_a_browser_is_asked_once_more_and_a_letter_tells_of_the_end(
    guarded, django_capture_on_commit_callbacks
):
    browser = Browser()
    browser.sign_in("alice@example.test", PASSWORD)
    refused = erase_by(browser)
    assert (refused.status_code, refused.json()["code"]) == (401, "password_needed")
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_by(browser).status_code == 204
    assert browser.who is None
    letter = mail.outbox[-1]
    assert (letter.to, "erased" in letter.subject) == (["alice@example.test"], True)
    assert not EmailAddress.objects.exists()


def test_guessing_the_password_here_shuts_the_account_like_at_signing_in(guarded, settings, monkeypatch):
    monkeypatch.setitem(settings.RATES, "lock_out", (1, 60))
    door = open_door(guarded.people["Alice"])
    assert erase_by(door, password="not hers").status_code == 401
    assert erase_by(door, password=PASSWORD).status_code == 429


def test_by_the_door_nobody_is_erased_while_something_is_under_way(world):
    alice = world.people["Alice"]
    alice.set_password(PASSWORD)
    alice.save()
    request = world.accept("Alice")
    refused = erase_by(open_door(alice), password=PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (409, "requests_open")
    assert refused.json()["requests"] == [str(request.id)]
    assert not AccountAct.objects.exists()
    assert not mail.outbox


def test_everything_is_gathered_so_often_and_no_oftener(lived, settings, monkeypatch):
    monkeypatch.setitem(settings.RATES, "own_data", (1, 60))
    door, other = open_door(lived.people["Alice"]), open_door(lived.people["Bob"])
    assert [each.get("/api/me/export").status_code for each in (door, door, other)] == [200, 429, 200]


def test_what_was_asked_is_handed_out_with_the_rest(lived):
    alice, bob = lived.people["Alice"], lived.people["Bob"]
    hand_out(alice.id, actor=alice.id, wall=clock.wall())
    rows = export(lived, "Alice")["accounts.AccountAct"]["rows"]
    assert ("exported", alice.id) in [(row["what"], row["actor"]) for row in rows]
    assert not export(lived, "Bob")["accounts.AccountAct"]["rows"]
    assert not AccountAct.objects.of(Caller.of_person(bob)).exists()
    assert AccountAct.objects.of(Caller.of_person(alice)).exists()


def test_the_operators_commands_do_the_same(lived, tmp_path, capsys):
    file = tmp_path / "alice.json"
    call_command("export_person", "Alice@example.test", "--to", str(file))
    assert json.loads(file.read_text())["kept"]["dispatch.Vehicle"]["rows"][0]["plate"] == "MC ALICE"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_person", "alice@example.test", "--to", str(file))
    with pytest.raises(CommandError, match="--yes"):
        call_command("erase_person", "alice@example.test")
    call_command("erase_person", "alice@example.test", "--yes")
    told = capsys.readouterr().out
    assert "requests 1" in told
    assert "alice@" not in told.replace(str(file), "")
    with pytest.raises(CommandError, match="nobody"):
        call_command("erase_person", "alice@example.test", "--yes")

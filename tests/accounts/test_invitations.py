"""Bringing staff in: an owner invites, the link is followed once."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import Invitation, Membership, Person, RoleChange
from tests.accounts.browsing import Browser, read_link
from tests.cast import PASSWORD, make_person, open_door

NEW = {"name": "Nadia", "password": "a fresh horse battery"}


@pytest.fixture
def invited(olga, django_capture_on_commit_callbacks):
    """Return the secret of an invitation of Olga's."""

    def invite(email: str = "nadia@example.test", role: str = "crew") -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer = open_door(olga).post("/api/ops/invitations", {"email": email, "role": role})
        assert answer.status_code == 201, answer.content
        return read_link("invitation")

    return invite


def look(browser: Browser, secret: str):
    return browser.post("/auth/invitation/look", {"secret": secret})


def accept(browser: Browser, secret: str, **who: str):
    return browser.post("/auth/invitation/accept", {"secret": secret, **who})


def roles_of(email: str) -> list[str]:
    return list(Membership.objects.filter(person__email=email).values_list("role", flat=True))


def test_a_newcomer_accepts_and_is_signed_in_as_what_they_were_invited_to(invited):
    browser, secret = Browser(), invited("Nadia@Example.test")
    shown = {"operator": "Riviera Charge", "role": "crew", "email": "nadia@example.test"}
    assert look(browser, secret).json() == {**shown, "has_account": False, "signed_in": False}
    answer = accept(browser, secret, **NEW).json()
    assert answer["roles"][0]["role"] == "crew"
    assert browser.get("/api/me").json() == answer
    # The letter has proved the address.
    assert browser.get("/auth/email").json()["data"][0]["verified"] is True
    assert Browser().sign_in("nadia@example.test", NEW["password"]).status_code == 200


def test_a_link_works_once(invited):
    secret = invited()
    accept(Browser(), secret, **NEW)
    again = accept(Browser(), secret, **NEW)
    assert (again.status_code, again.json()["code"]) == (404, "invitation_not_open")
    assert look(Browser(), secret).status_code == 404


def test_a_link_is_void_after_three_days(invited):
    secret = invited()
    Invitation.objects.update(expires_at=Invitation.objects.get().created_at - timedelta(seconds=1))
    assert accept(Browser(), secret, **NEW).status_code == 404
    assert not Person.objects.filter(email="nadia@example.test").exists()


def test_an_invitation_taken_back_opens_nothing(invited, olga):
    secret, door = invited(), open_door(olga)
    (row,) = door.get("/api/ops/invitations").json()["results"]
    assert door.delete(f"/api/ops/invitations/{row['id']}").status_code == 204
    assert accept(Browser(), secret, **NEW).status_code == 404
    assert door.get("/api/ops/invitations").json()["results"] == []
    assert door.delete(f"/api/ops/invitations/{row['id']}").status_code == 404


def test_inviting_again_voids_the_letter_before(invited):
    first, second = invited(), invited()
    assert accept(Browser(), first, **NEW).status_code == 404
    assert accept(Browser(), second, **NEW).status_code == 200


def test_who_has_an_account_accepts_signed_in_as_themselves(invited):
    Person.objects.create_user("dora@example.test", PASSWORD, name="Dora")
    Person.objects.create_user("eve@example.test", PASSWORD, name="Eve")
    secret, nobody, eve, dora = invited("dora@example.test", "dispatcher"), Browser(), Browser(), Browser()
    eve.sign_in("eve@example.test", PASSWORD)
    dora.sign_in("dora@example.test", PASSWORD)
    assert look(nobody, secret).json()["has_account"]
    for other in (nobody, eve):
        answer = accept(other, secret, **NEW)
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_first")
    assert accept(dora, secret).json()["roles"][0]["role"] == "dispatcher"
    assert dora.get("/api/ops/people").status_code == 403
    assert roles_of("eve@example.test") == []


@pytest.mark.parametrize(
    "who", [{}, {"name": "Nadia"}, {"name": "Nadia", "password": "12345"}, {"password": NEW["password"]}]
)
def test_half_a_newcomer_makes_no_account_and_the_link_still_holds(invited, who):
    secret = invited()
    assert accept(Browser(), secret, **who).status_code in {400, 401}
    assert accept(Browser(), secret, **NEW).status_code == 200


def test_an_invented_link_opens_nothing(db):
    assert look(Browser(), "nonsense").status_code == accept(Browser(), "nonsense", **NEW).status_code == 404


def test_only_an_owner_invites_and_for_their_own_operator_alone(dana, cora, otto, alice, invited, elsewhere):
    body = {"email": "nadia@example.test", "role": "owner"}
    for who in (dana, cora, otto, alice):
        assert open_door(who).post("/api/ops/invitations", body).status_code == 403
    invited()
    boss = make_person("Boss", elsewhere, "owner")
    assert open_door(boss).get("/api/ops/invitations").json()["results"] == []
    own = Invitation.objects.get()
    assert open_door(boss).delete(f"/api/ops/invitations/{own.id}").status_code == 404


def test_the_letter_is_in_both_languages_and_keeps_its_secret_from_servers(invited):
    secret = invited()
    letter = mail.outbox[-1]
    assert letter.to == ["nadia@example.test"]
    assert letter.subject.startswith("Voltrun: an invitation from Riviera Charge / une invitation de")
    assert len(re.findall(r"http://testserver/account/invitation#\S+", letter.body)) == 2
    assert not Invitation.objects.filter(secret_sha256=secret).exists()


def test_the_record_says_who_invited_whom_to_what(invited, olga):
    accept(Browser(), invited(), **NEW)
    change = RoleChange.objects.select_related("person").get()
    told = (change.actor_id, change.person.email, change.before, change.after)
    assert told == (olga.id, "nadia@example.test", "", "crew")

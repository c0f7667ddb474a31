"""Where one is signed in: seen and ended, one's own alone."""

import pytest
from knox.models import AuthToken

from accounts.library import sessions
from accounts.models import Person
from accounts.socket_auth import read_caller
from tests.accounts.browsing import Browser
from tests.cast import PASSWORD, open_door


@pytest.fixture
def alice(db: None) -> Person:
    return Person.objects.create_user("alice@example.test", PASSWORD, name="Alice")


def signed_in(name: str) -> Browser:
    browser = Browser(HTTP_USER_AGENT=name, REMOTE_ADDR="192.0.2.7")
    browser.sign_in("alice@example.test", PASSWORD)
    return browser


def entries(browser: Browser) -> dict[str, dict]:
    return {each["client"] or each["kind"]: each for each in browser.get("/auth/sign-ins").json()["results"]}


def test_sessions_and_tokens_are_listed_with_where_they_came_from(alice):
    phone, desk = signed_in("Phone"), signed_in("Desk")
    AuthToken.objects.create(user=alice)
    seen = entries(desk)
    assert seen.keys() == {"Phone", "Desk", "token"}
    assert [seen[name]["current"] for name in ("Phone", "Desk", "token")] == [False, True, False]
    assert seen["Phone"]["ip"] == "192.0.2.7"
    assert entries(phone)["Phone"]["current"]


def test_ending_another_session_signs_that_browser_out_and_closes_its_sockets(alice):
    phone, desk = signed_in("Phone"), signed_in("Desk")
    socket = {b"cookie": f"sessionid={phone.client.cookies['sessionid'].value}".encode()}
    assert read_caller(socket).is_known
    assert desk.delete(f"/auth/sign-ins/{entries(desk)['Phone']['id']}").status_code == 204
    assert (phone.who, desk.who) == (None, "Alice")
    assert not read_caller(socket).is_known


def test_a_token_is_ended(alice):
    desk, program = signed_in("Desk"), open_door(alice)
    assert program.get("/api/me").status_code == 200
    desk.delete(f"/auth/sign-ins/{entries(desk)['token']['id']}")
    assert program.get("/api/me").status_code == 401


def test_all_others_are_ended_at_once(alice):
    phone, desk, program = signed_in("Phone"), signed_in("Desk"), open_door(alice)
    assert desk.delete("/auth/sign-ins").status_code == 204
    assert (phone.who, desk.who, program.get("/api/me").status_code) == (None, "Alice", 401)
    assert entries(desk).keys() == {"Desk"}


def test_a_program_ends_all_but_itself(alice):
    desk, program = signed_in("Desk"), open_door(alice)
    assert program.delete("/auth/sign-ins").status_code == 204
    assert (desk.who, program.get("/api/me").status_code) == (None, 200)


@pytest.mark.parametrize(
    "name", ["session-0", "session-99999999999999999999", "token-", "token-abc", "nonsense"]
)
def test_what_never_was_is_not_there(alice, name):
    assert signed_in("Desk").delete(f"/auth/sign-ins/{name}").status_code == 404


def test_anothers_is_not_there(alice, bob):
    desk = signed_in("Desk")
    entry = entries(desk)["Desk"]["id"]
    assert open_door(bob).delete(f"/auth/sign-ins/{entry}").status_code == 404
    assert desk.who == "Alice"


def test_what_is_expired_or_signed_out_is_not_listed(alice):
    phone, desk = signed_in("Phone"), signed_in("Desk")
    AuthToken.objects.create(user=alice)
    alice.auth_token_set.update(expiry="2020-01-01T00:00:00Z")
    phone.delete("/api/auth/session")
    assert entries(desk).keys() == {"Desk"}


def test_the_oldest_session_ends_when_one_more_begins_than_are_kept(alice, monkeypatch):
    monkeypatch.setattr(sessions, "MOST_SESSIONS", 2)
    first, second, third = (signed_in(name) for name in ("First", "Second", "Third"))
    assert (first.who, second.who, third.who) == (None, "Alice", "Alice")
    assert entries(third).keys() == {"Second", "Third"}

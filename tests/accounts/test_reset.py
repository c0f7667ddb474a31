"""A forgotten password: a link by mail, for one use and an hour; and nobody learns who has an account."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from accounts.models import Person
from accounts.socket_auth import read_caller
from tests.accounts.browsing import Browser, codes, read_link
from tests.cast import PASSWORD

FRESH = "a fresh horse battery"


@pytest.fixture
def alice(db: None) -> Person:
    return Person.objects.create_user("alice@example.test", PASSWORD, name="Alice")


def ask(browser: Browser, email: str = "alice@example.test"):
    return browser.post("/auth/password/request", {"email": email})


def reset(browser: Browser, key: str, password: str = FRESH):
    return browser.post("/auth/password/reset", {"key": key, "password": password})


def test_the_link_sets_a_new_password_and_the_old_one_is_none(alice):
    browser = Browser()
    assert ask(browser).status_code == 200
    # Whoever has set it signs in with it: the link alone opens nothing.
    assert reset(browser, read_link("reset")).status_code == 401
    assert browser.who is None
    assert browser.sign_in(alice.email, PASSWORD).status_code == 401
    assert browser.sign_in(alice.email, FRESH).json()["person"]["name"] == "Alice"


def test_a_link_works_once(alice):
    browser = Browser()
    ask(browser)
    key = read_link("reset")
    reset(browser, key)
    again = reset(browser, key, "another horse battery")
    assert (again.status_code, codes(again)) == (400, ["invalid_password_reset"])


def test_of_two_links_the_second_is_void_when_the_first_was_used(alice):
    browser = Browser()
    ask(browser)
    first = read_link("reset")
    ask(browser)
    second = read_link("reset")
    assert reset(browser, first).status_code == 401
    assert codes(reset(browser, second)) == ["invalid_password_reset"]


def test_a_link_is_void_after_an_hour(alice, settings):
    browser = Browser()
    ask(browser)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert codes(reset(browser, read_link("reset"))) == ["invalid_password_reset"]


def test_an_invented_link_is_void(alice):
    browser = Browser()
    for key in ("", "x", f"{alice.id.hex}-abc-def", "0-0-0"):
        assert reset(browser, key).status_code == 400


def test_a_weak_password_is_refused_and_the_link_still_holds(alice):
    browser = Browser()
    ask(browser)
    key = read_link("reset")
    assert reset(browser, key, "12345").status_code == 400
    assert reset(browser, key).status_code == 401


def test_a_new_password_ends_sessions_and_tokens_and_with_them_sockets(alice):
    elsewhere, here = Browser(), Browser()
    elsewhere.sign_in(alice.email, PASSWORD)
    token = AuthToken.objects.create(user=alice)[1]
    cookie = f"sessionid={elsewhere.client.cookies['sessionid'].value}".encode()
    sockets = [{b"cookie": cookie}, {b"authorization": f"Bearer {token}".encode()}]
    assert [read_caller(headers).person_id for headers in sockets] == [alice.id, alice.id]
    ask(here)
    reset(here, read_link("reset"))
    assert [read_caller(headers).is_known for headers in sockets] == [False, False]
    assert elsewhere.who is None


def test_known_and_unknown_addresses_are_answered_the_same(alice):
    known, unknown = ask(Browser()), ask(Browser(), "nobody@example.test")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    ours = {"Content-Type", "Cache-Control", "Vary"}
    assert {name: known[name] for name in ours} == {name: unknown[name] for name in ours}


def test_known_and_unknown_addresses_cost_the_same_work(alice):
    """One letter each, which is what takes time; the difference in the database is a handful of look-ups."""
    browser = Browser()
    ask(browser, "first@example.test")
    counted, letters = [], []
    for email in ("alice@example.test", "nobody@example.test"):
        before = len(mail.outbox)
        with CaptureQueriesContext(connection) as queries:
            ask(browser, email)
        counted.append(len(queries))
        letters.append(len(mail.outbox) - before)
    assert letters == [1, 1]
    assert abs(counted[0] - counted[1]) <= 6


def test_an_unknown_address_is_told_by_mail_that_it_has_no_account(db):
    ask(Browser(), "nobody@example.test")
    (letter,) = mail.outbox
    assert letter.to == ["nobody@example.test"]
    assert "There is no account" in letter.body
    assert "a pas de compte à cette adresse" in letter.body
    assert "#" not in letter.body


def test_somebody_switched_off_gets_no_link(alice):
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    ask(Browser())
    assert "There is no account" in mail.outbox[-1].body


def test_asking_again_and_again_is_slowed_down(alice):
    browser = Browser()
    assert [ask(browser).status_code for _ in range(7)].count(429) >= 1
    assert len(mail.outbox) <= 5


def test_a_letter_is_in_both_languages_and_its_link_tells_no_server_its_secret(alice):
    ask(Browser())
    (letter,) = mail.outbox
    assert letter.subject == "Voltrun: a new password / un nouveau mot de passe"
    assert letter.body.count("http://testserver/account/reset#") == 2
    assert "?" not in letter.body.partition("http")[2].partition("\n")[0]


def test_a_change_is_told_by_mail(alice):
    browser = Browser()
    browser.sign_in(alice.email, PASSWORD)
    body = {"current_password": PASSWORD, "new_password": FRESH}
    assert browser.post("/auth/password/change", body).status_code == 200
    assert "Your password was changed." in mail.outbox[-1].body
    assert browser.who == "Alice"


def test_somebody_elses_page_can_ask_for_nothing(alice):
    browser = Browser()
    answer = browser.client.post("/auth/password/request", {"email": alice.email}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")

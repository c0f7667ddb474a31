"""A driver makes an account: a letter proves the address, its link makes the account, once."""

from datetime import timedelta

import pytest
from django.core import mail, signing

from accounts.models import AccountAct, Membership, Person
from tests.accounts.browsing import Browser, read_link
from tests.cast import PASSWORD

NEW = {"name": "Nadia", "password": "a fresh horse battery"}
NADIA = "nadia@example.test"


@pytest.fixture
def browser(db: None) -> Browser:
    return Browser()


def ask(browser: Browser, email: str = NADIA):
    return browser.post("/auth/sign-up", {"email": email})


def follow(browser: Browser, secret: str, **who: str):
    return browser.post("/auth/sign-up/accept", {"secret": secret, **(who or NEW)})


def test_a_newcomer_follows_the_link_and_is_signed_in_as_a_driver(browser):
    assert ask(browser, "Nadia@Example.test").status_code == 204
    answer = follow(browser, read_link("sign-up")).json()
    assert (answer["person"]["email"], answer["roles"]) == (NADIA, [])
    assert browser.who == "Nadia"
    # What a driver does first.
    assert browser.get("/api/driver/vehicles").json()["results"] == []
    assert browser.get("/api/ops/people").status_code == 403
    assert not Membership.objects.exists()
    # The letter has proved the address.
    assert browser.get("/auth/email").json()["data"][0]["verified"] is True
    assert Browser().sign_in(NADIA, NEW["password"]).status_code == 200
    act = AccountAct.objects.get()
    assert (act.what, act.person.email) == ("signed_up", NADIA)


def test_until_the_link_is_followed_nothing_is_kept(browser):
    ask(browser)
    assert not Person.objects.exists()
    assert not AccountAct.objects.exists()


def test_the_answer_does_not_say_whether_there_is_an_account(browser):
    Person.objects.create_user("alice@example.test", PASSWORD, name="Alice")
    known, unknown = ask(browser, "Alice@Example.test"), ask(browser)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (204, b"")
    first, second = mail.outbox
    assert (first.to, second.to) == (["alice@example.test"], [NADIA])
    assert "You have one already" in first.body
    assert "sign-up" not in first.body
    assert Browser().sign_in("alice@example.test", PASSWORD).status_code == 200


def test_a_link_makes_one_account_and_is_void_then(browser):
    ask(browser)
    secret = read_link("sign-up")
    follow(browser, secret)
    again = follow(Browser(), secret, name="Mallory", password="another horse battery")
    assert (again.status_code, again.json()["code"]) == (404, "sign_up_not_open")
    assert Person.objects.get().name == "Nadia"
    assert Browser().sign_in(NADIA, "another horse battery").status_code == 401


def test_two_letters_make_one_account_too(browser):
    ask(browser)
    first = read_link("sign-up")
    ask(browser)
    assert follow(browser, read_link("sign-up")).status_code == 200
    assert follow(Browser(), first).status_code == 404


def test_a_link_is_void_after_a_day(browser, monkeypatch):
    ask(browser)
    secret = read_link("sign-up")
    late = signing.time.time() + timedelta(days=1, minutes=1).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert follow(browser, secret).status_code == 404
    assert not Person.objects.exists()


@pytest.mark.parametrize("secret", ["nonsense", "a:b:c", None], ids=["a word", "words", "of another use"])
def test_an_invented_link_makes_nobody(browser, secret):
    secret = secret or signing.dumps(NADIA, salt="another use")
    assert follow(browser, secret).json()["code"] == "sign_up_not_open"
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "who", [{"name": "Nadia"}, {"password": NEW["password"]}, {**NEW, "password": "12345"}]
)
def test_half_a_newcomer_makes_no_account_and_the_link_still_holds(browser, who):
    ask(browser)
    secret = read_link("sign-up")
    assert follow(browser, secret, **who).status_code == 400
    assert follow(browser, secret).status_code == 200


def test_who_is_signed_in_as_another_is_the_newcomer_then(browser):
    Person.objects.create_user("alice@example.test", PASSWORD, name="Alice")
    browser.sign_in("alice@example.test", PASSWORD)
    ask(browser)
    follow(browser, read_link("sign-up"))
    assert browser.who == "Nadia"


def test_one_address_gets_so_many_letters_whoever_asks(browser, settings, monkeypatch):
    monkeypatch.setitem(settings.RATES, "sign_up", (1, 3600))
    statuses = [ask(browser).status_code, ask(Browser(REMOTE_ADDR="198.51.100.1")).status_code]
    assert (statuses, len(mail.outbox)) == ([204, 429], 1)
    assert ask(browser, "other@example.test").status_code == 204


def test_from_one_address_so_many_letters_are_asked_for_whoever_they_are_for(browser, settings, monkeypatch):
    monkeypatch.setitem(settings.RATES, "sign_up_address", (1, 3600))
    assert ask(browser).status_code == 204
    assert ask(browser, "other@example.test").status_code == 429
    assert ask(Browser(REMOTE_ADDR="198.51.100.1"), "other@example.test").status_code == 204


def test_a_house_that_takes_no_newcomers_has_no_such_doors(browser, settings):
    ask(browser)
    secret = read_link("sign-up")
    settings.SIGN_UP = "closed"
    for refused in (ask(browser), follow(browser, secret)):
        assert (refused.status_code, refused.json()["code"]) == (404, "sign_up_closed")
    assert not Person.objects.exists()


def test_the_letter_is_in_both_languages_and_keeps_its_secret_from_servers(browser):
    ask(browser)
    letter = mail.outbox[-1]
    assert letter.subject == "Voltrun: your account / votre compte"
    assert letter.body.count("http://testserver/account/sign-up#") == 2

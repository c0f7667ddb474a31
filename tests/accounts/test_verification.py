"""An e-mail address is its owner's once they followed the link sent there."""

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.db import connection

from accounts import address_changes
from accounts.callers import Caller
from accounts.models import AccountAct, Person
from tests.accounts.browsing import Browser, codes, read_link
from tests.cast import PASSWORD


@pytest.fixture
def browser(db: None) -> Browser:
    Person.objects.create_user("alice@example.test", PASSWORD, name="Alice")
    browser = Browser()
    browser.sign_in("alice@example.test", PASSWORD)
    return browser


def addresses(browser: Browser) -> dict[str, bool]:
    return {each["email"]: each["verified"] for each in browser.get("/auth/email").json()["data"]}


def list_acts() -> list[str]:
    return list(AccountAct.objects.order_by("at").values_list("what", flat=True))


def verify(browser: Browser, key: str):
    return browser.post("/auth/email/verify", {"key": key})


def test_the_link_confirms_the_address(browser):
    assert addresses(browser) == {"alice@example.test": False}
    assert browser.put("/auth/email", {"email": "alice@example.test"}).status_code == 200
    key = read_link("verify")
    # In any browser: the letter may be read on the phone.
    assert verify(Browser(), key).status_code == 401
    assert addresses(browser) == {"alice@example.test": True}


def test_a_link_confirms_once(browser):
    browser.put("/auth/email", {"email": "alice@example.test"})
    key = read_link("verify")
    verify(browser, key)
    assert codes(verify(browser, key)) == ["invalid_or_expired_key"]


def test_a_link_is_void_after_three_days(browser, monkeypatch):
    browser.put("/auth/email", {"email": "alice@example.test"})
    key = read_link("verify")
    late = signing.time.time() + timedelta(days=3, minutes=1).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert codes(verify(Browser(), key)) == ["invalid_or_expired_key"]


def test_a_new_address_is_signed_in_with_only_after_its_link_was_followed(browser):
    assert browser.post("/auth/email", {"email": "Alice@Elsewhere.test"}).status_code == 401
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    browser.post("/auth/email", {"email": "Alice@Elsewhere.test"})
    assert mail.outbox[-1].to == ["alice@elsewhere.test"]
    assert Browser().sign_in("alice@elsewhere.test", PASSWORD).status_code == 401
    assert list_acts() == ["address_asked"]
    verify(browser, read_link("verify"))
    assert list_acts() == ["address_asked", "address_changed"]
    assert Browser().sign_in("alice@elsewhere.test", PASSWORD).status_code == 200
    assert Browser().sign_in("alice@example.test", PASSWORD).status_code == 401


def test_anothers_address_cannot_be_taken_nor_recognised(browser):
    Person.objects.create_user("bob@example.test", PASSWORD, name="Bob")
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    taken = browser.post("/auth/email", {"email": "bob@example.test"})
    free = browser.post("/auth/email", {"email": "free@example.test"})
    assert (taken.status_code, free.status_code) == (200, 200)
    assert Browser().sign_in("bob@example.test", PASSWORD).json()["person"]["name"] == "Bob"


@pytest.fixture
def confirmed(browser: Browser) -> Browser:
    """Alice's browser, and her address is confirmed."""
    browser.put("/auth/email", {"email": "alice@example.test"})
    verify(browser, read_link("verify"))
    return browser


def test_whoever_reads_the_old_address_learns_that_it_was_changed(confirmed):
    confirmed.post("/auth/reauthenticate", {"password": PASSWORD})
    confirmed.post("/auth/email", {"email": "alice@elsewhere.test"})
    key = read_link("verify")
    mail.outbox.clear()
    verify(confirmed, key)
    assert "alice@example.test" in [to for letter in mail.outbox for to in letter.to]


def test_who_asked_for_another_address_may_keep_the_one_they_have(confirmed):
    browser = confirmed
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    browser.post("/auth/email", {"email": "alice@elsewhere.test"})
    key = read_link("verify")
    gone = browser.delete("/auth/email", {"email": "alice@elsewhere.test"})
    assert gone.status_code == 200, gone.content
    assert codes(verify(browser, key)) == ["invalid_or_expired_key"]
    assert list(addresses(browser)) == ["alice@example.test"]


def test_who_never_confirmed_the_one_they_have_signs_in_with_it_and_may_keep_it(browser):
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    browser.post("/auth/email", {"email": "alice@elsewhere.test"})
    key = read_link("verify")
    assert Browser().sign_in("alice@example.test", PASSWORD).status_code == 200
    assert browser.delete("/auth/email", {"email": "alice@elsewhere.test"}).status_code == 200
    assert addresses(browser) == {"alice@example.test": False}
    assert codes(verify(browser, key)) == ["invalid_or_expired_key"]


def test_the_moment_without_an_address_is_within_one_transaction(browser, monkeypatch):
    """The library takes one that was never confirmed away: two at once would have none, and no two may."""
    seen = []

    class Watching:
        @staticmethod
        def system():
            seen.append(len(connection.savepoint_ids))
            return Caller.system()

    monkeypatch.setattr(address_changes, "Caller", Watching)
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    outside = len(connection.savepoint_ids)
    assert browser.post("/auth/email", {"email": "alice@elsewhere.test"}).status_code == 200
    assert seen == [outside + 1]


def test_nobody_signed_in_has_no_addresses(db):
    assert Browser().get("/auth/email").status_code == 401

"""The second factor: one-time codes and recovery codes, at every way in; and houses that ask for one."""

import base64

import pytest
from allauth.mfa.models import Authenticator

from accounts.library.kept_factors import count_factors_by_key, seal_factors_anew
from accounts.models import Membership, Person
from accounts.socket_auth import read_caller
from tests.accounts.authenticator import code
from tests.accounts.browsing import Browser, codes
from tests.cast import PASSWORD, Door

TOTP = "/auth/authenticators/totp"


@pytest.fixture
def dora(riviera) -> Person:
    """Riviera's dispatcher, who signs in by password."""
    dora = Person.objects.create_user("dora@example.test", PASSWORD, name="Dora")
    Membership.objects.create(person=dora, operator=riviera, role="dispatcher")
    return dora


def signed_in() -> Browser:
    browser = Browser()
    browser.sign_in("dora@example.test", PASSWORD)
    return browser


def set_up(browser: Browser) -> str:
    """Set one-time codes up; return their secret."""
    shown = browser.get(TOTP)
    assert shown.status_code == 404
    secret: str = shown.json()["meta"]["secret"]
    refused = browser.post(TOTP, {"code": code(secret)})
    assert refused.status_code == 401
    browser.post("/auth/reauthenticate", {"password": PASSWORD})
    assert browser.post(TOTP, {"code": code(secret)}).status_code == 200
    return secret


def token(**said: str):
    return Door().post("/api/auth/token", {"email": "dora@example.test", "password": PASSWORD, **said})


def test_a_browser_is_let_in_with_password_and_code(dora):
    secret, browser = set_up(signed_in()), Browser()
    asked = browser.sign_in("dora@example.test", PASSWORD)
    assert (asked.status_code, asked.json()["code"], browser.who) == (401, "second_factor_needed", None)
    wrong = browser.post("/auth/2fa/authenticate", {"code": "000000"})
    assert (codes(wrong), browser.who) == (["incorrect_code"], None)
    assert browser.post("/auth/2fa/authenticate", {"code": code(secret, steps=1)}).status_code == 200
    assert browser.who == "Dora"


def test_the_code_alone_opens_nothing(dora):
    secret = set_up(signed_in())
    assert Browser().post("/auth/2fa/authenticate", {"code": code(secret, steps=1)}).status_code == 401


def test_a_code_works_once(dora):
    secret, used = set_up(signed_in()), []
    for _ in range(2):
        browser = Browser()
        browser.sign_in("dora@example.test", PASSWORD)
        used.append(browser.post("/auth/2fa/authenticate", {"code": code(secret, steps=1)}).status_code)
    assert used == [200, 400]


def test_a_program_sends_its_code_along(dora):
    secret = set_up(signed_in())
    assert token().json()["code"] == "second_factor_needed"
    assert token(code="000000").json()["code"] == "wrong_code"
    assert token(code=code(secret, steps=1)).status_code == 200
    assert token(code=code(secret, steps=1)).json()["code"] == "wrong_code"


def test_guessing_codes_shuts_the_account(dora, settings, monkeypatch):
    set_up(signed_in())
    monkeypatch.setitem(settings.RATES, "lock_out", (3, 3600))
    assert [token(code=f"00000{n}").status_code for n in range(4)] == [401, 401, 401, 429]


def test_each_recovery_code_works_once(dora):
    browser = signed_in()
    set_up(browser)
    answer = browser.get("/auth/authenticators/recovery-codes").json()["data"]
    assert answer["total_code_count"] == 10
    spare = answer["unused_codes"][0]
    assert token(code=spare).status_code == 200
    assert token(code=spare).json()["code"] == "wrong_code"


def test_a_secret_is_kept_sealed(dora):
    secret = set_up(signed_in())
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert kept.startswith("sealed:tests:")


def test_a_secret_goes_on_under_another_key(dora, settings):
    secret = set_up(signed_in())
    fresh = base64.b64encode(bytes(range(32))).decode()
    settings.FIELD_KEYS = f"fresh:{fresh},{settings.FIELD_KEYS}"
    # Of the codes and of the recovery codes.
    assert (seal_factors_anew(), seal_factors_anew()) == (2, 0)
    assert count_factors_by_key() == {"fresh": 2}
    settings.FIELD_KEYS = f"fresh:{fresh}"
    assert token(code=code(secret, steps=1)).status_code == 200


def test_without_password_or_code_of_a_moment_ago_no_factor_is_removed(dora):
    """A session somebody left open takes no factor away."""
    browser = signed_in()
    set_up(browser)
    store = browser.client.session
    store["account_authentication_methods"] = []
    store.save()
    assert browser.delete(TOTP).status_code == 401
    assert browser.post("/auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    assert browser.delete(TOTP).status_code == 200
    assert browser.get("/api/me").json()["second_factor"] == "off"


@pytest.fixture(params=["house", "operator"])
def asked_for(request, riviera, settings):
    """A second factor is asked for."""
    if request.param == "house":
        settings.STAFF_SECOND_FACTOR = "required"
    else:
        riviera.second_factor_required = True
        riviera.save()


def test_where_one_is_asked_for_no_role_holds_without(dora, asked_for):
    browser = signed_in()
    me = browser.get("/api/me").json()
    assert (me["roles"], me["second_factor"]) == ([], "needed")
    assert browser.get("/api/ops/board").status_code == 403
    socket = {b"cookie": f"sessionid={browser.client.cookies['sessionid'].value}".encode()}
    assert not read_caller(socket).dispatched
    set_up(browser)
    me = browser.get("/api/me").json()
    assert (me["roles"][0]["role"], me["second_factor"]) == ("dispatcher", "on")
    assert read_caller(socket).dispatched


def test_a_driver_needs_none_anywhere(alice, asked_for):
    assert alice.second_factor == "off"


def test_the_admins_own_form_is_no_way_around(dora):
    answer = Browser().get("/admin/login/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/?next=/admin/")

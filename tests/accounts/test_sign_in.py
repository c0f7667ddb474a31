"""In and out, by token and by session."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from tests.cast import PASSWORD, Door, open_door


@pytest.fixture
def alice(db: None) -> Person:
    return Person.objects.create_user("Alice@Example.test", PASSWORD, name="Alice")


def sign_in(door: Door, email: str, password: str):
    return door.post("/api/auth/token", {"email": email, "password": password})


def test_a_token_opens_the_door_it_was_given_for(guest_door: Door, alice: Person):
    answer = sign_in(guest_door, "alice@example.test", PASSWORD)
    assert answer.status_code == 200
    assert answer.json().keys() == {"token", "expires_at"}
    guest_door.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['token']}")
    assert guest_door.get("/api/me").json()["person"]["email"] == "alice@example.test"


def test_an_email_is_the_same_however_it_is_typed(guest_door: Door, alice: Person):
    assert sign_in(guest_door, "ALICE@example.TEST", PASSWORD).status_code == 200


def test_a_wrong_password_and_an_unknown_email_look_the_same(guest_door: Door, alice: Person):
    wrong = sign_in(guest_door, "alice@example.test", "guess")
    unknown = sign_in(guest_door, "nobody@example.test", "guess")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "wrong_credentials"


def test_an_unknown_email_costs_a_round_of_hashing_too(guest_door, alice, monkeypatch):
    hashed = []
    monkeypatch.setattr(Person, "set_password", lambda self, raw: hashed.append(raw))
    sign_in(guest_door, "nobody@example.test", "guess")
    assert hashed == ["guess"]


def test_a_person_switched_off_cannot_sign_in(guest_door: Door, alice: Person):
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    assert sign_in(guest_door, "alice@example.test", PASSWORD).json()["code"] == "wrong_credentials"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "email"),
        ({"email": "nonsense", "password": "x"}, "email"),
        ({"email": "alice@example.test"}, "password"),
        ({"email": "alice@example.test", "password": {"a": 1}}, "password"),
    ],
)
def test_half_a_sign_in_names_the_missing_half(guest_door: Door, body: dict, path: str):
    answer = guest_door.post("/api/auth/token", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["path"]) == (400, "invalid", path)


def test_guessing_is_slowed_down_for_one_account_and_not_for_its_neighbours(
    guest_door: Door, alice: Person, settings, monkeypatch
):
    monkeypatch.setitem(settings.RATES, "sign_in", (2, 60))
    tries = [sign_in(guest_door, "alice@example.test", "guess") for _ in range(3)]
    assert [answer.status_code for answer in tries] == [401, 401, 429]
    assert tries[2].json()["code"] == "throttled"
    assert int(tries[2]["Retry-After"]) > 0
    assert sign_in(guest_door, "bob@example.test", "guess").status_code == 401


def test_another_address_in_a_header_is_no_other_address(
    guest_door: Door, alice: Person, settings, monkeypatch
):
    monkeypatch.setitem(settings.RATES, "sign_in_address", (2, 60))
    tries = [
        guest_door.post(
            "/api/auth/token",
            {"email": f"guess{number}@example.test", "password": "guess"},
            HTTP_X_FORWARDED_FOR=f"192.0.2.{number}",
        )
        for number in range(3)
    ]
    assert [answer.status_code for answer in tries] == [401, 401, 429]


def browser() -> tuple[Client, dict[str, str]]:
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    return client, {"HTTP_X_CSRFTOKEN": client.cookies["csrftoken"].value}


def test_a_browser_signs_in_and_out_with_a_session(alice: Person):
    client, csrf = browser()
    who = {"email": "alice@example.test", "password": PASSWORD}
    answer = client.post("/api/auth/session", who, "application/json", **csrf)
    assert answer.json()["person"]["name"] == "Alice"
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert client.get("/api/me").json()["person"]["name"] == "Alice"
    fresh = {"HTTP_X_CSRFTOKEN": client.cookies["csrftoken"].value}
    assert client.delete("/api/auth/session", **fresh).status_code == 204
    assert client.get("/api/me").json() == {"person": None, "roles": [], "second_factor": "off"}


def test_somebody_elses_page_cannot_sign_a_browser_in(alice: Person):
    client, _ = browser()
    answer = client.post("/api/auth/session", {"email": "a@b.test", "password": "x"}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_an_expired_token_is_nobodys(alice: Person):
    door = open_door(alice)
    alice.auth_token_set.update(expiry="2020-01-01T00:00:00Z")
    answer = door.get("/api/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not alice.auth_token_set.exists(), "what has run out is forgotten when it is used"


def test_who_signs_in_again_leaves_no_token_that_has_run_out(guest_door, alice: Person):
    open_door(alice)
    alice.auth_token_set.update(expiry="2020-01-01T00:00:00Z")
    assert sign_in(guest_door, alice.email, PASSWORD).status_code == 200
    assert [token.expiry > timezone.now() for token in alice.auth_token_set.all()] == [True]


def test_a_password_kept_the_old_way_opens_and_is_kept_the_new_way_from_then_on(guest_door, alice):
    alice.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    alice.save()
    assert sign_in(guest_door, alice.email, PASSWORD).status_code == 200
    alice.refresh_from_db()
    assert alice.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")

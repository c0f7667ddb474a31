"""An account is shut for a while after many wrong passwords, wherever they come from."""

import pytest

from accounts.models import Person
from tests.cast import PASSWORD, Door


@pytest.fixture(autouse=True)
def thrice(db, settings, monkeypatch) -> None:
    monkeypatch.setitem(settings.RATES, "lock_out", (3, 3600))
    Person.objects.create_user("alice@example.test", PASSWORD, name="Alice")


def try_from(address: str, email: str = "alice@example.test", password: str = "guess"):
    body = {"email": email, "password": password}
    return Door().post("/api/auth/token", body, REMOTE_ADDR=address)


def test_the_right_password_opens_no_more_after_three_wrong_ones_from_three_addresses():
    wrong = [try_from(f"192.0.2.{number}").status_code for number in range(3)]
    shut = try_from("198.51.100.1", password=PASSWORD)
    assert [*wrong, shut.status_code] == [401, 401, 401, 429]
    assert (shut.json()["code"], shut.json()["violated-policies"]) == ("throttled", ["lock_out"])
    assert 0 < int(shut["Retry-After"]) <= 3600


def test_an_account_that_is_not_there_is_shut_the_same():
    tries = [try_from(f"192.0.2.{number}", "nobody@example.test") for number in range(4)]
    assert [answer.status_code for answer in tries] == [401, 401, 401, 429]


def test_signing_in_often_shuts_nothing():
    tries = [try_from("192.0.2.1", password=PASSWORD).status_code for _ in range(5)]
    assert tries == [200] * 5


def test_a_neighbour_is_not_shut_out():
    Person.objects.create_user("bob@example.test", PASSWORD, name="Bob")
    for number in range(4):
        try_from(f"192.0.2.{number}")
    assert try_from("192.0.2.1", "bob@example.test", PASSWORD).status_code == 200

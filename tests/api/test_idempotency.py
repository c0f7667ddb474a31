"""An unsafe call has one effect, however often it arrives."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from accounts.callers import Caller
from accounts.models import Operator
from dispatch import clock
from dispatch.models.idempotency import KEPT, IdempotencyKey
from tests.cast import open_door

pytestmark = pytest.mark.urls("tests.api.toy")
TOY = "/api/toy/operators"


@pytest.fixture
def as_alice(alice):
    return open_door(alice)


def make(door, name="Nord", key="k-1"):
    return door.post(TOY, {"name": name}, HTTP_IDEMPOTENCY_KEY=key)


@pytest.mark.parametrize("key", [None, "", "   "])
def test_without_a_key_nothing_is_done(as_alice, key):
    answer = make(as_alice, key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")
    assert not Operator.objects.exists()


@pytest.mark.parametrize("key", ["k" * 201, "a\tb"])
def test_a_key_nobody_could_mean_is_invalid(as_alice, key):
    assert make(as_alice, key=key).json()["code"] == "invalid"


def test_the_same_call_again_answers_the_same_and_does_nothing(as_alice):
    first, again = make(as_alice), make(as_alice)
    assert (again.status_code, again.json()) == (first.status_code, first.json()) == (201, first.json())
    assert again["Idempotent-Replay"] == "true"
    assert Operator.objects.count() == 1


def test_an_answer_without_a_body_is_repeated_too(as_alice):
    for _ in range(2):
        answer = as_alice.delete(TOY, HTTP_IDEMPOTENCY_KEY="k-9")
        assert (answer.status_code, answer.content) == (204, b"")


def test_another_body_under_the_key_is_refused(as_alice):
    make(as_alice)
    answer = make(as_alice, name="Sud")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Operator.objects.count() == 1


def test_another_method_under_the_key_is_refused(as_alice):
    make(as_alice)
    assert as_alice.delete(TOY, HTTP_IDEMPOTENCY_KEY="k-1").status_code == 422


def test_a_key_is_its_callers_own(as_alice, bob):
    assert make(as_alice).status_code == 201
    assert make(open_door(bob)).status_code == 201
    assert Operator.objects.count() == 2


def test_a_failed_call_leaves_nothing_and_its_key_is_free_again(as_alice):
    answer = make(as_alice, name="raises")
    assert (answer.status_code, answer.json()["offers"]) == (409, ["fresh"])
    assert not Operator.objects.exists()
    assert make(as_alice, name="Nord").status_code == 201


def test_a_returned_problem_keeps_what_was_written_but_not_the_key(as_alice):
    assert make(as_alice, name="returns").status_code == 409
    assert Operator.objects.count() == 1
    assert not IdempotencyKey.objects.exists()


def test_our_own_fault_leaves_nothing(as_alice):
    as_alice.raise_request_exception = False
    answer = make(as_alice, name="breaks")
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert not Operator.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_a_call_still_at_work_is_not_begun_twice(as_alice, alice):
    name = f"{Caller.of_person(alice).key}\nk-1"
    with psycopg.connect(
        connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
    ) as first:
        first.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        answer = make(as_alice)
        assert (answer.status_code, answer.json()["code"]) == (409, "in_progress")
    assert make(as_alice).status_code == 201


def test_a_key_is_kept_for_48_hours_and_then_free(as_alice):
    make(as_alice)
    IdempotencyKey.objects.update(created_at=clock.wall() - timedelta(hours=47, minutes=59))
    assert make(as_alice)["Idempotent-Replay"] == "true"
    IdempotencyKey.objects.update(created_at=clock.wall() - timedelta(hours=48, minutes=1))
    assert "Idempotent-Replay" not in make(as_alice)
    assert Operator.objects.count() == 2


def test_purging_deletes_old_keys_only(as_alice):
    make(as_alice, key="old")
    IdempotencyKey.objects.update(created_at=clock.wall() - timedelta(hours=49))
    make(as_alice, key="new")
    assert IdempotencyKey.purge_before(clock.wall() - KEPT) == 1
    assert IdempotencyKey.objects.get().key == "new"


def test_reading_needs_no_key(as_alice):
    assert as_alice.get(TOY).status_code == 200

"""Every error is a problem document with a stable code and, for a field, its path."""

import pytest

from tests.cast import open_door

pytestmark = pytest.mark.urls("tests.api.toy")
TOY = "/api/toy/operators"


def is_problem(answer, status, code):
    assert answer["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert (answer.status_code, document["status"], document["code"]) == (status, status, code)
    assert document["type"] == f"urn:voltrun:problem:{code}"
    assert document["title"]
    assert document["detail"]
    return document


@pytest.fixture
def as_alice(alice):
    return open_door(alice)


def test_a_body_that_is_no_json(as_alice):
    answer = as_alice.post(TOY, "{nonsense", content_type="application/json")
    is_problem(answer, 400, "invalid_json")


def test_a_body_that_is_no_object(as_alice):
    assert "path" in is_problem(as_alice.post(TOY, [1, 2], format="json"), 400, "invalid")


def test_a_body_in_a_language_we_do_not_read(as_alice):
    is_problem(as_alice.post(TOY, "<a/>", content_type="text/xml"), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "name"),
        ({"name": "x" * 21}, "name"),
        ({"name": "a", "location": {"lat": 91}}, "location.lat"),
        ({"name": "a", "location": 7}, "location"),
        ({"name": "a", "fixes": [{"lat": 1}, {"lat": "north"}]}, "fixes.1.lat"),
        ({"name": "self-contradiction"}, ""),
    ],
)
def test_a_wrong_value_is_named_by_its_path(as_alice, body, path):
    document = is_problem(as_alice.post(TOY, body), 400, "invalid")
    assert document["path"] == path


def test_all_wrong_values_are_told_at_once(as_alice):
    document = is_problem(as_alice.post(TOY, {"location": {"lat": 91}}), 400, "invalid")
    assert [error["path"] for error in document["errors"]] == ["name", "location.lat"]


def test_an_error_of_ours_carries_its_facts(as_alice):
    document = is_problem(as_alice.get("/api/toy/fails/ours"), 404, "not_found")
    assert (document["detail"], document["path"]) == ("No such van.", "unit")


def test_what_is_missing_says_no_more_than_that(as_alice):
    assert "secret" not in as_alice.get("/api/toy/fails/django").content.decode()
    is_problem(as_alice.get("/api/toy/fails/django"), 404, "not_found")


def test_a_database_that_is_away_is_503_and_tells_no_address(as_alice):
    answer = as_alice.get("/api/toy/fails/away")
    is_problem(answer, 503, "unavailable")
    assert "secret" not in answer.content.decode()
    assert int(answer["Retry-After"]) > 0


def test_a_house_too_busy_says_when_to_come_back(as_alice):
    assert as_alice.get("/api/toy/fails/shed")["Retry-After"] == "7"


def test_a_guest_is_asked_to_sign_in(guest_door):
    for answer in (guest_door.get(TOY), guest_door.post(TOY, {"name": "a"})):
        is_problem(answer, 401, "not_signed_in")
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_method_nobody_serves(as_alice):
    is_problem(as_alice.patch(TOY, {}), 405, "method_not_allowed")


def test_an_address_nobody_lives_at(guest_door):
    is_problem(guest_door.get("/api/no/such/thing"), 404, "not_found")

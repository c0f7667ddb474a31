"""What the API says of itself."""

import json

import pytest

from config.api_schema import build_schema

pytestmark = pytest.mark.django_db


def test_it_is_built_once_however_often_it_is_asked_for(client):
    answers = [client.get("/api/schema/") for _ in range(3)]
    assert build_schema.cache_info().misses == 1
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_it_is_the_schema_the_pages_are_built_with(client, settings):
    kept = json.loads((settings.BASE_DIR / "frontend/src/api/schema.json").read_text())
    assert client.get("/api/schema/").json() == kept


@pytest.mark.parametrize("address", ["/api/schema/", "/api/docs/"])
def test_whoever_shows_what_proves_nothing_is_told_so_in_a_document(client, address):
    answer = client.get(address, headers={"authorization": "Bearer nothing"})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "not_signed_in"

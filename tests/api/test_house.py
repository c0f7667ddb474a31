"""Readiness, figures, and what any page needs first."""

import logging

import pytest
from django.conf import settings
from django.db import OperationalError

from config.logs import Outages, Refusals
from dispatch.api import metrics, readiness
from dispatch.models import Plan
from tests.cast import open_door
from tests.small_world import SmallWorld, build_world


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@pytest.fixture
def guest(world):
    return open_door()


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    """What was found a moment ago is looked for again."""
    monkeypatch.setattr(readiness, "KEPT_S", 0.0)


def test_a_house_that_stands_is_ready(guest):
    answer = guest.get("/readyz")
    assert (answer.status_code, answer.json()["down"]) == (200, {})
    assert answer.json()["checks"] == ["database", "valkey", "writes", "roads", "planner", "world", "quote"]


def test_it_is_not_ready_without_a_plan_to_quote_from(guest):
    Plan.objects.all().delete()
    answer = guest.get("/readyz")
    assert answer.status_code == 503
    assert set(answer.json()["down"]) == {"planner", "quote"}


def test_it_names_valkey_when_valkey_is_away(guest, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert guest.get("/readyz").json()["down"] == {"valkey": "ConnectionError"}


def test_without_a_database_it_says_so_at_once_and_asks_nothing_more_of_it(guest, monkeypatch):
    def away():
        raise OSError

    monkeypatch.setitem(readiness._ALONE, "database", away)
    monkeypatch.setitem(readiness._ON_DATABASE, "planner", lambda: pytest.fail("asked all the same"))
    assert guest.get("/readyz").json()["down"] == {"database": "OSError"}


def test_only_a_change_is_news(guest, caplog):
    Plan.objects.all().delete()
    for _ in range(5):
        guest.get("/readyz")
    told = [r for r in caplog.records if "readiness" in r.getMessage()]
    assert len(told) <= 1
    assert not [
        record for record in caplog.records if record.levelno >= logging.ERROR and not is_quiet(record)
    ]


def is_quiet(record: logging.LogRecord) -> bool:
    return not Refusals().filter(record)


def test_what_the_layer_says_each_second_is_left_out_and_faults_are_not():
    def said(error: Exception) -> bool:
        record = logging.LogRecord("channels_redis.pubsub", 40, "", 0, "", (), (type(error), error, None))
        return Outages().filter(record)

    assert not said(ConnectionRefusedError())
    assert said(KeyError())


def test_figures_for_whoever_watches(world, guest):
    world.accept("Alice")
    text = guest.get("/metrics").content.decode()
    assert "voltrun_open_requests 1.0" in text
    assert "voltrun_plan_age_seconds 0.0" in text
    # The world's first plan; who accepts waits for nobody.
    assert "voltrun_replans 1.0" in text
    assert "voltrun_replan_p95_seconds" in text


def test_without_a_database_there_are_no_figures(guest, monkeypatch):
    def away(*_):
        raise OperationalError

    monkeypatch.setattr(metrics, "get_house_figures", away)
    assert guest.get("/metrics").status_code == 503


def test_a_page_learns_the_area_and_the_time(guest):
    config = guest.get("/api/config")
    assert config["Voltrun-Server-Time"] == config.json()["server_time"] == "2026-06-10T10:00:00.000Z"
    assert config["Voltrun-Speed"] == "0"
    assert config.json()["area"]["currency"] == "EUR"
    assert config.json()["demo"] is settings.DEMO
    assert bool(config.json()["demo_accounts"]) is settings.DEMO


def test_a_page_without_a_city_is_told_to_come_back(db):
    answer = open_door().get("/api/config")
    assert (answer.status_code, answer.json()["code"]) == (503, "no_area_yet")
    assert int(answer["Retry-After"]) > 0

"""Every answer of the API says what time it is in the world, and how fast it runs."""

from datetime import UTC, datetime

import pytest

from dispatch import clock
from dispatch.api.time_headers import build_instant


@pytest.fixture
def morning(db):
    clock.forget()
    clock.start(60, datetime(2026, 6, 10, 6, 0, tzinfo=UTC))
    yield
    clock.forget()


@pytest.mark.parametrize("path", ["/api/me", "/api/no/such/thing"])
def test_good_and_bad_answers_carry_both_headers(morning, guest_door, path):
    answer = guest_door.get(path)
    assert answer["Voltrun-Server-Time"].startswith("2026-06-10T06:0")
    assert answer["Voltrun-Server-Time"].endswith("Z")
    assert answer["Voltrun-Speed"] == "60"


def test_other_answers_carry_none(morning, guest_door):
    assert "Voltrun-Speed" not in guest_door.get("/healthz")


def test_an_instant_is_written_in_utc_with_a_z():
    assert build_instant(datetime(2026, 6, 10, 6, 0, 0, 123456, UTC)) == "2026-06-10T06:00:00.123Z"

"""The log of a running house: one name from the call to the solver, and nobody's own name at all."""

import json
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.system.house import CHECKOUT, House, wait_until

pytestmark = pytest.mark.system
PARTS = ("web", "worker", "beat", "clock")
DISPATCHER = {"email": "dispatcher@demo.test", "password": "voltrun-demo"}


def read_lines(house: House, part: str) -> Iterator[dict[str, Any]]:
    for line in (house.var / "log" / f"{part}.log").read_text(errors="replace").splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def find_line(house: House, part: str, **words: object) -> dict[str, Any] | None:
    rows = read_lines(house, part)
    return next((row for row in rows if words.items() <= row.items()), None)


def sign_in(house: House) -> str:
    token: str = httpx.post(f"{house.base_url}/api/auth/token", json=DISPATCHER).json()["token"]
    return token


def ask_for_a_plan(house: House, token: str) -> str:
    """Ask, and return the name of the call."""
    call = str(uuid4())
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": call, "X-Request-Id": call}
    answer = httpx.post(f"{house.base_url}/api/ops/replans", headers=headers, json={})
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (202, call), answer.text
    return call


def test_a_call_can_be_followed_from_the_web_to_the_worker_and_its_solver(house):
    token, calls, asked_at = sign_in(house), [], 0.0

    def find_planned() -> dict[str, Any] | None:
        rows = (find_line(house, "worker", event="replanned", call=call) for call in calls)
        return next((row for row in rows if row), None)

    def is_planned() -> bool:
        nonlocal asked_at
        # A nudge that comes while a plan is being made goes with that one: then it is asked for again.
        if time.monotonic() - asked_at > 5:
            calls.append(ask_for_a_plan(house, token))
            asked_at = time.monotonic()
        return find_planned() is not None

    wait_until(is_planned, 90, house.describe)
    planned = find_planned()
    assert planned is not None
    assert planned["task"] == "dispatch.replan"
    solved = find_line(house, "worker", event="solved", replan=planned["replan"])
    # Without a request there is nothing to solve.
    assert solved is None or (solved["call"], solved["logger"]) == (planned["call"], "routing.serve")


def test_a_change_names_its_events_its_plan_and_its_requests(house):
    def is_told() -> bool:
        return any(row["event"] == "happened" and row["plan"] for row in read_lines(house, "worker"))

    wait_until(is_told, 60, house.describe)
    row = next(row for row in read_lines(house, "worker") if row["event"] == "happened" and row["plan"])
    assert row["events"]
    assert row["task"] == "dispatch.replan"


def list_words_about_people() -> set[str]:
    seed = json.loads((CHECKOUT / "dispatch/city/data/monaco.seed.json").read_text())
    people = {word for person in seed["persons"] for word in (person["email"], person["name"])}
    plates = {row["plate"] for row in (*seed["units"], *seed["vehicles"]) if row.get("plate")}
    return people | plates | {seed["demo_password"]}


def test_no_line_holds_a_word_about_a_person(house):
    words = list_words_about_people()
    assert len(words) > 50
    for part in PARTS:
        text = (house.var / "log" / f"{part}.log").read_text(errors="replace")
        assert [word for word in words if word in text] == [], part
        assert "Bearer " not in text

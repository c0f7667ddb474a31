"""What no line of the log may hold is taken out of it, whoever wrote it."""

import json
import logging
from io import StringIO
from uuid import uuid4

import pytest
import structlog
from django.db import IntegrityError, transaction
from structlog.stdlib import ProcessorFormatter

from config.masks import MASK, mask_text
from dispatch.models import Event
from tests.cast import open_door
from tests.small_world import build_world


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("mail to alice.b+x@example.test failed", f"mail to {MASK} failed"),
        ("call +377 93 15 20 00 now", f"call {MASK} now"),
        ("call 0033 6 12 34 56 78", f"call {MASK}"),
        ("postgresql://ann:p%40ss@db.example:5432/volt", f"postgresql://{MASK}@db.example:5432/volt"),
        ("redis://:hush@127.0.0.1:6379/0", f"redis://{MASK}@127.0.0.1:6379/0"),
        ("Authorization: Bearer abc.def-123456", f"Authorization: Bearer {MASK}"),
        ('{"password": "hunter2"}', f'{{"password": {MASK}}}'),
        ("at 43.73842, 7.42461 stands a car", f"at {MASK} stands a car"),
        ("duplicate key\nDETAIL:  Key (email)=(a b) exists.\n", f"duplicate key\nDETAIL: {MASK}\n"),
    ],
)  # fmt: skip
def test_what_is_about_a_person_is_taken_out(said, written):
    assert mask_text(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "7d0f3a52-2b1e-4c8e-9f57-0123456789ab",
        "2026-06-10T10:00:00.000000Z",
        "plan 1204 of area riviera in 12.345 s",
        "127.0.0.1:8000",
        "line 00123 of 4567890",
    ],
)
def test_ids_times_and_figures_stay(said):
    assert mask_text(said) == said


@pytest.fixture
def lines(monkeypatch):
    """What the house's own handler writes from here on."""
    (out,) = [each for each in logging.getLogger().handlers if isinstance(each.formatter, ProcessorFormatter)]
    written = StringIO()
    before = out.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    out.setStream(before)


def test_the_row_a_database_refused_stays_out_of_the_log(lines, alice):
    try:
        with transaction.atomic():
            type(alice).objects.create_user(alice.email, name="again")
    except IntegrityError:
        structlog.get_logger("test").exception("not kept", asked_by=alice.email)
        logging.getLogger("library").exception("refused %s", alice.email)
    ours, theirs = [line for line in lines() if line["logger"] in {"test", "library"}]
    for line in (ours, theirs):
        assert "IntegrityError" in line["exception"]
        assert alice.email not in json.dumps(line)
    assert (ours["asked_by"], theirs["event"]) == (MASK, f"refused {MASK}")


def test_a_change_is_told_with_the_ids_of_all_it_is_about(lines, db, django_capture_on_commit_callbacks):
    world = build_world()
    with django_capture_on_commit_callbacks(execute=True):
        request = world.accept("Alice")
    (line,) = [line for line in lines() if line["event"] == "happened" and line["requests"]]
    assert line["requests"] == [str(request.id)]
    assert line["plan"] > 0
    assert all(Event.objects.filter(id=key).exists() for key in line["events"])


def test_a_call_keeps_its_name_through_answer_and_log(lines, db, django_capture_on_commit_callbacks):
    world = build_world()
    name = str(uuid4())
    door = open_door(world.people["Dana"])
    with django_capture_on_commit_callbacks(execute=True):
        answer = door.post("/api/ops/replans", HTTP_X_REQUEST_ID=name)
    assert answer["X-Request-Id"] == name


def test_a_name_that_is_no_name_is_not_taken_over(client):
    answer = client.get("/healthz", headers={"x-request-id": "alice@example.test"})
    assert "alice" not in answer["X-Request-Id"]
    assert len(answer["X-Request-Id"]) == 36

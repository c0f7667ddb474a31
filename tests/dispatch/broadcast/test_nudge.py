"""A nudge wakes the planner after the commit, and holds up nobody while the broker is away."""

import threading
import time
from uuid import uuid4

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from dispatch.broadcast import nudge
from dispatch.broadcast.nudge import Nudger, nudge_planner
from tests.patience import wait_until


@pytest.fixture
def sent(monkeypatch):
    """Catch the tasks that are sent."""
    tasks = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: tasks.append((name, *args)))
    return tasks


def test_it_is_sent_once_the_change_is_committed(committed, sent):
    area = uuid4()
    with transaction.atomic():
        nudge_planner(area)
        assert sent == []
    wait_until(lambda: sent == [("dispatch.replan", str(area))])


def test_of_what_is_undone_nobody_hears(committed, sent):
    with transaction.atomic():
        nudge_planner(uuid4())
        transaction.set_rollback(True)
    last = uuid4()
    nudge_planner(last)
    wait_until(lambda: sent)
    assert sent == [("dispatch.replan", str(last))]


def test_while_the_broker_hangs_nobody_waits_and_an_area_waits_once(committed, monkeypatch):
    hangs, tasks = threading.Event(), []

    def send(name, args, **_):
        tasks.append(args[0])
        hangs.wait(10)
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", send)
    nudger = Nudger()
    monkeypatch.setattr(nudge, "_nudger", lambda: nudger)
    first, second = uuid4(), uuid4()
    began = time.monotonic()
    nudge_planner(first)
    wait_until(lambda: tasks)
    for _ in range(100):
        nudge_planner(second)
    assert time.monotonic() - began < 1
    hangs.set()
    wait_until(lambda: len(tasks) == 2)
    nudge_planner(first)
    wait_until(lambda: len(tasks) == 3)
    assert tasks == [str(first), str(second), str(first)]

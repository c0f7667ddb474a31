"""Fixes of many units are written together, soon; nothing is lost by a database that is away for a moment."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from dispatch.models import Position
from dispatch.services import trace_buffer
from dispatch.services.trace_buffer import TraceBuffer, keep_positions, write_positions
from tests.patience import wait_until
from tests.small_world import PORT, TEN


def rows(world, count=3):
    return [
        Position(operator=world.operator, unit=unit, at=TEN + timedelta(seconds=n), lat=PORT[0], lon=PORT[1])
        for unit in world.units.values()
        for n in range(count)
    ]


def test_many_units_are_one_statement(world):
    some = rows(world, count=20)
    with CaptureQueriesContext(connection) as captured:
        write_positions(some)
    assert sum("INSERT INTO dispatch_position" in query["sql"] for query in captured) == 1
    assert Position.objects.count() == 40


def test_an_instant_is_kept_once_and_a_unit_that_is_gone_takes_nobody_with_it(world):
    some = rows(world)
    gone = Position(operator=world.operator, unit_id=world.area.id, at=TEN, lat=PORT[0], lon=PORT[1])
    keep_positions([*some, *some, gone])
    assert Position.objects.count() == len(some)


def test_nothing_to_keep_asks_nothing(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        keep_positions([])


@pytest.fixture
def written(monkeypatch):
    """What a buffer writes, without a database; the first time it is away if told so."""
    batches = []
    monkeypatch.setattr(trace_buffer, "write_positions", batches.append)
    return batches


def test_what_comes_within_a_moment_is_written_together(world, written):
    buffer = TraceBuffer(seconds=0.05)
    some = rows(world)
    for row in some:
        buffer.add([row])
    wait_until(lambda: sum(map(len, written)) == len(some), 5)
    buffer.close()
    assert len(written) < len(some)


def test_at_the_end_what_is_left_is_written(world, written):
    buffer = TraceBuffer(seconds=60)
    buffer.add(rows(world))
    buffer.close()
    assert sum(map(len, written)) == len(rows(world))


def test_a_database_that_is_away_loses_nothing(world, monkeypatch):
    tried, written = [], []

    def write(some):
        tried.append(len(some))
        if len(tried) == 1:
            raise OperationalError
        written.extend(some)

    monkeypatch.setattr(trace_buffer, "write_positions", write)
    monkeypatch.setattr(trace_buffer, "PAUSE_S", 0.01)
    buffer = TraceBuffer(seconds=0.01)
    some = rows(world)
    buffer.add(some)
    wait_until(lambda: written == some, 5)
    buffer.close()
    assert tried == [len(some), len(some)]

"""The trace: a partition for each day, made ahead, with what came before it; old days are dropped."""

from datetime import timedelta

import pytest
from django.db import connection

from dispatch.models import Position
from dispatch.services.trace import AHEAD_DAYS, keep_trace
from tests.small_world import PORT, TEN

DAY = timedelta(days=1)


def partitions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'dispatch_position'::regclass"
        )
        return {row[0] for row in cursor.fetchall()}


def put(world, at):
    unit = world.units["Azur"]
    row = Position.objects.create(operator=world.operator, unit=unit, at=at, lat=PORT[0], lon=PORT[1])
    connection.check_constraints()
    return row


def lies_in(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM dispatch_position WHERE id = %s", [row.id])
        return cursor.fetchone()[0]


def test_there_is_room_for_today_and_the_days_ahead(world):
    keep_trace(TEN)
    days = {f"dispatch_position_d202606{10 + n}" for n in range(AHEAD_DAYS + 1)}
    assert partitions() == {"dispatch_position_other", *days}
    assert lies_in(put(world, TEN + DAY)) == "dispatch_position_d20260611"
    keep_trace(TEN)
    assert len(partitions()) == AHEAD_DAYS + 2


def test_what_came_before_there_was_room_moves_over(world):
    row, other = put(world, TEN), put(world, TEN - DAY)
    keep_trace(TEN)
    assert lies_in(row) == "dispatch_position_d20260610"
    assert lies_in(other) == "dispatch_position_other"


def test_what_is_too_old_is_forgotten(world, settings):
    settings.TRACE_DAYS = 2
    for at in (TEN - 3 * DAY, TEN, TEN + 2 * DAY):
        put(world, at)
    keep_trace(TEN)
    assert Position.objects.count() == 2
    keep_trace(TEN + 4 * DAY)
    assert [row.at for row in Position.objects.all()] == [TEN + 2 * DAY]
    assert "dispatch_position_d20260610" not in partitions()


@pytest.mark.parametrize("room", [False, True])
def test_an_instant_is_kept_once_with_and_without_room(world, room):
    if room:
        keep_trace(TEN)
    unit = world.units["Azur"]
    for _ in range(2):
        twin = Position(operator=world.operator, unit=unit, at=TEN, lat=PORT[0], lon=PORT[1])
        Position.objects.bulk_create([twin], ignore_conflicts=True)
    assert Position.objects.count() == 1

"""Where a unit has been: its operator's dispatchers see it, laid on the road where there is one."""

from datetime import timedelta

import pytest

from accounts.models import Operator
from accounts.roles import Role
from dispatch.models import Position
from dispatch.selectors import trace_lines
from tests.cast import make_person, open_door
from tests.small_world import CASINO, PORT, build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def address(world):
    unit = world.units["Azur"]
    for number, place in enumerate((PORT, CASINO)):
        at = world.now - timedelta(minutes=10 - number)
        Position.objects.create(operator=world.operator, unit=unit, at=at, lat=place[0], lon=place[1])
    return f"/api/ops/units/{unit.id}/trace"


def get(world, address, **query):
    return open_door(world.people["Dana"]).get(address, query)


def test_without_a_road_engine_the_line_goes_from_fix_to_fix(world, address):
    trace = get(world, address).json()
    assert (trace["fixes"], trace["on_road"], len(trace["lines"])) == (2, False, 1)


def test_with_one_it_follows_the_road(world, address, monkeypatch):
    asked = []

    def match(profile, trace):
        asked.append((profile, [second for _, second in trace]))
        return ["_ibE_seK", "_ulL"]

    monkeypatch.setattr(trace_lines, "match_trace", match)
    trace = get(world, address).json()
    assert (trace["on_road"], trace["lines"]) == (True, ["_ibE_seK", "_ulL"])
    ((profile, seconds),) = asked
    assert profile == "car"
    assert seconds == sorted(set(seconds))


def test_only_the_last_while_is_shown(world, address):
    assert get(world, address, minutes=5).json()["lines"] == []
    assert get(world, address, minutes=9).json()["fixes"] == 0


def test_a_long_trace_is_thinned_out_from_end_to_end(world, address, monkeypatch):
    monkeypatch.setattr(trace_lines, "MOST_FIXES", 3)
    unit = world.units["Azur"]
    for second in range(8):
        at = world.now - timedelta(seconds=second)
        Position.objects.create(operator=world.operator, unit=unit, at=at, lat=PORT[0], lon=PORT[1])
    assert get(world, address).json()["fixes"] == 3


@pytest.mark.parametrize("minutes", ["0", "-1", "721", "soon"])
def test_a_span_that_is_none_is_refused(world, address, minutes):
    assert get(world, address, minutes=minutes).status_code == 400


def test_it_is_nobody_elses(world, address):
    otto = make_person("Otto", Operator.objects.create(name="Elsewhere Power"), Role.DISPATCHER)
    assert open_door(otto).get(address).status_code == 404
    assert open_door(world.people["Cora"]).get(address).status_code == 403

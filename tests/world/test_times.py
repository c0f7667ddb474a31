"""World time follows the server, and never goes backwards."""

import asyncio

import pytest

from dispatch.world.times import WorldClock, format_instant, parse_instant
from tests.world.town import EIGHT, Wall


def test_runs_at_the_servers_speed():
    wall = Wall()
    clock = WorldClock(wall)
    clock.observe(EIGHT, 10.0)
    wall.s += 3.0
    assert clock.now() == EIGHT + 30.0
    assert clock.wall_s_until(EIGHT + 50.0) == pytest.approx(2.0)


def test_a_late_answer_does_not_set_it_back():
    wall = Wall()
    clock = WorldClock(wall)
    clock.observe(EIGHT, 10.0)
    wall.s += 3.0
    clock.observe(EIGHT + 25.0, 10.0)
    assert clock.now() == EIGHT + 30.0


def test_stands_still_until_a_halted_world_has_caught_up():
    wall = Wall()
    clock = WorldClock(wall)
    clock.observe(EIGHT, 10.0)
    wall.s += 60.0
    shown = clock.now()
    clock.observe(EIGHT + 100.0, 10.0)
    wall.s += 10.0
    assert clock.now() == shown
    wall.s += 41.0
    assert clock.now() == EIGHT + 100.0 + 510.0


def test_takes_a_new_speed_at_once():
    wall = Wall()
    clock = WorldClock(wall)
    clock.observe(EIGHT, 120.0)
    wall.s += 1.0
    clock.observe(EIGHT + 120.0, 1.0)
    wall.s += 1.0
    assert clock.now() == EIGHT + 121.0


def test_waits_without_end_while_the_world_stands_still():
    clock = WorldClock(Wall())
    clock.observe(EIGHT, 0.0)
    assert clock.wall_s_until(EIGHT + 1.0) == float("inf")
    assert clock.wall_s_until(EIGHT) == 0.0


def test_does_not_guess_before_the_server_has_spoken():
    with pytest.raises(RuntimeError, match="not yet said"):
        WorldClock(Wall()).now()


async def test_sleeps_until_an_instant_of_the_world():
    clock = WorldClock()
    clock.observe(EIGHT, 1_000.0)
    await asyncio.wait_for(clock.sleep_until(EIGHT + 20.0), timeout=5)
    assert clock.now() >= EIGHT + 20.0


def test_instants_survive_the_way_to_text_and_back():
    assert format_instant(EIGHT + 0.25) == "2026-11-21T08:00:00.250Z"
    assert parse_instant("2026-11-21T08:00:00.250Z") == EIGHT + 0.25

"""Fixes: the newest wins, whatever order they come in; a slipping arrival wants a plan."""

from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.errors import NotFound
from dispatch.models import Position, ReplanWanted, UnitState
from dispatch.services import tracking
from dispatch.services.tracking import DRIFT, SKEW, Fix, Said, record_fixes, record_many
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, PORT, STADIUM


def send(world, *fixes, name="Azur", voice=None):
    unit = world.units[name]
    caller = voice or world.device_of(unit.id)
    return record_fixes(caller, unit.id, fixes, world.now, clock.wall())


def state(world, name="Azur"):
    return UnitState.objects.get(unit=world.units[name])


def test_the_newest_wins_whatever_order_they_come_in(world):
    old, new = Fix(world.now - timedelta(minutes=4), *STADIUM), Fix(world.now, *CASINO, pack_soc=0.5)
    assert send(world, new, old) == 2
    assert (state(world).lat, state(world).lon, state(world).pack_wh) == (*CASINO, 50_000)
    assert send(world, Fix(world.now - timedelta(minutes=2), *PORT, pack_soc=0.9)) == 1
    assert (state(world).lat, state(world).pack_wh) == (CASINO[0], 50_000)


def test_a_fix_said_again_is_kept_once(world):
    fix = Fix(world.now, *CASINO)
    assert send(world, fix, fix) == 1
    assert send(world, fix) == 0
    assert Position.objects.count() == 1


def test_a_clock_that_is_ahead_is_not_believed(world):
    ahead = Fix(world.now + SKEW + timedelta(seconds=1), *CASINO)
    assert send(world, ahead) == 0
    assert state(world).fix_at is None


def test_another_unit_has_no_say(world):
    for voice in (world.device_of(world.units["Corail"].id), world.caller("Alice")):
        with pytest.raises(NotFound):
            send(world, Fix(world.now, *CASINO), voice=voice)


def test_a_fix_computed_before_the_arrival_does_not_undo_it(world, monkeypatch):
    """The way was looked up while the crew arrived: the arrival is a fact by now."""
    stop = Crew(world).do("depart", world.stop_of(world.accept("Alice")))
    inner = tracking.find_travel_s

    def arrive_meanwhile(*args):
        Crew(world).do("arrive", stop)
        return inner(*args)

    monkeypatch.setattr(tracking, "find_travel_s", arrive_meanwhile)
    send(world, Fix(world.now, *STADIUM), name=stop.unit.name)
    assert state(world, stop.unit.name).next_arrival_at is None


def test_an_arrival_that_slips_wants_a_plan_once_for_each_step(world, monkeypatch):
    stop = Crew(world).do("depart", world.stop_of(world.accept("Alice")))
    before = ReplanWanted.objects.get().wanted
    wanted = []
    for seconds in (0, 60, 200, 210, 220, 400):
        world.wait(seconds=1)
        late = (stop.arrive_at - world.now).total_seconds() + seconds
        monkeypatch.setattr(tracking, "find_travel_s", lambda *_, late=late: int(late))
        send(world, Fix(world.now, *STADIUM), name=stop.unit.name)
        wanted.append(ReplanWanted.objects.get().wanted - before)
    assert timedelta(minutes=3) == DRIFT
    assert wanted == [0, 0, 1, 1, 1, 2]


def test_off_duty_nobody_keeps_where_a_unit_is_only_what_is_in_its_pack(world):
    UnitState.objects.filter(unit=world.units["Azur"]).update(activity="off_duty")
    world.wait(hours=10)
    assert send(world, Fix(world.now, *CASINO, pack_soc=0.5)) == 0
    assert not Position.objects.exists()
    assert (state(world).fix_at, state(world).pack_wh, state(world).doubts) == (None, 50_000, [])


def test_after_its_shift_a_unit_is_followed_home(world):
    world.wait(hours=10)
    assert send(world, Fix(world.now, *CASINO)) == 1


def test_what_a_device_kept_from_before_the_shift_is_not_taken(world):
    before = Fix(world.now - timedelta(hours=4), *STADIUM)
    assert send(world, before, Fix(world.now, *CASINO)) == 1
    assert state(world).lat == CASINO[0]


def test_a_jump_nobody_can_drive_is_not_shown_until_it_is_confirmed(world):
    send(world, Fix(world.now, *CASINO))
    for taken in (0, 0, 1):
        world.wait(seconds=5)
        assert send(world, Fix(world.now, 43.7000, 7.2660)) == taken
    assert state(world).lat == 43.7000


def test_what_units_say_at_one_moment_is_taken_together_and_a_stranger_spoils_nothing(world):
    azur, corail = world.units["Azur"].id, world.units["Corail"].id
    fix, later = Fix(world.now, *CASINO), Fix(world.now + timedelta(seconds=1), CASINO[0] + 0.0001, CASINO[1])
    said = [
        Said(world.device_of(azur), azur, (fix,)),
        Said(world.device_of(azur), corail, (fix,)),
        Said(world.device_of(corail), corail, (fix,)),
        Said(world.device_of(azur), azur, (fix, later)),
    ]
    first, stranger, second, again = record_many(said, world.now, clock.wall())
    assert (first, second, again) == (1, 1, 1)
    assert isinstance(stranger, NotFound)
    assert (state(world).lat, state(world, "Corail").lat) == (CASINO[0] + 0.0001, CASINO[0])

"""Whose day it is: the shift under way, else the one that has just ended, else the next."""

from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.models import Shift
from dispatch.selectors.day import find_unit, get_day
from tests.dispatch.crew import Crew

HOUR = timedelta(hours=1)


@pytest.fixture
def cora_works(world):
    """Give Cora shifts: unit, first and last hour from now."""
    Shift.objects.all().delete()

    def make(*shifts: tuple[str, float, float]) -> None:
        for unit, start, end in shifts:
            Shift.objects.create(
                operator=world.operator,
                unit=world.units[unit],
                crew=world.people["Cora"],
                starts_at=world.now + start * HOUR,
                ends_at=world.now + end * HOUR,
            )

    return make


@pytest.mark.parametrize(
    ("shifts", "unit"),
    [
        ([("Azur", -1, 1)], "Azur"),
        ([("Azur", -9, -0.5), ("Corail", -0.5, 8)], "Corail"),
        ([("Azur", -9, -0.5), ("Corail", 0.25, 8)], "Azur"),
        ([("Azur", -9, -1.5), ("Corail", 0.25, 8)], "Corail"),
        ([("Azur", -9, -1.5)], None),
        ([], None),
    ],
)
def test_a_crew_has_the_unit_of(world, cora_works, shifts, unit):
    cora_works(*shifts)
    found = find_unit(world.caller("Cora"), world.now)
    assert found == (None if unit is None else world.units[unit].id)


def test_a_stop_stays_two_hours_after_it_was_done_and_however_long_it_is_not(world):
    stop = world.stop_of(world.accept("Alice"))

    def shown() -> bool:
        day = get_day(stop.unit_id, world.now, clock.wall(), 1)
        return str(stop.id) in [item["id"] for item in day["stops"]]

    crew = Crew(world)
    crew.begin(stop)
    world.wait(hours=5)
    assert shown()
    crew.do("finish", stop, meter_wh=crew.meter_wh + 15_000)
    world.wait(minutes=119)
    assert shown()
    world.wait(minutes=1)
    assert not shown()


def test_a_crew_learns_what_it_needs_at_the_car(world):
    stop = world.stop_of(world.accept("Alice", place_text="Casino, by the palm"))
    day = get_day(stop.unit_id, world.now, clock.wall(), 1)
    (charge,) = [item["charge"] for item in day["stops"] if item["charge"]]
    assert charge["plate"] == "MC ALICE"
    assert charge["place_text"] == "Casino, by the palm"
    assert (charge["energy_kwh"], charge["soc"]) == (15.0, 0.3)
    assert 0.3 < charge["target_soc"] < 1

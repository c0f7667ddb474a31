"""Waits are used for the pack, and nobody is the worse for it."""

from hypothesis import given, settings

from routing.search.build import empty_fleet
from routing.search.fill import fill, most_urgent_first
from routing.search.tour import Item, Tour
from routing.search.waits import fill_waits
from routing.search.walk import walk
from tests.routing.small_city import ask, at, city, plug, van
from tests.routing.strategies import problems


def filled(problem) -> Tour:
    """The van that does nothing but serve `a`, its waits filled."""
    fleet = empty_fleet(problem)
    calendar = fleet.calendar_for("van1")
    tour = walk(fleet.grounds["van1"], ((Item("serve", "a"),),), calendar)
    assert isinstance(tour, Tour)
    return fill_waits(fleet.grounds["van1"], tour, calendar)


def test_of_the_times_a_plug_is_free_the_one_that_brings_most_is_used():
    slot = ask("a", "mill", earliest_s=at("11:00"))
    taken = plug(busy=((0, at("08:30")), (at("09:00"), at("10:00"))))
    tour = filled(city(slot, units=(van(kwh=31, pack={"target_wh": 60_000}),), plugs=(taken,)))
    assert tour.uses == (("plug", at("10:00"), at("10:58")),)


def test_for_less_than_five_minutes_nobody_plugs_in():
    unit = van(kwh=20, pack={"target_wh": 60_000})
    short, enough = (ask("a", "mill", earliest_s=at(clock)) for clock in ("08:06", "08:07"))
    assert filled(city(short, units=(unit,))).uses == ()
    assert filled(city(enough, units=(unit,))).uses == (("plug", 0, at("08:05")),)


@settings(max_examples=60)
@given(problems())
def test_filling_up_in_waits_costs_nothing_and_delays_nobody(problem):
    fleet = empty_fleet(problem)
    fill(fleet, most_urgent_first(fleet.open.values()))
    for unit, tour in fleet.tours.items():
        fuller = fill_waits(fleet.grounds[unit], tour, fleet.calendar_for(unit))
        assert fuller.milli <= tour.milli
        assert fuller.promise_milli <= tour.promise_milli
        assert fuller.starts.keys() == tour.starts.keys()
        assert all(fuller.starts[name] <= start_s for name, start_s in tour.starts.items())

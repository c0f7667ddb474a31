"""A day in a service area from its seed file, with straight ways: nothing else is needed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from routing.evaluation.ways import with_travel
from routing.model.place import Place
from routing.model.problem import Problem
from routing.model.travel import Travel
from routing.model.units import DAY_S, HOUR_S, Seconds
from routing.simulation.asking import Terms, build_request
from routing.simulation.chance import build_dice
from routing.simulation.people import People, list_wishes
from routing.simulation.seed_fleet import (
    Seed,
    build_fleet,
    build_roster,
    list_access,
    list_car_parks,
    list_cars,
    list_spots,
)

MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)
PATIENCE_S: Seconds = 3_600


def keep_units(seed_file: Seed, count: int) -> Seed:
    """Return the area with its first units alone; what is reserved for the others is gone, too."""
    units = seed_file["units"][:count]
    names = {None, *(unit["name"] for unit in units)}
    depots = [
        {**depot, "plugs": [plug for plug in depot["plugs"] if plug.get("unit") in names]}
        for depot in seed_file["depots"]
    ]
    return {**seed_file, "units": units, "depots": depots}


def build_area_day(
    seed_file: Seed, hours: int, requests: int, seed: int
) -> tuple[Problem, Mapping[str, Seconds]]:
    """Return the problem of a day, and from when on each request is known.

    Parameters
    ----------
    hours
        So long people ask, from six in the morning on.
    requests
        How many of them, about: a quarter of them in car parks.
    """
    people = People(
        seed,
        tuple(list_spots(seed_file)),
        rate_per_h=requests * 3 / 4 / hours,
        car_parks=tuple(list_car_parks(seed_file)),
        car_park_rate_per_h=requests / 4 / hours,
    )
    fleet, cars, access = build_fleet(seed_file, MONDAY), list_cars(seed_file), list_access(seed_file)
    roster = build_roster(seed_file, MONDAY, hours + 8)
    dice, terms = build_dice(seed, "cars"), Terms()
    places, asked, known_s = list(fleet.places), [], {}
    for number, wish in enumerate(list_wishes(people, MONDAY, hours), start=1):
        at_s = (wish.at - MONDAY) // timedelta(seconds=1)
        request = build_request(f"r{number}", wish, dice.choice(cars), at_s, terms, access[wish.site])
        latest_s = request.latest_s if wish.lead_s else at_s + PATIENCE_S
        asked.append(replace(request, latest_s=latest_s))
        places.append(Place(id=request.place, lat=wish.lat, lon=wish.lon, site=wish.site))
        known_s[request.id] = at_s
    problem = replace(
        fleet,
        horizon_s=max(DAY_S, (hours + 8) * HOUR_S),
        places=tuple(places),
        travel=Travel(provider="great_circle"),
        units=tuple(replace(unit, shifts=roster[unit.id]) for unit in fleet.units),
        requests=tuple(asked),
    )
    return with_travel(problem), known_s

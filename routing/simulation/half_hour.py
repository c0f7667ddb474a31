"""How often is somebody in the centre offered a unit within half an hour, at every hour of the day?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from routing.model.place import Place
from routing.model.request import Request, Vehicle
from routing.model.units import HOUR_S, Seconds, Soc, WattHours
from routing.quote import Placement, QuoteResult
from routing.simulation.asking import Terms, build_request, choose
from routing.simulation.chance import build_dice
from routing.simulation.demand import Habits, Spot, Wish
from routing.simulation.fleet_day import Call, Decide, FleetDay
from routing.simulation.people import People, list_opening, list_wishes
from routing.simulation.seed_fleet import (
    Seed,
    build_fleet,
    build_roster,
    find_visitors_car,
    list_access,
    list_car_parks,
    list_cars,
    list_spots,
)
from routing.travel.geometry import straight_m
from routing.travel.provider import Point, TravelProvider

HALF_HOUR_S: Seconds = 1_800
PROBES_PER_H = 4

CENTRE_M = 900.0
"""What lies so near to the middle of the area is its centre."""

ORDINARY_SOC: Soc = 0.25
ORDINARY_WH: WattHours = 25_000

type P90 = Callable[[Seconds], float]
"""From the expected wait to the one that is promised in nine cases of ten (s)."""


@dataclass(frozen=True, slots=True)
class Days:
    """Which days are lived through.

    Parameters
    ----------
    start_utc, hours
        From when, and how long.
    rate_per_h
        Mean arrivals per hour over a whole day, without those in car parks; the seed file's when None.
    slot
        Share of those who want it later than now (0..1).
    """

    start_utc: datetime
    hours: int
    rate_per_h: float | None = None
    slot: float = Habits().slot


@dataclass(frozen=True, slots=True)
class Probe:
    """What a probe was told: its hour of local time, and the expected wait (s; None: nobody can come)."""

    hour: int
    wait_s: Seconds | None

    def is_in_time(self, p90: P90) -> bool:
        """Say whether a unit was promised within half an hour."""
        return self.wait_s is not None and p90(self.wait_s) <= HALF_HOUR_S


def share_in_time(probes: Iterable[Probe], p90: P90) -> float:
    """Return the share of probes that were promised a unit within half an hour (0..1)."""
    found = [probe.is_in_time(p90) for probe in probes]
    return sum(found) / len(found)


def probe_days(
    seed: Seed,
    days: Days,
    number: int,
    travel: TravelProvider,
    terms: Terms,
    *,
    iterations: int = 0,
) -> list[Probe]:
    """Live through the days among people drawn with `number`; return what the probes were told.

    Parameters
    ----------
    iterations
        How much the plan is improved after each accepted offer.
    """
    ahead_h = days.hours + seed["area"]["horizon_s"] // HOUR_S + 1
    fleet = build_fleet(seed, days.start_utc)
    roster = build_roster(seed, days.start_utc, ahead_h)
    day = FleetDay(fleet, roster, travel, terms, iterations=iterations)
    calls = [*list_calls(seed, days, number, terms), *list_probe_calls(seed, days, number, terms)]
    zone = ZoneInfo(seed["area"]["time_zone"])
    return [
        Probe((days.start_utc + timedelta(seconds=told.call.at_s)).astimezone(zone).hour, told.wait_s)
        for told in day.live(calls)
        if told.call.decide is None
    ]


def list_calls(seed: Seed, days: Days, number: int, terms: Terms) -> Iterator[Call]:
    """List those who ask for themselves: as in the simulated world, each for one of its cars."""
    cars, access, people = list_cars(seed), list_access(seed), build_people(seed, days, number)
    wishes = [*list_opening(people, days.start_utc), *list_wishes(people, days.start_utc, days.hours)]
    for index, wish in enumerate(wishes):
        dice = build_dice(number, "person", index)
        at_s = int((wish.at - days.start_utc).total_seconds())
        car = dice.choice(cars)
        request = build_request(f"wish-{index}", wish, car, at_s, terms, access[wish.site])
        place = Place(id=request.place, lat=wish.lat, lon=wish.lon, site=wish.site)
        yield Call(at_s, request, place, _make_decide(wish, at_s, dice))


def build_people(seed: Seed, days: Days, number: int) -> People:
    """Return who lives in the town of a seed file; another number, other people."""
    return People(
        seed=number,
        places=tuple(list_spots(seed)),
        rate_per_h=seed["rate_per_h"] if days.rate_per_h is None else days.rate_per_h,
        car_parks=tuple(list_car_parks(seed)),
        car_park_rate_per_h=seed["car_park_rate_per_h"],
        habits=Habits(time_zone=seed["area"]["time_zone"], slot=days.slot),
    )


def _make_decide(wish: Wish, at_s: Seconds, dice: Random) -> Decide:
    def decide(result: QuoteResult) -> Placement | None:
        return choose(wish, result, at_s, dice)

    return decide


def list_probe_calls(seed: Seed, days: Days, number: int, terms: Terms) -> Iterator[Call]:
    """List ordinary wishes in the centre, the same number in every hour."""
    centre, car = list_central_spots(seed), find_visitors_car(seed)
    for hour in range(days.hours):
        dice = build_dice(number, "probe", hour)
        for index in range(PROBES_PER_H):
            at_s = hour * HOUR_S + dice.randrange(HOUR_S)
            spot = dice.choices(centre, weights=[spot.weight for spot in centre])[0]
            request = _ordinary(f"probe-{hour}-{index}", car, at_s, terms)
            yield Call(at_s, request, Place(id=request.place, lat=spot.lat, lon=spot.lon))


def _ordinary(name: str, car: Vehicle, at_s: Seconds, terms: Terms) -> Request:
    return Request(
        id=name,
        place=name,
        energy_wh=ORDINARY_WH,
        vehicle=replace(car, soc=ORDINARY_SOC),
        earliest_s=at_s,
        latest_s=at_s + terms.ahead_s,
        value_milli=terms.asked_milli,
        wait_milli_per_h=terms.asap_wait_milli_per_h,
        setup_s=terms.setup_s,
        wrapup_s=terms.wrapup_s,
    )


def list_central_spots(seed: Seed) -> list[Spot]:
    """List where people park in the middle of the area."""
    middle = Point(seed["area"]["centre_lat"], seed["area"]["centre_lon"])
    return [spot for spot in list_spots(seed) if straight_m(middle, spot) <= CENTRE_M]

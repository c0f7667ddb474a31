"""The people of a town: who asks in its streets, who in its car parks, and who on its first morning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from routing.simulation.chance import build_dice
from routing.simulation.demand import Habits, Spot, Wish, demand, draw_point

MOST_OPEN = 16
"""So many wait, have booked or are served at once; who comes then is not heard."""

ORDINARY = Habits()

OPENING_NOW, OPENING_LATER = 3, 2
OPENING_WITHIN_S = 240
OPENING_WH = (8_000, 14_000)
OPENING_PARKED_WH = (6_000, 9_000)
OPENING_SOC = (0.2, 0.4)
OPENING_LEAD_S = (2 * 3_600, 6 * 3_600)
OPENING_PATIENCE_S = 2 * 3_600


@dataclass(frozen=True, slots=True)
class People:
    """Who lives in a town.

    Parameters
    ----------
    seed
        Another seed, other people.
    places, rate_per_h
        Where cars stand in the streets, and how many wishes per hour there are, mean over a day.
    car_parks, car_park_rate_per_h
        The same in car parks, on top; where `weight` is highest, somebody asks on the first morning.
    habits
        How people live; those in car parks leave theirs over and want modest amounts, later or now.
    """

    seed: int
    places: tuple[Spot, ...]
    rate_per_h: float
    car_parks: tuple[Spot, ...] = ()
    car_park_rate_per_h: float = 0.0
    habits: Habits = ORDINARY


def list_wishes(people: People, start_utc: datetime, hours: int) -> list[Wish]:
    """List the wishes of `hours` hours, in the order of time; the same however the hours are cut."""
    wishes = demand(people.seed, start_utc, hours, people.rate_per_h, people.places, people.habits)
    if people.car_parks:
        habits = replace(people.habits, stranded=0.0, modest=1.0)
        names, rate = f"{people.seed}/car parks", people.car_park_rate_per_h
        wishes += demand(names, start_utc, hours, rate, people.car_parks, habits)
    return sorted(wishes, key=lambda wish: wish.at)


def list_opening(people: People, at: datetime) -> list[Wish]:
    """List the wishes with which a town begins, on top of its everyday ones: some now, some for later.

    They are small and lie all over town, so that there is something to see and the fleet is soon free again.
    """
    dice = build_dice(people.seed, "opening")
    now = [_open(dice, at, spot, OPENING_WH) for spot in _spread(dice, people.places, OPENING_NOW)]
    later = [_open(dice, at, spot, OPENING_WH) for spot in _spread(dice, people.places, OPENING_LATER)]
    parked = [max(people.car_parks, key=lambda spot: spot.weight)] if people.car_parks else []
    now += [_open(dice, at, spot, OPENING_PARKED_WH) for spot in parked]
    booked = [replace(wish, lead_s=900 * (dice.randint(*OPENING_LEAD_S) // 900)) for wish in later]
    return sorted([*now, *booked], key=lambda wish: wish.at)


def _open(dice: Random, at: datetime, spot: Spot, energies_wh: tuple[int, int]) -> Wish:
    lat, lon = draw_point(dice, spot)
    soc = round(dice.uniform(*OPENING_SOC), 3)
    return Wish(
        at=at + timedelta(seconds=dice.randrange(OPENING_WITHIN_S)),
        lat=lat,
        lon=lon,
        soc=soc,
        wanted_soc=0.8,
        energy_wh=dice.randint(*energies_wh),
        asks_for="energy",
        urgency="normal",
        lead_s=0,
        window_s=3_600,
        patience_s=OPENING_PATIENCE_S,
        site=spot.site,
    )


def _spread(dice: Random, places: Sequence[Spot], count: int) -> Iterator[Spot]:
    """Draw one of the western places, one of those east of them, and so on."""
    by_lon = sorted(places, key=lambda spot: (spot.lon, spot.lat))
    for index in range(min(count, len(by_lon))):
        first, end = index * len(by_lon) // count, (index + 1) * len(by_lon) // count
        if first < end:
            yield dice.choice(by_lon[first:end])

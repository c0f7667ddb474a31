"""The demo's promise: an ordinary request in the centre is mostly offered a unit within half an hour."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

from dispatch.selectors.margins import p90_margin
from dispatch.world.config import DEFAULT_RATE_PER_H
from routing.model.place import Place
from routing.model.problem import Request, Vehicle
from routing.simulation.demand import Habits, demand
from routing.simulation.run import Call, live_through, seconds_from
from routing.travel.great_circle import GreatCircleTravel, Pace
from tests.world.monaco import build_monaco, list_spots

# Eight in the morning in Monaco, as the demo begins.
MORNING = datetime(2026, 11, 16, 7, tzinfo=UTC)
HOURS = 24
CENTRE = (43.7384, 7.4246)
# Free streets of Monaco: what the road engine says of its 30 parking spots, a fifth slower.
ROADS = GreatCircleTravel({"car": Pace(speed_mps=9.0, detour=1.8), "foot": Pace(speed_mps=1.0, detour=1.3)})


def test_a_unit_within_half_an_hour_in_nineteen_cases_of_twenty():
    waits = [wait for seed in (1, 2, 3, 4) for wait in list_promised_waits(seed)]
    in_time = sum(wait <= 1_800 for wait in waits)
    assert len(waits) == 4 * 96
    assert in_time / len(waits) >= 0.95, sorted(waits)[-20:]


def list_promised_waits(seed):
    """Live through a day with the demo's own demand, and ask every quarter of an hour beside it."""
    problem = build_monaco(MORNING, HOURS + 12)
    calls = [*list_demand(problem, seed), *list_probes(seed)]
    told = live_through(problem, calls, ROADS, choose=take_first)
    return [promised_s(outcome.wait_s) for outcome in told if outcome.call.is_probe]


def promised_s(wait_s):
    """The P90 a driver is told."""
    return math.inf if wait_s is None else wait_s + p90_margin(timedelta(seconds=wait_s)).total_seconds()


def take_first(result):
    return result.offers[0] if result.offers else None


def list_demand(problem, seed):
    habits = Habits(time_zone="Europe/Monaco")
    wishes = demand(seed, MORNING, HOURS, DEFAULT_RATE_PER_H, list_spots(), habits)
    for number, wish in enumerate(wishes):
        at_s = seconds_from(problem, wish.at)
        room_wh = int((0.9 - wish.soc) * 60_000)
        if room_wh > 4_000:
            yield build_call(
                f"w{number}", at_s, (wish.lat, wish.lon), min(wish.energy_wh, room_wh), wish.soc, wish.lead_s
            )


def list_probes(seed):
    rng = Random(seed)
    for number in range(HOURS * 4):
        at = (CENTRE[0] + rng.uniform(-0.003, 0.003), CENTRE[1] + rng.uniform(-0.003, 0.003))
        yield build_call(f"p{number}", number * 900 + rng.randrange(900), at, 20_000, 0.3, is_probe=True)


def build_call(name, at_s, at, energy_wh, soc, lead_s=0, *, is_probe=False):
    request = Request(
        id=name,
        place=name,
        energy_wh=energy_wh,
        vehicle=Vehicle(soc=soc),
        earliest_s=at_s + lead_s,
        latest_s=at_s + lead_s + 10_800,
        setup_s=465,
        wrapup_s=240,
        wait_milli_per_h=30_000,
    )
    return Call(at_s, request, Place(id=name, lat=at[0], lon=at[1]), is_probe)

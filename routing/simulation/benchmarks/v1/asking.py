"""Who asks: where, when, how much, how urgently; and from when on the operator knows."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final, Literal, NamedTuple

from routing.model.request import FLEXIBLE, NORMAL, STRANDED, Request, Vehicle
from routing.simulation.benchmarks.v1.ground import Ground, Spot

type Urgency = Literal["stranded", "now", "booked", "flexible"]

type Hours = tuple[tuple[int, int], ...]

HOUR_S = 3600
PRIORITIES: Final[dict[Urgency, Literal[0, 1, 2]]] = {
    "stranded": STRANDED,
    "now": NORMAL,
    "booked": NORMAL,
    "flexible": FLEXIBLE,
}


class Asked(NamedTuple):
    """A request, its place, and the second from which it is known."""

    request: Request
    spot: Spot
    known_s: int


def draw_request(
    frozen: Mapping[str, Any], chosen: Mapping[str, Any], ground: Ground, number: int, dice: Random
) -> Asked:
    """Draw one request."""
    rules = frozen["requests"]
    name = f"r{number}"
    site = dice.choice(list(ground.bays)) if dice.random() < rules["in_site"] else None
    spot = ground.draw_street(dice, name) if site is None else dice.choice(ground.bays[site][1:])
    urgency = _draw_urgency(rules, dice)
    earliest_s, latest_s, known_s = _draw_times(rules, urgency, chosen["arrival_hours"], dice)
    vehicle, energy_wh = _draw_car(frozen, dice, in_site=site is not None)
    request = Request(
        id=name,
        place=spot.id,
        energy_wh=energy_wh,
        vehicle=vehicle,
        earliest_s=earliest_s,
        latest_s=latest_s,
        priority=PRIORITIES[urgency],
        value_milli=_value_milli(rules, urgency, energy_wh),
        wait_milli_per_h=rules["wait_milli_per_h"][urgency],
        setup_s=rules["setup_s"] if site is None else rules["site_setup_s"],
        wrapup_s=rules["wrapup_s"],
        max_height_mm=None if site is None else ground.heights_mm[site],
        access=_draw_access(rules, earliest_s, dice),
    )
    return Asked(request, spot, known_s)


def _draw_urgency(rules: Mapping[str, Any], dice: Random) -> Urgency:
    share = dice.random()
    names: tuple[Urgency, ...] = ("stranded", "flexible", "booked")
    for name in names:
        if share < rules[name]:
            return name
        share -= rules[name]
    return "now"


def _draw_times(rules: Mapping[str, Any], urgency: Urgency, day_h: int, dice: Random) -> tuple[int, int, int]:
    """Draw earliest and latest start, and when it becomes known: `known_short` of all within the hour."""
    hours = rules["arrivals_per_mille"][:day_h]
    hour = dice.choices(range(len(hours)), weights=hours)[0]
    earliest_s = hour * HOUR_S + dice.randrange(60) * 60
    if urgency in ("stranded", "now"):
        patience_s = dice.randint(*rules["stranded_patience_s" if urgency == "stranded" else "patience_s"])
        return earliest_s, earliest_s + patience_s, earliest_s
    window_s = 900 * (dice.randint(*rules[f"{urgency}_window_s"]) // 900)
    ahead = rules["flexible"] + rules["booked"]
    short = dice.random() < (rules["known_short"] - (1 - ahead)) / ahead
    lead_s = dice.randrange(HOUR_S) if short else dice.randint(*rules["booked_lead_s"])
    return earliest_s, earliest_s + window_s, max(0, earliest_s - lead_s)


def _draw_car(frozen: Mapping[str, Any], dice: Random, *, in_site: bool) -> tuple[Vehicle, int]:
    rules, cars = frozen["requests"], frozen["cars"]
    car = dice.choices(cars, weights=[car["share"] for car in cars])[0]
    soc = round(_draw_quantile(dice, rules["arrival_soc"]), 2)
    energies_wh = rules["fast_energy_wh" if dice.random() < rules["fast"] else "energy_wh"]
    wanted_wh = int(_draw_quantile(dice, energies_wh))
    most_wh = rules["most_site_wh"] if in_site else wanted_wh
    efficiency_pct = frozen["car_efficiency_pct"]
    room_wh = int((rules["fullest_soc"] - soc) * car["usable_wh"] * 100 / efficiency_pct)
    energy_wh = max(rules["least_wh"], min(wanted_wh, room_wh, most_wh))
    vehicle = Vehicle(
        usable_wh=car["usable_wh"],
        soc=soc,
        max_dc_w=car["max_dc_w"],
        max_ac_w=car["max_ac_w"],
        connectors=tuple(car["connectors"]),
        voltage_v=car["voltage_v"],
        efficiency_pct=efficiency_pct,
        curve=tuple((at, share) for at, share in frozen["car_curve_shares"]),
    )
    return vehicle, energy_wh


def _draw_quantile(dice: Random, values: Sequence[float]) -> float:
    """Draw from a distribution given by its 5 %, 10 %, ... 95 % quantiles; the ends count as their edge."""
    step = min(max((dice.random() - 0.05) / 0.05, 0.0), len(values) - 1.001)
    below = int(step)
    return values[below] + (step - below) * (values[below + 1] - values[below])


def _value_milli(rules: Mapping[str, Any], urgency: Urgency, energy_wh: int) -> int:
    """Return what serving is worth: the margin of the visit and the goodwill."""
    value = int(rules["value_callout_milli"] + rules["value_milli_per_kwh"] * energy_wh // 1000)
    return value * int(rules["flexible_value_pct"]) // 100 if urgency == "flexible" else value


def _draw_access(rules: Mapping[str, Any], earliest_s: int, dice: Random) -> Hours | None:
    """Draw opening hours about the window, for a few."""
    if dice.random() >= rules["access"]:
        return None
    opens_s = max(0, earliest_s - dice.randrange(HOUR_S))
    return ((opens_s, opens_s + rules["access_s"]),)

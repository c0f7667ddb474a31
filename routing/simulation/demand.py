"""Who asks for energy, when, where and how much: seeded, and from measured distributions.

Every hour has its own generator, so the arrivals of an hour are the same whether the hour is asked for
alone or as part of a week; a world that starts again goes on with the same people.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

from routing.simulation.chance import build_dice
from routing.simulation.distributions import arrival_share, draw_quantile, quantiles

METRES_PER_DEGREE = 111_320.0
LOWEST_SOC_GAIN = 0.10
STRANDED_SOC = 0.05


@dataclass(frozen=True, slots=True)
class Spot:
    """A point around which people park: `weight` is its share of the demand, `spread_m` one sigma.

    `site` names the car park it lies in, if any.
    """

    lat: float
    lon: float
    weight: float = 1.0
    spread_m: float = 0.0
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How the people of a place live and differ.

    Parameters
    ----------
    time_zone : str
        IANA name of the zone whose hours they keep.
    stranded, slot : float
        Share that cannot drive on; share that wants it later than now.
    lead_s, window_s : tuple[int, int]
        For the latter: from when on (counted from asking), and how wide the window is.
    patience_s : float
        Median wait, asking to arrival, that someone who wants it now still accepts.
    modest : float
        Share that wants so much energy as people take at public chargers of any kind; the others want
        what they would take at a fast one.
    """

    time_zone: str = "UTC"
    stranded: float = 0.05
    slot: float = 0.25
    lead_s: tuple[int, int] = (3_600, 6 * 3_600)
    window_s: tuple[int, int] = (3_600, 3 * 3_600)
    patience_s: float = 3_600.0
    modest: float = 0.9


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's need: `lead_s` 0 means now; `soc`, `wanted_soc` 0..1; `energy_wh` at the outlet.

    `site` names the car park the car stands in, if any.
    """

    at: datetime
    lat: float
    lon: float
    soc: float
    wanted_soc: float
    energy_wh: int
    asks_for: Literal["energy", "soc"]
    urgency: Literal["normal", "stranded"]
    lead_s: int
    window_s: int
    patience_s: int
    site: str | None = None


def demand(
    seed: int | str,
    start_utc: datetime,
    hours: int,
    rate_per_h: float,
    places: Sequence[Spot],
    habits: Habits = Habits(),
) -> list[Wish]:
    """List the wishes of `hours` hours from `start_utc`, ordered by time.

    Parameters
    ----------
    rate_per_h : float
        Mean arrivals per hour over a whole day; each hour's own rate follows the measured shape.
    """
    if start_utc.tzinfo is None:
        raise ValueError("start_utc must carry a time zone")
    if not places:
        raise ValueError("places must name at least one spot")
    zone = ZoneInfo(habits.time_zone)
    wishes: list[Wish] = []
    hour = start_utc.replace(minute=0, second=0, microsecond=0)
    end = start_utc + timedelta(hours=hours)
    while hour < end:
        rate = rate_per_h * 24 * arrival_share(hour.astimezone(zone))
        rng = build_dice(seed, int(hour.timestamp()))
        wishes += [_draw_wish(rng, at, places, habits) for at in _draw_arrivals(rng, hour, rate)]
        hour += timedelta(hours=1)
    return [wish for wish in wishes if start_utc <= wish.at < end]


def _draw_arrivals(rng: Random, hour: datetime, rate: float) -> list[datetime]:
    """Draw one hour of a Poisson process: independent gaps until the hour is over."""
    arrivals: list[datetime] = []
    at_s = rng.expovariate(rate / 3_600) if rate > 0 else math.inf
    while at_s < 3_600:
        arrivals.append(hour + timedelta(seconds=int(at_s)))
        at_s += rng.expovariate(rate / 3_600)
    return arrivals


def _draw_wish(rng: Random, at: datetime, places: Sequence[Spot], habits: Habits) -> Wish:
    spot = draw_spot(rng, places)
    lat, lon = draw_point(rng, spot)
    stranded = rng.random() < habits.stranded
    soc = STRANDED_SOC if stranded else draw_quantile(rng, quantiles("arrival_soc"))
    wanted = max(draw_quantile(rng, quantiles("wanted_soc")), soc + LOWEST_SOC_GAIN)
    later = not stranded and rng.random() < habits.slot
    modest = rng.random() < habits.modest
    energies_wh = quantiles("energy_wh", "public_sessions" if modest else "sessions")
    return Wish(
        at=at,
        lat=lat,
        lon=lon,
        soc=round(soc, 3),
        wanted_soc=round(min(wanted, 1.0), 3),
        energy_wh=int(draw_quantile(rng, energies_wh)),
        asks_for="energy" if modest or rng.random() < 0.5 else "soc",
        urgency="stranded" if stranded else "normal",
        lead_s=_draw_quarter_hours(rng, habits.lead_s) if later else 0,
        window_s=_draw_quarter_hours(rng, habits.window_s),
        patience_s=int(habits.patience_s * rng.lognormvariate(0.0, 0.4)),
        site=spot.site,
    )


def _draw_quarter_hours(rng: Random, bounds_s: tuple[int, int]) -> int:
    return 900 * rng.randint(math.ceil(bounds_s[0] / 900), bounds_s[1] // 900)


def draw_spot(rng: Random, places: Sequence[Spot]) -> Spot:
    """Draw where somebody parks, by weight."""
    return rng.choices(places, weights=[place.weight for place in places])[0]


def draw_point(rng: Random, spot: Spot) -> tuple[float, float]:
    """Draw latitude and longitude around a spot."""
    north_m, east_m = rng.gauss(0.0, spot.spread_m), rng.gauss(0.0, spot.spread_m)
    lat = spot.lat + north_m / METRES_PER_DEGREE
    lon = spot.lon + east_m / (METRES_PER_DEGREE * math.cos(math.radians(spot.lat)))
    return round(lat, 6), round(lon, 6)

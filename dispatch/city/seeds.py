"""The seed of a city: the one written by hand that comes with it, else one made from what was built.

A made one borrows the demo city's people, cars and fleet. Where they live and where people park comes from
the city itself: its middle, its car parks, its busy corners. It is written beside the built city once and
read from there afterwards, so that it may be edited. To both come the car parks that they do not name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dispatch.city.errors import CityError
from dispatch.city.ground_plan import GroundPlan, Spot
from dispatch.city.meta import find_meta
from dispatch.city.regions import Region, find_region

DATA = Path(__file__).parent / "data"
_MODEL = DATA / "monaco.seed.json"
HORIZON_S = 12 * 3600
OWN_CAR_PARKS, MOST_CAR_PARKS = 12, 100
# Ways are longer than in the smallest of states: fewer wishes keep the fleet's word.
RATE_PER_H, CAR_PARK_RATE_PER_H = 1.0, 0.25
COVERED_MM, COVERED_KG = 1900, 2500
COVERED_EXTRA_S, OPEN_EXTRA_S = 300, 120
_SPREAD_M, _BAY_M = 60, 20
_FIRST_WEIGHT, _BAY_WEIGHT = 6, 3

type Seed = dict[str, Any]


def find_seed(city: Path, said: Mapping[str, str]) -> Seed:
    """Find or make the seed of a built city (a folder).

    Raises
    ------
    CityError
        When there is neither a seed nor a city to make one from.
    """
    meta = find_meta(city)
    places = {} if meta is None else json.loads((city / "places.json").read_text(encoding="utf-8"))
    for path in (DATA / f"{city.name}.seed.json", city.with_name(f"{city.name}.seed.json")):
        if path.is_file():
            return _with_car_parks(_read(path), places)
    if meta is None:
        raise CityError(f"The city {city.name} is not built, and no seed comes with it.")
    plan = GroundPlan(meta["bounds"], places)
    region = find_region(plan.middle.lat, plan.middle.lon, said)
    seed = build_seed(city.name, plan, region, int(said.get("mean_grade_pm") or 0))
    text = json.dumps(seed, ensure_ascii=False, indent=1)
    city.with_name(f"{city.name}.seed.json").write_text(f"{text}\n", encoding="utf-8")
    return _with_car_parks(seed, places)


def _with_car_parks(seed: Seed, places: Mapping[str, Any]) -> Seed:
    """Add the covered car parks with a name that the seed leaves out: somebody's car may stand in one."""
    if not places:
        return seed
    area, known = seed["area"], {site[key] for site in seed["sites"] for key in ("osm", "name")}
    plan = GroundPlan([area[side] for side in ("west", "south", "east", "north")], places)
    more = [
        _site(area["city"], park)
        for park in plan.list_car_parks(MOST_CAR_PARKS)
        if park["covered"] and park["is_named"] and known.isdisjoint((park["id"], park["name"]))
    ]
    return {**seed, "sites": [*seed["sites"], *more]}


def build_seed(name: str, plan: GroundPlan, region: Region, mean_grade_pm: int) -> Seed:
    """Make a seed: the demo's fleet on another ground."""
    seed = _read(_MODEL)
    title = name.replace("-", " ").title()
    sites = [_site(name, park) for park in plan.list_car_parks(OWN_CAR_PARKS)]
    west, south, east, north = plan.bounds
    return {
        **seed,
        "operator": {"slug": f"voltrun-{name}", "name": f"Voltrun {title}"},
        "area": {
            "slug": name, "name": title, "city": name,
            "time_zone": region.time_zone, "currency": region.currency,
            "locale": region.locale, "locales": list(region.locales), "vat_bp": region.vat_bp,
            "west": west, "south": south, "east": east, "north": north,
            "centre_lat": plan.middle.lat, "centre_lon": plan.middle.lon,
            "mean_grade_pm": mean_grade_pm, "horizon_s": HORIZON_S,
        },
        "tariff": {key: _priced(key, value, region) for key, value in seed["tariff"].items()},
        "rate_per_h": RATE_PER_H,
        "car_park_rate_per_h": CAR_PARK_RATE_PER_H if sites else 0.0,
        "sites": sites,
        "parking_spots": [
            {**_street("", spot), "weight": spot.weight, "spread_m": _SPREAD_M}
            for spot in plan.list_busy_spots()
        ],
        **_settle(seed, plan, sites),
    }  # fmt: skip


def _settle(seed: Seed, plan: GroundPlan, sites: list[Seed]) -> Seed:
    """Give the fleet homes: vans at two corners of the town, the others in car parks while there are any."""
    is_home = {depot["slug"]: any("unit" not in plug for plug in depot["plugs"]) for depot in seed["depots"]}
    corners = iter(plan.list_depots(sum(is_home.values())))
    covered = [site for site in sites if site["covered"]]
    bays = iter(covered + [site for site in sites if not site["covered"]])
    moved: dict[str, Seed] = {}
    for number, depot in enumerate(seed["depots"], start=1):
        if is_home[depot["slug"]]:
            ground = _street("Depot", next(corners))
        elif "site" not in depot:
            ground = _street("Kiosk", plan.list_busy_spots()[0])
        else:
            bay = next(bays, None)
            ground = {} if bay is None else _bay(bay)
        if ground:
            moved[depot["slug"]] = {**depot, **ground, "slug": f"depot-{number}"}
    return {
        "depots": list(moved.values()),
        "units": [_move(unit, moved[unit["home"]]) for unit in seed["units"] if unit["home"] in moved],
        "car_park_spots": [
            {"site": depot["site"], "weight": _BAY_WEIGHT if number else _FIRST_WEIGHT, "spread_m": _BAY_M}
            for number, depot in enumerate(depot for depot in moved.values() if "site" in depot)
        ],
    }


def _street(what: str, spot: Spot) -> Seed:
    return {"name": f"{what} {spot.name}".strip(), "lat": spot.lat, "lon": spot.lon}


def _bay(site: Seed) -> Seed:
    return {"name": f"Bay {site['name']}", "lat": site["lat"], "lon": site["lon"], "site": site["slug"]}


def _move(unit: Seed, depot: Seed) -> Seed:
    site = {"site": depot["site"]} if "site" in unit else {}
    return {**unit, **site, "home": depot["slug"]}


def _site(city: str, park: Mapping[str, Any]) -> Seed:
    """Make a site of a car park; what nobody has mapped of a covered one is assumed, on the safe side."""
    covered = bool(park["covered"])
    height_m = park.get("max_height_m")
    way_in = park["entrances"][0]
    return {
        "slug": f"{city}-{park['id']}", "osm": park["id"], "name": park["name"],
        "lat": way_in["lat"], "lon": way_in["lon"],
        "entrances": [{"lat": row["lat"], "lon": row["lon"]} for row in park["entrances"]],
        "max_height_mm": round(height_m * 1000) if height_m else COVERED_MM if covered else None,
        "max_weight_kg": park.get("max_weight_kg") or (COVERED_KG if covered else None),
        "levels": park.get("levels", 0), "covered": covered, "hours": park.get("hours"),
        "setup_extra_s": COVERED_EXTRA_S if covered else OPEN_EXTRA_S, "kinds": [],
    }  # fmt: skip


def _priced(key: str, value: Any, region: Region) -> Any:
    return round(value * region.price_factor) if key.endswith(("_minor", "_per_kwh")) else value


def _read(path: Path) -> Seed:
    try:
        seed: Seed = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CityError(f"{path.name} is not JSON: {error}.") from error
    return seed

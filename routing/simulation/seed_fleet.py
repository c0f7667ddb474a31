"""A fleet from a seed file: depots, plugs and units as a problem; the roster as shifts in engine time."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from routing.model.place import Place, Plug
from routing.model.problem import Problem
from routing.model.request import Vehicle
from routing.model.travel import Travel
from routing.model.unit import Break, Charger, Pack, Shift, Unit, UnitState
from routing.simulation.asking import Access
from routing.simulation.demand import Spot
from routing.travel.slope import climb_wh_per_km

type Seed = Mapping[str, Any]
type Roster = dict[str, tuple[Shift, ...]]
"""The shifts of each unit, by its name, in order."""

COSTS = ("cost_per_km_milli", "cost_per_h_milli", "cost_per_use_milli")
PACK = ("usable_wh", "reserve_wh", "target_wh", "max_charge_w")


def build_fleet(seed: Seed, start_utc: datetime) -> Problem:
    """Return the fleet at home with its first charge; nobody works yet, and nothing is asked.

    Parameters
    ----------
    start_utc
        The instant from which the problem counts its seconds.
    """
    depots = {depot["slug"]: depot for depot in seed["depots"]}
    return Problem(
        start_utc=start_utc.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        horizon_s=seed["area"]["horizon_s"],
        places=tuple(
            Place(id=slug, lat=depot["lat"], lon=depot["lon"], site=depot.get("site"))
            for slug, depot in depots.items()
        ),
        travel=Travel(provider="osrm"),
        units=tuple(_build_unit(unit, seed["area"].get("mean_grade_pm", 0)) for unit in seed["units"]),
        plugs=tuple(_build_plug(slug, plug) for slug, depot in depots.items() for plug in depot["plugs"]),
    )


def build_roster(seed: Seed, start_utc: datetime, hours: int) -> Roster:
    """Return every shift that touches the `hours` hours after `start_utc`.

    A line of the roster repeats every day in the area's local time.
    """
    zone = ZoneInfo(seed["area"]["time_zone"])
    return {
        unit["name"]: tuple(
            sorted(_list_shifts(unit, start_utc, hours, zone), key=lambda shift: shift.start_s)
        )
        for unit in seed["units"]
    }


def list_spots(seed: Seed) -> list[Spot]:
    """List where people leave their cars."""
    return [
        Spot(spot["lat"], spot["lon"], spot["weight"], spot["spread_m"]) for spot in seed["parking_spots"]
    ]


def list_car_parks(seed: Seed) -> list[Spot]:
    """List the car parks in which people leave theirs."""
    sites = {site["slug"]: site for site in seed["sites"]}
    return [
        Spot(
            sites[row["site"]]["lat"],
            sites[row["site"]]["lon"],
            row["weight"],
            row["spread_m"],
            site=row["site"],
        )
        for row in seed["car_park_spots"]
    ]


def list_access(seed: Seed) -> dict[str | None, Access]:
    """List what it takes to come to a car, by its car park; None is the street."""
    names = ("setup_extra_s", "max_height_mm", "max_weight_kg")
    found: dict[str | None, Access] = {None: Access()}
    return found | {site["slug"]: Access(**{name: site[name] for name in names}) for site in seed["sites"]}


def list_cars(seed: Seed) -> list[Vehicle]:
    """List the cars of the people the simulated world acts for."""
    models = {model["slug"]: model for model in seed["vehicle_models"]}
    simulated = {person["email"] for person in seed["persons"] if person["simulated"]}
    return [build_car(models[car["model"]]) for car in seed["vehicles"] if car["person"] in simulated]


def find_visitors_car(seed: Seed) -> Vehicle:
    """Return the first car of somebody who signs in for real: what a visitor asks for."""
    models = {model["slug"]: model for model in seed["vehicle_models"]}
    simulated = {person["email"] for person in seed["persons"] if person["simulated"]}
    return build_car(next(models[car["model"]] for car in seed["vehicles"] if car["person"] not in simulated))


def build_car(model: Seed) -> Vehicle:
    """Build a car of a model."""
    names = ("usable_wh", "max_dc_w", "max_ac_w", "voltage_v", "efficiency_pct")
    return Vehicle(
        connectors=_lower(model["connectors"]),
        curve=_curve(model["curve"]),
        **{name: model[name] for name in names},
    )


def _build_unit(unit: Seed, mean_grade_pm: int) -> Unit:
    pack, charger = unit["pack"], unit["charger"]
    hills_wh = climb_wh_per_km(unit["weight_kg"], mean_grade_pm) if unit["mobility"] == "road" else 0
    return Unit(
        id=unit["name"],
        kind=unit["kind"],
        mobility=unit["mobility"],
        profile=unit["profile"],
        site=unit.get("site") if unit["mobility"] == "on_site" else None,
        traction="shared" if unit["shares_pack"] else "separate",
        pack=Pack(**{name: pack[name] for name in PACK}, curve=_curve(pack["curve"])),
        charger=Charger(**{**charger, "connectors": _lower(charger["connectors"])}),
        height_mm=unit["height_mm"],
        weight_kg=unit["weight_kg"],
        drive_wh_per_km=unit["drive_wh_per_km"] + hills_wh,
        aux_w=unit["aux_w"],
        **{name: unit[name] for name in COSTS},
        rest_w=pack["rest_w"],
        state=UnitState(place=unit["home"], energy_wh=int(pack["start_soc"] * pack["usable_wh"])),
    )


def _build_plug(place: str, plug: Seed) -> Plug:
    return Plug(
        id=plug["name"],
        place=place,
        power_w=plug["power_w"],
        efficiency_pct=plug["efficiency_pct"],
        connector=plug["connector"].lower(),
        unit=plug.get("unit"),
    )


def _list_shifts(unit: Seed, start_utc: datetime, hours: int, zone: ZoneInfo) -> Iterator[Shift]:
    today = start_utc.astimezone(zone).date()
    for day in range(-1, hours // 24 + 2):
        for line in unit["roster"]:
            start_s = _start_s(today + timedelta(days=day), line["starts_local"], zone, start_utc)
            if start_s + line["duration_s"] > 0 and start_s < hours * 3600:
                yield _build_shift(unit, line, start_s)


def _start_s(day: date, starts_local: str, zone: ZoneInfo, start_utc: datetime) -> int:
    # Subtracting in UTC: in the nights the clocks change, a local difference would be an hour off.
    local = datetime.combine(day, time.fromisoformat(starts_local), zone)
    return int((local.astimezone(UTC) - start_utc.astimezone(UTC)).total_seconds())


def _build_shift(unit: Seed, line: Seed, start_s: int) -> Shift:
    name = f"{unit['name']}@{start_s}"
    breaks = tuple(
        Break(
            id=f"{name}/{number}",
            earliest_s=start_s + pause["after_s"],
            latest_s=start_s + pause["before_s"],
            duration_s=pause["duration_s"],
        )
        for number, pause in enumerate(line["breaks"], start=1)
    )
    return Shift(
        id=name, start_s=start_s, end_s=start_s + line["duration_s"], end_place=unit["home"], breaks=breaks
    )


def _curve(points: list[list[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(soc), float(power_w)) for soc, power_w in points)


def _lower(connectors: list[str]) -> tuple[str, ...]:
    return tuple(connector.lower() for connector in connectors)

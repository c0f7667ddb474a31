"""The demo's city, company, people and fleet, from its seed file; run again, it changes nothing."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction

from accounts.callers import Caller
from accounts.models import Membership, Operator, Person
from accounts.roles import Role
from dispatch.models import (
    Charger,
    Depot,
    Pack,
    Plug,
    RosterLine,
    ServiceArea,
    Site,
    Tariff,
    Unit,
    UnitState,
    Vehicle,
    VehicleModel,
)

Seed = Mapping[str, Any]
_HOUSE = Caller.system()


class OtherCity(Exception):
    """A database holds one city's demo; the roads of a house are one city's, too."""


@transaction.atomic
def seed_demo(seed: Seed, now: datetime) -> ServiceArea:
    """Plant the seed once; returns its area."""
    found = ServiceArea.objects.of(_HOUSE).filter(slug=seed["area"]["slug"]).first()
    if found is not None:
        return found
    other = ServiceArea.objects.of(_HOUSE).first()
    if other is not None:
        raise OtherCity(
            f"This database holds {other.name} already; {seed['area']['name']} needs one of its own."
        )
    operator = Operator.objects.create(name=seed["operator"]["name"])
    area = _area(seed, operator)
    people = _people(seed, operator)
    sites = _sites(seed)
    depots = _depots(seed, area, sites)
    units = {row["name"]: _unit(row, area, depots, sites, people, now) for row in seed["units"]}
    _plugs(seed, depots, units)
    _vehicles(seed, people)
    return area


@transaction.atomic
def plant_company(seed: Seed, owner: str, now: datetime) -> ServiceArea:
    """Plant a company's area, depots and fleet, and make somebody its owner; nobody else comes with it.

    Crews are given to shifts later: a seed's people are those of a demo.
    """
    area = seed_demo({**seed, "persons": [], "memberships": [], "vehicles": [], "vehicle_models": []}, now)
    person = Person.objects.of(_HOUSE).filter(email__iexact=owner).first()
    if person is None:
        person = Person.objects.create_user(owner, name=owner.partition("@")[0])
    Membership.objects.of(_HOUSE).get_or_create(person=person, operator=area.operator, role=Role.OWNER)
    return area


def _area(seed: Seed, operator: Operator) -> ServiceArea:
    row = seed["area"]
    names = ("slug", "name", "time_zone", "currency", "locale", "vat_bp", "west", "south", "east", "north")
    more = ("centre_lat", "centre_lon", "mean_grade_pm", "horizon_s")
    area = ServiceArea.objects.create(
        operator=operator, roads=row["city"], **{name: row[name] for name in (*names, *more)}
    )
    tariff = seed["tariff"]
    prices = (
        "version",
        "valid_from",
        "callout_minor",
        "energy_minor_per_kwh",
        "stranded_minor",
        "cancel_minor",
    )
    Tariff.objects.create(operator=operator, area=area, **{name: tariff[name] for name in prices})
    return area


def _people(seed: Seed, operator: Operator) -> dict[str, Person]:
    people: dict[str, Person] = {}
    # One hash for all: the demo's password is no secret, and hashing thirty-seven takes seconds.
    hashed = ""
    for row in seed["persons"]:
        person = Person(email=row["email"], name=row["name"])
        if not hashed:
            person.set_password(seed["demo_password"])
            hashed = person.password
        person.password = hashed
        person.save(force_insert=True)
        people[person.email] = person
    for row in seed["memberships"]:
        Membership.objects.create(person=people[row["person"]], operator=operator, role=row["role"])
    return people


def _sites(seed: Seed) -> dict[str, Site]:
    names = (
        "slug", "osm", "name", "lat", "lon", "entrances", "hours", "max_height_mm", "max_weight_kg", "levels",
        "covered", "kinds", "setup_extra_s",
    )  # fmt: skip
    zone = seed["area"]["time_zone"]
    return {
        row["slug"]: Site.objects.of(_HOUSE).get_or_create(
            slug=row["slug"],
            defaults={"time_zone": zone, **{name: row[name] for name in names if name in row}},
        )[0]
        for row in seed["sites"]
    }


def _depots(seed: Seed, area: ServiceArea, sites: dict[str, Site]) -> dict[str, Depot]:
    return {
        row["slug"]: Depot.objects.create(
            operator=area.operator,
            area=area,
            site=sites.get(row.get("site", "")),
            slug=row["slug"],
            name=row["name"],
            lat=row["lat"],
            lon=row["lon"],
        )
        for row in seed["depots"]
    }


def _unit(
    row: Seed,
    area: ServiceArea,
    depots: dict[str, Depot],
    sites: dict[str, Site],
    people: dict[str, Person],
    now: datetime,
) -> Unit:
    names = (
        "name", "kind", "mobility", "profile", "plate", "height_mm", "weight_kg", "shares_pack",
        "drive_wh_per_km", "aux_w", "cost_per_km_milli", "cost_per_h_milli", "cost_per_use_milli",
    )  # fmt: skip
    home = depots[row["home"]]
    unit = Unit.objects.create(
        operator=area.operator,
        area=area,
        home=home,
        site=sites.get(row.get("site", "")),
        **{name: row[name] for name in names},
    )
    pack, charger = dict(row["pack"]), row["charger"]
    level = int(pack.pop("start_soc") * pack["usable_wh"])
    Pack.objects.create(operator=area.operator, unit=unit, **pack)
    Charger.objects.create(
        operator=area.operator, unit=unit, **{**charger, "connectors": _lower(charger["connectors"])}
    )
    UnitState.objects.create(
        operator=area.operator, unit=unit, lat=home.lat, lon=home.lon, pack_wh=level, pack_at=now
    )
    for line in row["roster"]:
        RosterLine.objects.create(
            operator=area.operator,
            unit=unit,
            crew=people.get(line["crew"] or ""),
            starts_local=time.fromisoformat(line["starts_local"]),
            duration_s=line["duration_s"],
            breaks=line["breaks"],
        )
    return unit


def _plugs(seed: Seed, depots: dict[str, Depot], units: dict[str, Unit]) -> None:
    for depot in seed["depots"]:
        for row in depot["plugs"]:
            place = depots[depot["slug"]]
            Plug.objects.create(
                operator=place.operator,
                depot=place,
                unit=units.get(row.get("unit") or ""),
                name=row["name"],
                connector=row["connector"].lower(),
                power_w=row["power_w"],
                efficiency_pct=row["efficiency_pct"],
            )


def _vehicles(seed: Seed, people: dict[str, Person]) -> None:
    models = {row["slug"]: row for row in seed["vehicle_models"]}
    names = (
        "usable_wh",
        "max_dc_w",
        "max_ac_w",
        "voltage_v",
        "efficiency_pct",
        "wh_per_km",
        "curve",
        "inlet",
    )
    catalogue = {row.slug: row for row in VehicleModel.objects.of(_HOUSE).filter(slug__in=models)}
    for row in seed["vehicles"]:
        model = models[row["model"]]
        Vehicle.objects.create(
            person=people[row["person"]],
            name=row["name"],
            plate=row["plate"],
            soc_hint=row["soc_hint"],
            catalogue=catalogue.get(row["model"]),
            model=model["model"],
            connectors=_lower(model["connectors"]),
            **{name: model[name] for name in names if name in model},
        )


def _lower(connectors: list[str]) -> list[str]:
    return [connector.lower() for connector in connectors]

"""Lays a problem of the frozen benchmark into the database: its units, plugs, car parks and requests as rows.

The set's town lies on a plane of its own. Its places are moved, as they lie to one another, onto the streets
around the demo city, each to a spot that roads reach; ways and times are then those of the roads.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Operator, Person
from dispatch import clock
from dispatch.models import (
    Charger,
    ChargeRequest,
    Depot,
    Offer,
    Plug,
    Promise,
    Quote,
    ServiceArea,
    Shift,
    Site,
    Unit,
    UnitState,
    Vehicle,
)
from dispatch.models.unit import Pack
from dispatch.selectors.render import iso
from dispatch.services.replans import want_replan
from routing.model.problem import Problem, Request
from routing.model.problem import Unit as Means
from tests.bench.fleet.planting import (
    EAST,
    NORTH,
    PRICE,
    SOUTH,
    WEST,
    Town,
    issue,
    plant_dispatcher,
    plant_ground,
)
from tests.bench.sets import load_problem

# Drivers who ask beside those whose requests stand already.
DRIVERS, CONSOLES = 400, 5
CURVE = [[0.0, 1.0], [0.6, 0.8], [1.0, 0.2]]


def plant_std(number: int, seed: int) -> dict[str, Any]:
    """Plant a problem of `std`; returns who may ask, who looks, and where."""
    problem = load_problem("std", seed)
    operator = Operator.objects.create(name=f"Bench Std {number}")
    area, tariff = plant_ground(operator, f"std-{number}", clock.now())
    planter = _Planter(problem, area, Town(Random(f"std {number}")), clock.now())
    planter.tariff = tariff
    for unit in problem.units:
        planter.plant_unit(unit)
    planter.plant_plugs()
    requests = [planter.plant_request(request) for request in problem.requests]
    drivers = [_plant_driver(number, index) for index in range(DRIVERS)]
    want_replan(area.id, "started", clock.wall())
    return {
        "slug": area.slug,
        "stream": f"area:{area.id}",
        "requests": [row for row in requests if row],
        "drivers": drivers,
        "spots": [list(planter.find(place.id)) for place in problem.places if place.id.startswith("r")],
        "consoles": [plant_dispatcher(operator, f"std{number}", index) for index in range(CONSOLES)],
    }


def _plant_driver(number: int, index: int) -> dict[str, str]:
    person = Person(email=f"asking-{number}-{index}@example.test", name=f"Asking {index}")
    person.set_unusable_password()
    person.save(force_insert=True)
    car = Vehicle.objects.create(
        person=person, name="Car", model="Volta 3", plate=f"AS {number}-{index}", usable_wh=60_000,
        max_dc_w=100_000, connectors=["ccs2", "type2"], curve=CURVE,
    )  # fmt: skip
    return {"token": issue(person), "vehicle": str(car.id)}


class _Planter:
    """What rows of one problem have in common."""

    def __init__(self, problem: Problem, area: ServiceArea, town: Town, now: datetime) -> None:
        self.problem, self.area, self.now = problem, area, now
        self.own = {"operator": area.operator}
        self.places = {place.id: place for place in problem.places}
        self._move = _Moving(problem, town)
        self.depots: dict[str, Depot] = {}
        self.sites: dict[str, Site] = {}
        self.units: dict[str, Unit] = {}
        self.tariff: Any = None

    def find(self, place: str) -> tuple[float, float]:
        return self._move.find(self.places[place].lat, self.places[place].lon)

    def plant_unit(self, means: Means) -> None:
        start, shift = means.state.place, means.shifts[0]
        lat, lon = self.find(start)
        unit = Unit.objects.create(
            **self.own, area=self.area, home=self.find_depot(start), name=means.id, kind=means.kind,
            mobility=means.mobility, profile=means.profile, plate=means.id[:12], height_mm=means.height_mm,
            weight_kg=means.weight_kg, shares_pack=means.traction == "shared",
            drive_wh_per_km=means.drive_wh_per_km, aux_w=means.aux_w,
            cost_per_km_milli=means.cost_per_km_milli, cost_per_h_milli=means.cost_per_h_milli,
            cost_per_use_milli=means.cost_per_use_milli,
            site=None if means.site is None else self.find_site(means.site, start),
        )  # fmt: skip
        pack = means.pack
        Pack.objects.create(
            **self.own, unit=unit, usable_wh=pack.usable_wh, reserve_wh=pack.reserve_wh,
            target_wh=pack.target_wh, max_charge_w=pack.max_charge_w, rest_w=means.rest_w,
            curve=[list(point) for point in pack.curve],
        )  # fmt: skip
        Charger.objects.create(
            **self.own, unit=unit, connectors=list(means.charger.connectors), power_w=means.charger.power_w,
            efficiency_pct=means.charger.efficiency_pct,
        )  # fmt: skip
        UnitState.objects.create(
            **self.own, unit=unit, activity="available", lat=lat, lon=lon, pack_wh=means.state.energy_wh,
            pack_at=self.now, fix_at=self.now, seen_at=clock.wall(),
        )  # fmt: skip
        Shift.objects.create(
            **self.own, unit=unit, starts_at=self.at(shift.start_s), ends_at=self.at(shift.end_s),
            breaks=[
                {
                    "id": pause.id, "earliest": iso(self.at(pause.earliest_s)),
                    "latest": iso(self.at(pause.latest_s)), "duration_s": pause.duration_s,
                }
                for pause in shift.breaks
            ],
        )  # fmt: skip
        self.units[means.id] = unit

    def plant_plugs(self) -> None:
        for plug in self.problem.plugs:
            Plug.objects.create(
                **self.own, depot=self.find_depot(plug.place), name=plug.id, connector=plug.connector,
                power_w=plug.power_w, unit=self.units.get(plug.unit or ""),
            )  # fmt: skip

    def plant_request(self, request: Request) -> dict[str, str] | None:
        """Plant a request with the promise of its window; one whose time is over nearly is left out."""
        earliest, latest = self.at(request.earliest_s), self.at(request.latest_s)
        if latest < self.now + timedelta(minutes=40) or earliest > self.now + timedelta(hours=11):
            return None
        person = Person(email=f"{request.id}-{self.area.slug}@example.test", name=request.id)
        person.set_unusable_password()
        person.save(force_insert=True)
        car = request.vehicle
        vehicle = Vehicle.objects.create(
            person=person, name="Car", model="Of the set", plate=request.id, usable_wh=car.usable_wh,
            max_dc_w=car.max_dc_w, max_ac_w=car.max_ac_w, connectors=list(car.connectors),
            voltage_v=car.voltage_v, efficiency_pct=car.efficiency_pct,
            curve=[list(point) for point in car.curve],
        )  # fmt: skip
        lat, lon = self.find(request.place)
        place = self.places[request.place]
        site = None if place.site is None else self.find_site(place.site, request.place)
        asked = {"earliest": earliest, "latest": latest, "energy_wh": request.energy_wh}
        promised = {
            "arrival_p50": latest, "arrival_p90": latest + timedelta(minutes=10),
            "ready_p90": latest + timedelta(hours=1), "energy_wh": request.energy_wh,
        }  # fmt: skip
        quote = Quote.objects.create(
            person=person, vehicle=vehicle, area=self.area, lat=lat, lon=lon, site=site, soc=car.soc,
            created_at=self.now, plan_version=0, **asked,
        )  # fmt: skip
        soc_after = min(1.0, car.soc + request.energy_wh * 0.9 / car.usable_wh)
        offer = Offer.objects.create(
            quote=quote, operator=self.area.operator, unit=next(iter(self.units.values())),
            tariff=self.tariff, kind="slot", position=0, soc_after=soc_after, price=PRICE,
            expires_at=clock.wall(), taken_at=clock.wall(), earliest=earliest, latest=latest, **promised,
        )  # fmt: skip
        row = ChargeRequest.objects.create(
            **self.own, area=self.area, person=person, vehicle=vehicle, offer=offer, tariff=self.tariff,
            lat=lat, lon=lon, site=site, place_text="A street", soc_from=car.soc, soc_after=soc_after,
            status="booked", setup_s=request.setup_s, wrapup_s=request.wrapup_s, price=PRICE,
            created_at=self.now, stage_at={"booked": iso(self.now)}, **asked,
        )  # fmt: skip
        Promise.objects.create(**self.own, request=row, version=1, told_at=self.now, **promised)
        return {"request": str(row.id), "token": issue(person)}

    def at(self, seconds: int) -> datetime:
        """Tell an instant: the set's day began a while ago."""
        return self.now + timedelta(seconds=seconds) - timedelta(minutes=10)

    def find_depot(self, place: str) -> Depot:
        if place not in self.depots:
            lat, lon = self.find(place)
            self.depots[place] = Depot.objects.create(
                **self.own, area=self.area, slug=place, name=place, lat=lat, lon=lon
            )
        return self.depots[place]

    def find_site(self, site: str, place: str) -> Site:
        if site not in self.sites:
            lat, lon = self.find(place)
            slug = f"{self.area.slug}-{site}"
            self.sites[site] = Site.objects.create(
                slug=slug, name=site, lat=lat, lon=lon, time_zone="Europe/Monaco",
                entrances=[{"lat": lat, "lon": lon}], setup_extra_s=0,
            )  # fmt: skip
        return self.sites[site]


class _Moving:
    """Moves the set's town onto the streets."""

    def __init__(self, problem: Problem, town: Town) -> None:
        lats, lons = [place.lat for place in problem.places], [place.lon for place in problem.places]
        self._from = (min(lats), max(lats), min(lons), max(lons))
        self._town = town

    def find(self, lat: float, lon: float) -> tuple[float, float]:
        south, north, west, east = self._from
        wanted = (
            SOUTH + (lat - south) / (north - south) * (NORTH - SOUTH),
            WEST + (lon - west) / (east - west) * (EAST - WEST),
        )
        return self._town.find_near(*wanted)

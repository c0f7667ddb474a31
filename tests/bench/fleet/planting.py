"""Plants one area with a fleet that is out on the road: rows as the house itself would have written them.

Everybody gets a token, and every unit a device's credential, as they would at a sign-in.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from knox.models import AuthToken

from accounts.models import Device, Membership, Operator, Person
from accounts.roles import Role
from dispatch import clock
from dispatch.models import (
    Charger,
    ChargeRequest,
    Depot,
    Offer,
    Plug,
    Promise,
    Quote,
    Route,
    ServiceArea,
    Shift,
    Stop,
    Tariff,
    Unit,
    UnitState,
    Vehicle,
)
from dispatch.models.unit import Pack
from dispatch.routing_bridge.roads import get_roads
from dispatch.selectors.render import iso
from dispatch.services.replans import want_replan
from routing.travel.provider import CAR, Point

CURVE = [[0.0, 100_000], [0.6, 100_000], [1.0, 30_000]]
# Between these the streets of the demo city and its neighbours lie.
SOUTH, NORTH, WEST, EAST = 43.715, 43.760, 7.380, 7.470
# So long the first way of a unit takes, in seconds: nobody arrives while all get ready.
SHORTEST_S, LONGEST_S = 720, 1_700
VISIT, APART = timedelta(minutes=20), timedelta(minutes=50)
SPOTS = 160
DEPOTS = 10
PRICE = {"total_minor": 2900, "currency": "EUR", "lines": []}


class Town:
    """Places that are joined by roads, and how long the ways between them take."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        spots = [Point(dice.uniform(SOUTH, NORTH), dice.uniform(WEST, EAST)) for _ in range(SPOTS)]
        table = get_roads().table(CAR, spots, spots).durations_s
        # What most others reach and are reached from.
        joined = [
            index
            for index, row in enumerate(table)
            if sum(cell is not None for cell in row) > SPOTS / 2
            and sum(other[index] is not None for other in table) > SPOTS / 2
        ]
        self._spots = [spots[index] for index in joined]
        self._far = [
            (spots[a], spots[b], table[a][b])
            for a in joined
            for b in joined
            if table[a][b] is not None and SHORTEST_S <= table[a][b] <= LONGEST_S
        ]

    def find_near(self, lat: float, lon: float) -> Point:
        return min(self._spots, key=lambda spot: (spot.lat - lat) ** 2 + (spot.lon - lon) ** 2)

    def pick(self) -> Point:
        return self._dice.choice(self._spots)

    def pick_way(self) -> tuple[list[list[float]], int]:
        """Pick a long way: its line, and how many seconds it takes."""
        start, end, seconds = self._dice.choice(self._far)
        found = get_roads().route(CAR, start, end)
        assert found is not None, "the table knows a way"
        return [[spot.lat, spot.lon] for spot in found.coordinates], seconds


def plant_area(number: int, units: int, consoles: int, visits: int) -> dict[str, Any]:
    """Plant an operator, its area and its fleet; returns who is who, with what they sign in."""
    dice, now = Random(f"fleet {number}"), clock.now()
    operator = Operator.objects.create(name=f"Bench Fleet {number}")
    area, tariff = plant_ground(operator, f"bench-{number}", now)
    town = Town(dice)
    depots = [_plant_depot(area, index, town) for index in range(DEPOTS)]
    planter = Planter(area, tariff, depots, town, now)
    planted = [planter.plant_unit(index, visits) for index in range(units)]
    want_replan(area.id, "started", clock.wall())
    return {
        "slug": area.slug,
        "stream": f"area:{area.id}",
        "units": planted,
        "consoles": [plant_dispatcher(operator, number, index) for index in range(consoles)],
    }


def plant_ground(operator: Operator, slug: str, now: datetime) -> tuple[ServiceArea, Tariff]:
    """Plant an area around the demo city, and its prices."""
    area = ServiceArea.objects.create(
        operator=operator, slug=slug, name=slug, time_zone="Europe/Monaco",
        currency="EUR", locale="fr", vat_bp=2000, roads="monaco", west=WEST - 0.01, south=SOUTH - 0.01,
        east=EAST + 0.01, north=NORTH + 0.01, centre_lat=43.7384, centre_lon=7.4246,
    )  # fmt: skip
    tariff = Tariff.objects.create(
        operator=operator, area=area, version=1, valid_from=now - timedelta(days=1), callout_minor=1900,
        energy_minor_per_kwh=69, stranded_minor=2000, cancel_minor=900,
    )  # fmt: skip
    return area, tariff


def _plant_depot(area: ServiceArea, index: int, town: Town) -> Depot:
    lat, lon = town.pick()
    return Depot.objects.create(
        operator=area.operator, area=area, slug=f"d{index}", name=f"Depot {index}", lat=lat, lon=lon
    )


def plant_dispatcher(operator: Operator, number: int | str, index: int) -> dict[str, str]:
    person = Person(email=f"dispatcher{number}-{index}@example.test", name=f"Dispatcher {index}")
    person.set_unusable_password()
    person.save(force_insert=True)
    Membership.objects.create(person=person, operator=operator, role=Role.DISPATCHER)
    return {"token": issue(person)}


def issue(person: Person) -> str:
    """Issue a token as a sign-in does."""
    token: str = AuthToken.objects.create(person)[1]
    return token


class Planter:
    """What the units of one area have in common."""

    def __init__(
        self, area: ServiceArea, tariff: Tariff, depots: list[Depot], town: Town, now: datetime
    ) -> None:
        self.area, self.tariff, self.depots, self.town, self.now = area, tariff, depots, town, now
        self.own = {"operator": area.operator}

    def plant_unit(self, index: int, visits: int) -> dict[str, Any]:
        home = self.depots[index % len(self.depots)]
        unit = Unit.objects.create(
            **self.own, area=self.area, home=home, name=f"U-{index:04}", kind="van", mobility="road",
            profile="car", plate=f"BE {index:04}", height_mm=1950, weight_kg=2500, shares_pack=False,
            drive_wh_per_km=250, aux_w=500, cost_per_km_milli=400, cost_per_h_milli=25_000,
        )  # fmt: skip
        Pack.objects.create(
            **self.own, unit=unit, usable_wh=150_000, reserve_wh=5_000, target_wh=20_000,
            max_charge_w=40_000, rest_w=7_000, curve=CURVE,
        )  # fmt: skip
        Charger.objects.create(**self.own, unit=unit, connectors=["ccs2"], power_w=60_000, efficiency_pct=92)
        Plug.objects.create(
            **self.own, depot=home, name=f"P-{index}", connector="ccs2", power_w=22_000, unit=unit
        )
        way, travel_s = self.town.pick_way()
        (lat, lon), arrive = way[0], self.now + timedelta(seconds=travel_s)
        UnitState.objects.create(
            **self.own, unit=unit, activity="travelling", lat=lat, lon=lon, pack_wh=140_000,
            pack_at=self.now, fix_at=self.now, seen_at=clock.wall(), next_arrival_at=arrive,
        )  # fmt: skip
        shift = Shift.objects.create(
            **self.own, unit=unit, starts_at=self.now - timedelta(hours=1),
            ends_at=self.now + timedelta(hours=8),
        )  # fmt: skip
        route = Route.objects.create(**self.own, area=self.area, unit=unit, shift=shift)
        credential = Device.issue(self.area.operator_id, unit.id, "bench")[1]
        spots = [Point(*way[-1]), *(self.town.pick() for _ in range(visits))]
        told = [
            self._plant_visit(route, index, number, arrive + number * APART, spot)
            for number, spot in enumerate(spots)
        ]
        return {
            "unit": str(unit.id),
            "credential": credential,
            "way": way,
            "left": self.now.timestamp(),
            "travel_s": travel_s,
            "visits": told,
        }

    def _plant_visit(
        self, route: Route, index: int, number: int, arrive: datetime, spot: Point
    ) -> dict[str, Any]:
        person = Person(email=f"driver-{route.id}-{number}@example.test", name=f"Driver {index}-{number}")
        person.set_unusable_password()
        person.save(force_insert=True)
        vehicle = Vehicle.objects.create(
            person=person, name="Car", model="Volta 3", plate=f"DR {index}-{number}", usable_wh=60_000,
            max_dc_w=100_000, connectors=["ccs2"], curve=CURVE,
        )  # fmt: skip
        request = self._plant_request(route, person, vehicle, spot, arrive, coming=number == 0)
        stop = Stop.objects.create(
            **self.own, route=route, unit=route.unit, request=request, kind="serve", position=number + 1,
            state="planned" if number else "dispatched", lat=spot.lat, lon=spot.lon,
            depart_at=arrive - (APART - VISIT) if number else self.now, arrive_at=arrive, start_at=arrive,
            end_at=arrive + VISIT, energy_wh=10_000, pack_before_wh=140_000 - number * 11_000,
            pack_after_wh=129_000 - number * 11_000, setup_s=180, wrapup_s=120,
            departed_at=None if number else self.now,
        )  # fmt: skip
        return {"request": str(request.id), "stop": str(stop.id), "token": issue(person)}

    def _plant_request(
        self,
        route: Route,
        person: Person,
        vehicle: Vehicle,
        at: Point,
        arrive: datetime,
        *,
        coming: bool,
    ) -> ChargeRequest:
        asked = {"earliest": self.now, "latest": arrive + timedelta(hours=3)}
        quote = Quote.objects.create(
            person=person, vehicle=vehicle, area=self.area, lat=at.lat, lon=at.lon, soc=0.3, energy_wh=10_000,
            created_at=self.now, plan_version=0, **asked,
        )  # fmt: skip
        promised = {
            "arrival_p50": arrive,
            "arrival_p90": arrive + timedelta(minutes=90),
            "ready_p90": arrive + timedelta(minutes=110),
            "energy_wh": 10_000,
        }
        offer = Offer.objects.create(
            quote=quote, operator=self.area.operator, unit=route.unit, tariff=self.tariff, kind="asap",
            position=0, soc_after=0.46, price=PRICE, expires_at=clock.wall(), taken_at=clock.wall(), **asked,
            **promised,
        )  # fmt: skip
        stage = "en_route" if coming else "booked"
        request = ChargeRequest.objects.create(
            **self.own, area=self.area, person=person, vehicle=vehicle, offer=offer, tariff=self.tariff,
            lat=at.lat, lon=at.lon, place_text="A street", energy_wh=10_000, soc_from=0.3, soc_after=0.46,
            status=stage, setup_s=180, wrapup_s=120, price=PRICE, created_at=self.now,
            stage_at={"booked": iso(self.now), stage: iso(self.now)}, **asked,
        )  # fmt: skip
        Promise.objects.create(**self.own, request=request, version=1, told_at=self.now, **promised)
        return request

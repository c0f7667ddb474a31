"""A small named world in the database: one city, two vans, a few cars, and a clock moved by hand.

Riviera serves Monaco with the vans Azur and Corail, both on shift from 07:00 to 19:00 UTC. Cora crews
Azur. Alice and Bob have a car each. It is ten in the morning, and the first plan has just been made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.callers import Caller
from accounts.models import Device, Membership, Operator, Person
from accounts.roles import Role
from dispatch import clock
from dispatch.models import (
    Charger,
    ChargeRequest,
    Depot,
    Offer,
    Pack,
    Plug,
    Quote,
    ServiceArea,
    Shift,
    Stop,
    Tariff,
    Unit,
    UnitState,
    Vehicle,
)
from dispatch.routing_bridge.solving import Candidate
from dispatch.services.offers import accept_offer
from dispatch.services.plans import publish_replan
from dispatch.services.quotes import Asked, make_quote
from dispatch.services.replans import claim_replan, finish_replan, want_replan

TEN = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
SEVEN, SEVEN_IN_THE_EVENING = TEN - timedelta(hours=3), TEN + timedelta(hours=9)
PORT = (43.7350, 7.4210)
CASINO = (43.7396, 7.4275)
STADIUM = (43.7276, 7.4156)
VANS = (
    "Azur",
    "Corail",
    "Dauphin",
    "Etoile",
    "Fanal",
    "Galion",
    "Hale",
    "Iris",
    "Jonque",
    "Ketch",
    "Lame",
    "Mistral",
)
CURVE = [[0.0, 100_000], [0.6, 100_000], [1.0, 30_000]]


def set_time(at: datetime) -> None:
    """Let the world stand still at an instant."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dispatch_world_clock (id, speed, anchor, anchor_wall, alive_wall, running)"
            " VALUES (1, 10, %s, now(), now(), false)"
            " ON CONFLICT (id) DO UPDATE SET anchor = EXCLUDED.anchor, running = false",
            [at],
        )
    clock.forget()


@dataclass
class SmallWorld:
    """What stands in the database, by name."""

    operator: Operator
    area: ServiceArea
    depot: Depot
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    cars: dict[str, Vehicle] = field(default_factory=dict)
    now: datetime = TEN

    def wait(self, **span: float) -> datetime:
        """Let world time go on."""
        self.now += timedelta(**span)
        set_time(self.now)
        return self.now

    def caller(self, name: str) -> Caller:
        return Caller.of_person(self.people[name])

    def quote(self, name: str = "Alice", place: tuple[float, float] = CASINO, **wish: Any) -> Quote:
        """Ask for 15 kWh at the Casino, or for what is wished."""
        wishes = {"soc": 0.3, "energy_wh": 15_000, **wish}
        asked = Asked(vehicle_id=self.cars[name].id, lat=place[0], lon=place[1], **wishes)
        return make_quote(self.caller(name), asked, self.now, clock.wall())

    def offer(self, name: str = "Alice", **wish: Any) -> Offer:
        """Return the first offer of a quote."""
        offer = self.quote(name, **wish).offers.first()
        assert offer is not None, "nobody offers anything"
        return offer

    def accept(self, name: str = "Alice", **wish: Any) -> ChargeRequest:
        """Ask and accept the first offer."""
        offer = self.offer(name, **wish)
        made = accept_offer(self.caller(name), offer.id, self.now, clock.wall())
        return ChargeRequest.objects.get(id=made)

    def stop_of(self, request: ChargeRequest) -> Stop:
        return Stop.objects.select_related("unit").get(
            request=request, state__in=["planned", "dispatched", "arrived", "working"]
        )

    def give_shift(self, unit: Unit, name: str) -> None:
        """Let this person, and nobody else, crew this unit."""
        Shift.objects.filter(crew=self.people[name]).update(crew=None)
        Shift.objects.filter(unit=unit).update(crew=self.people[name])

    def device_of(self, unit: UUID) -> Caller:
        """Speak as a unit's own device."""
        return Caller.of_device(Device(operator_id=self.operator.id, unit=unit))

    def plan(self, cause: str = "asked_by_dispatcher") -> None:
        """Make a plan without a solver: what stands, with its times made anew."""
        wall = clock.wall()
        want_replan(self.area.id, cause, wall)
        lease = claim_replan(self.area.id, wall)
        assert lease is not None, "somebody else makes the plan"
        publish_replan(lease, Candidate(None), self.now, wall)
        finish_replan(lease)


def build_world(vans: int = 2, drivers: Sequence[str] = ("Alice", "Bob")) -> SmallWorld:
    """Build the world and its first plan."""
    set_time(TEN)
    operator = Operator.objects.create(name="Riviera Charge")
    area = ServiceArea.objects.create(
        operator=operator, slug="monaco", name="Monaco", time_zone="Europe/Monaco", currency="EUR",
        locale="fr", vat_bp=2000, roads="monaco", west=7.405, south=43.7225, east=7.445, north=43.7545,
        centre_lat=43.7384, centre_lon=7.4246,
    )  # fmt: skip
    Tariff.objects.create(
        operator=operator, area=area, version=1, valid_from=TEN - timedelta(days=90), callout_minor=1900,
        energy_minor_per_kwh=69, stranded_minor=2000, cancel_minor=900,
    )  # fmt: skip
    depot = Depot.objects.create(
        operator=operator, area=area, slug="port", name="Port depot", lat=PORT[0], lon=PORT[1]
    )
    world = SmallWorld(operator, area, depot)
    for name, role in (("Dana", Role.DISPATCHER), ("Cora", Role.CREW), ("Olga", Role.OWNER)):
        world.people[name] = _person(name)
        Membership.objects.create(person=world.people[name], operator=operator, role=role)
    for number in range(vans):
        add_van(world, VANS[number], crew=world.people["Cora"] if number == 0 else None)
    for name in drivers:
        add_driver(world, name)
    world.plan("shifts.changed")
    return world


def add_van(world: SmallWorld, name: str, crew: Person | None = None) -> Unit:
    """Add a van with a pack, a charger, a plug of its own and a shift."""
    operator = world.operator
    unit = Unit.objects.create(
        operator=operator, area=world.area, home=world.depot, name=name, kind="van", mobility="road",
        profile="car", plate=f"MC {name[:3].upper()}", height_mm=1950, weight_kg=2500, shares_pack=False,
        drive_wh_per_km=250, aux_w=500, cost_per_km_milli=400, cost_per_h_milli=25_000,
    )  # fmt: skip
    Pack.objects.create(
        operator=operator, unit=unit, usable_wh=100_000, reserve_wh=5_000, target_wh=60_000,
        max_charge_w=40_000, rest_w=7_000, curve=CURVE,
    )  # fmt: skip
    Charger.objects.create(
        operator=operator, unit=unit, connectors=["ccs2"], power_w=60_000, efficiency_pct=92
    )
    UnitState.objects.create(
        operator=operator,
        unit=unit,
        activity="available",
        lat=PORT[0],
        lon=PORT[1],
        pack_wh=90_000,
        pack_at=TEN,
    )
    Plug.objects.create(
        operator=operator,
        depot=world.depot,
        name=f"{name}'s plug",
        connector="ccs2",
        power_w=22_000,
        unit=unit,
    )
    Shift.objects.create(
        operator=operator, unit=unit, crew=crew, starts_at=SEVEN, ends_at=SEVEN_IN_THE_EVENING, breaks=[]
    )
    world.units[name] = unit
    return unit


def add_driver(world: SmallWorld, name: str) -> Vehicle:
    """Add a person with a car."""
    world.people[name] = _person(name)
    world.cars[name] = Vehicle.objects.create(
        person=world.people[name], name=f"{name}'s car", model="Volta 3", plate=f"MC {name.upper()}",
        usable_wh=60_000, max_dc_w=100_000, connectors=["ccs2"], curve=CURVE,
    )  # fmt: skip
    return world.cars[name]


def _person(name: str) -> Person:
    return Person.objects.create_user(f"{name.lower()}@example.test", name=name)

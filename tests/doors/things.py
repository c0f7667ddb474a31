"""What the doors are about: Alice's, Riviera's and Azur's things, one of each kind, and a neighbour's."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from knox.models import AuthToken

from accounts.models import Device, Invitation, Membership, Operator
from accounts.roles import Role
from dispatch.models import (
    Attachment,
    ChargeRequest,
    Closure,
    Depot,
    RiskItem,
    RiskKind,
    ServiceArea,
    Stop,
    Unit,
)
from tests.small_world import PORT, TEN, SmallWorld, add_van, build_world


@dataclass(frozen=True)
class Scene:
    """Alice is booked on `unit`, `stray` is Riviera's other van; Elsewhere Power works next door."""

    world: SmallWorld
    elsewhere: SmallWorld
    request: ChargeRequest
    stop: Stop
    unit: Unit
    stray: Unit
    names: dict[str, str]

    @property
    def secrets(self) -> set[str]:
        """What must not be in an answer to anybody without the right to it."""
        told = {"request", "vehicle", "stop", "unit", "stray", "charger", "attachment", "risk", "closure"}
        named = {"Alice's car", "alice@example.test", "MC ALICE", self.unit.plate, self.stray.plate}
        return {self.names[name] for name in told} | named


FAR = TEN + timedelta(days=36500)


def build_scene() -> Scene:
    """Build both operators and one thing of each kind."""
    world = build_world()
    request = world.accept("Alice")
    stop = world.stop_of(request)
    (stray,) = (unit for unit in world.units.values() if unit.id != stop.unit_id)
    names = {
        "request": request.id,
        "vehicle": world.cars["Alice"].id,
        "offer": world.offer("Alice").id,
        "stop": stop.id,
        "unit": stop.unit_id,
        "stray": stray.id,
        "charger": give_identity(stop.unit),
        "attachment": add_picture(world, stop),
        "risk": add_risk(world, stop),
        **add_staff(world),
        "sign_in": f"token-{AuthToken.objects.create(user=world.people['Alice'])[0].digest[:16]}",
        "closure": add_closure(world),
    }
    named = {name: str(value) for name, value in names.items()}
    return Scene(world, build_elsewhere(), request, stop, stop.unit, stray, named)


def add_staff(world: SmallWorld) -> dict[str, UUID]:
    """Dana's role, an invitation of Olga's, and what a unit signs in with."""
    olga, dana = world.people["Olga"], world.people["Dana"]
    role = Membership.objects.get(person=dana)
    invitation = Invitation.issue(role.operator_id, "new@example.test", Role.CREW, olga.id, TEN, FAR)[0]
    device = Device.issue(role.operator_id, next(iter(world.units.values())).id)[0]
    return {"membership": role.id, "invitation": invitation.id, "device": device.id}


def give_identity(unit: Unit) -> UUID:
    unit.charger.identity = "MC-VAN-1"
    unit.charger.save()
    return unit.charger.id


def add_picture(world: SmallWorld, stop: Stop) -> UUID:
    """Of a visit that is over, as all of them are."""
    before = Stop.objects.create(
        operator=world.operator, unit=stop.unit, route=stop.route, kind="break", state="done", position=0,
        lat=stop.lat, lon=stop.lon, depart_at=TEN, arrive_at=TEN, start_at=TEN, end_at=TEN, done_at=TEN,
    )  # fmt: skip
    picture = Attachment(
        operator=world.operator,
        stop=before,
        kind="meter",
        media_type="image/png",
        content=b"",
        at=TEN,
        by="x",
    )
    picture.save(force_insert=True)
    return picture.id


def add_closure(world: SmallWorld) -> UUID:
    return Closure.objects.create(
        operator=world.operator, area=world.area, kind="closed", speed_pct=0, why="market",
        shape={"line": [[43.7385, 7.4246], [43.7386, 7.4250]]}, from_at=TEN, made_at=TEN, made_by="person:1",
    ).id  # fmt: skip


def add_risk(world: SmallWorld, stop: Stop) -> UUID:
    risk = RiskItem.objects.create(
        operator=world.operator,
        area=world.area,
        kind=RiskKind.PREDICTED_LATE,
        subject=stop.request_id,
        since=TEN,
        cause="travel",
        at=TEN + timedelta(hours=1),
        unit=stop.unit,
        request=stop.request,
        stop=stop.id,
    )
    return risk.id


def build_elsewhere() -> SmallWorld:
    """Elsewhere Power has an area and a van of its own: its people are answered, but not about ours."""
    operator = Operator.objects.create(name="Elsewhere Power")
    area = ServiceArea.objects.create(
        operator=operator, slug="next-door", name="Next door", time_zone="Europe/Monaco", currency="EUR",
        locale="fr", vat_bp=2000, roads="monaco", west=7.45, south=43.7225, east=7.49, north=43.7545,
        centre_lat=43.7384, centre_lon=7.47,
    )  # fmt: skip
    depot = Depot.objects.create(
        operator=operator, area=area, slug="next-door", name="Next door", lat=PORT[0], lon=PORT[1]
    )
    world = SmallWorld(operator, area, depot)
    add_van(world, "Zephyr")
    return world


def fill(value: Any, names: dict[str, str]) -> Any:
    """Put the things' ids where a case names them."""
    if isinstance(value, dict):
        return {key: fill(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, names) for inner in value]
    return value.format(**names) if isinstance(value, str) else value

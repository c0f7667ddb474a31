"""What the world needs to know before it starts: `var/world.json`, read once and checked at the door."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from routing.simulation.demand import Habits, Spot
from routing.simulation.people import MOST_OPEN, People

# What the demo's fleet can serve so that an ordinary request is mostly offered a unit within half an hour;
# a test holds it, with people as in `routing.simulation.demand` and everything going as planned.
PROTOCOLS = ("ocpp1.6", "ocpp2.0.1")
DEFAULT_RATE_PER_H, DEFAULT_CAR_PARK_RATE_PER_H = 1.0, 0.25


class InvalidWorldConfig(ValueError):
    """The file says something the world cannot live in; `path` names the field."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path, self.message = path, message


@dataclass(frozen=True, slots=True)
class Device:
    id: str
    secret: str

    @property
    def token(self) -> str:
        return f"vd_{self.id}_{self.secret}"


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class OutletConfig:
    """A charger that speaks: what it signs in with, and which OCPP it speaks."""

    identity: str
    key: str
    protocol: str


@dataclass(frozen=True, slots=True)
class PlugConfig:
    """A depot's plug with a charger that speaks."""

    name: str
    power_w: int
    efficiency_pct: int
    outlet: OutletConfig


@dataclass(frozen=True, slots=True)
class UnitConfig:
    id: str
    name: str
    kind: str
    profile: str
    device: Device
    home: tuple[float, float]
    crews: tuple[Account, ...]
    usable_wh: int
    power_w: int
    efficiency_pct: int = 92
    shares_traction: bool = True
    drive_wh_per_km: int = 300
    aux_w: int = 500
    rest_w: int = 0
    outlet: OutletConfig | None = None


@dataclass(frozen=True, slots=True)
class WorldConfig:
    area_name: str
    time_zone: str
    seed: int
    rate_per_h: float
    max_open: int
    setup_s: int
    wrapup_s: int
    roads: str | None
    places: tuple[Spot, ...]
    car_parks: tuple[Spot, ...]
    car_park_rate_per_h: float
    units: tuple[UnitConfig, ...]
    drivers: tuple[Account, ...]
    base_url: str | None = None
    plugs: tuple[PlugConfig, ...] = ()

    @property
    def people(self) -> People:
        """Who lives here and asks."""
        return People(
            seed=self.seed,
            places=self.places,
            rate_per_h=self.rate_per_h,
            car_parks=self.car_parks,
            car_park_rate_per_h=self.car_park_rate_per_h,
            habits=Habits(time_zone=self.time_zone),
        )


def load_config(path: Path) -> WorldConfig:
    """Read and check the file; the first thing wrong is named by its path."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InvalidWorldConfig("$", f"is not JSON ({error})") from error
    return parse_config(document)


def parse_config(document: Any) -> WorldConfig:
    world = Field("$", document)
    area = world.child("area")
    units = tuple(_parse_unit(unit, world) for unit in world.children("units"))
    places = tuple(_parse_spot(spot) for spot in world.children("places"))
    if not places:
        raise InvalidWorldConfig("$.places", "must name at least one spot")
    return WorldConfig(
        area_name=area.text("name"),
        time_zone=area.checked("time_zone", str, _is_zone, "is no IANA time zone"),
        seed=world.number("seed", 1),
        rate_per_h=world.rate("rate_per_h", DEFAULT_RATE_PER_H),
        max_open=world.number("max_open", MOST_OPEN),
        setup_s=world.number("setup_s", 465),
        wrapup_s=world.number("wrapup_s", 240),
        roads=world.optional("roads", None),
        places=places,
        car_parks=tuple(_parse_car_park(spot) for spot in world.children("car_parks", [])),
        car_park_rate_per_h=world.rate("car_park_rate_per_h", DEFAULT_CAR_PARK_RATE_PER_H),
        units=units,
        drivers=tuple(_parse_account(driver) for driver in world.children("drivers")),
        base_url=world.optional("base_url", None),
        plugs=tuple(_parse_plug(plug) for plug in world.children("plugs", [])),
    )


def _parse_unit(unit: "Field", world: "Field") -> UnitConfig:
    device, pack, charger, home = (unit.child(name) for name in ("device", "pack", "charger", "home"))
    unit_id = unit.text("id")
    crews = [crew for crew in world.children("crews") if crew.text("unit") == unit_id]
    return UnitConfig(
        id=unit_id,
        name=unit.text("name"),
        kind=unit.text("kind"),
        profile=unit.optional("profile", "car"),
        device=Device(device.text("id"), device.text("secret")),
        home=(home.real("lat"), home.real("lon")),
        crews=tuple(_parse_account(crew) for crew in crews),
        usable_wh=pack.positive("usable_wh"),
        power_w=charger.positive("power_w"),
        efficiency_pct=charger.number("efficiency_pct", 92),
        shares_traction=unit.optional("traction", "shared") == "shared",
        drive_wh_per_km=unit.number("drive_wh_per_km", 300),
        aux_w=unit.number("aux_w", 500),
        rest_w=unit.number("rest_w", 0),
        outlet=_parse_outlet(charger.child("ocpp")) if "ocpp" in charger.value else None,
    )


def _parse_plug(plug: "Field") -> PlugConfig:
    return PlugConfig(
        name=plug.text("name"),
        power_w=plug.positive("power_w"),
        efficiency_pct=plug.number("efficiency_pct", 95),
        outlet=_parse_outlet(plug.child("ocpp")),
    )


def _parse_outlet(outlet: "Field") -> OutletConfig:
    protocol = outlet.checked("protocol", str, lambda said: said in PROTOCOLS, "is no version we know")
    return OutletConfig(outlet.text("identity"), outlet.text("key"), protocol)


def _parse_account(account: "Field") -> Account:
    return Account(account.text("email"), account.text("password"))


def _parse_spot(spot: "Field") -> Spot:
    return Spot(spot.real("lat"), spot.real("lon"), spot.real("weight", 1.0), spot.real("spread_m", 0.0))


def _parse_car_park(spot: "Field") -> Spot:
    return replace(_parse_spot(spot), site=spot.text("site"))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """A place in the document that knows its own path, so that errors can say where."""

    path: str
    value: Any

    def __post_init__(self) -> None:
        if not isinstance(self.value, dict):
            raise InvalidWorldConfig(self.path, "must be an object")

    def child(self, name: str) -> "Field":
        return Field(f"{self.path}.{name}", self._required(name))

    def children(self, name: str, default: list[Any] | None = None) -> list["Field"]:
        values = self._required(name) if default is None else self.optional(name, default)
        if not isinstance(values, list):
            raise InvalidWorldConfig(f"{self.path}.{name}", "must be a list")
        return [Field(f"{self.path}.{name}[{index}]", value) for index, value in enumerate(values)]

    def optional(self, name: str, default: Any) -> Any:
        return self.value.get(name, default)

    def text(self, name: str) -> str:
        return self.checked(name, str, bool, "must not be empty")

    def number(self, name: str, default: int | None = None) -> int:
        if default is not None and name not in self.value:
            return default
        return self.checked(name, int, lambda number: number >= 0, "must not be negative")

    def positive(self, name: str) -> int:
        return self.checked(name, int, lambda number: number > 0, "must be above zero")

    def real(self, name: str, default: float | None = None) -> float:
        if default is not None and name not in self.value:
            return default
        return float(self.checked(name, (int, float), lambda _: True, ""))

    def rate(self, name: str, default: float) -> float:
        if self.real(name, default) < 0:
            raise InvalidWorldConfig(f"{self.path}.{name}", "must not be negative")
        return self.real(name, default)

    def checked[T](
        self, name: str, kind: type[T] | tuple[type, ...], holds: Callable[[T], bool], message: str
    ) -> T:
        value = self._required(name)
        path = f"{self.path}.{name}"
        if not isinstance(value, kind) or isinstance(value, bool):
            raise InvalidWorldConfig(path, f"has the wrong type ({type(value).__name__})")
        if not holds(cast("T", value)):
            raise InvalidWorldConfig(path, message)
        return cast("T", value)

    def _required(self, name: str) -> Any:
        if name not in self.value:
            raise InvalidWorldConfig(f"{self.path}.{name}", "is missing")
        return self.value[name]

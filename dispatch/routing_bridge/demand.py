"""What is asked, as frozen values: what a service hands to the bridge instead of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.models import ChargeRequest, Promise, Site
from dispatch.models import Vehicle as VehicleRow
from dispatch.routing_bridge.opening import Hours, list_open
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.timeline import Timeline
from routing.model.place import Place
from routing.model.request import FLEXIBLE, NORMAL, STRANDED, Vehicle
from routing.model.unit import Points

PRIORITY = {"stranded": STRANDED, "normal": NORMAL, "flexible": FLEXIBLE}
# Seconds at the car before and after energy flows: park, find, check, connect; unplug, stow, show.
STREET_SETUP_S, WRAPUP_S = 465, 240
# Farther than any horizon and the grace after it.
OPEN_AHEAD = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Car:
    """A person's car, as the engine needs to know it."""

    usable_wh: int
    max_dc_w: int
    max_ac_w: int
    connectors: tuple[str, ...]
    voltage_v: int
    efficiency_pct: int
    curve: Points

    @classmethod
    def of(cls, row: VehicleRow) -> Self:
        return cls(
            usable_wh=row.usable_wh,
            max_dc_w=row.max_dc_w,
            max_ac_w=row.max_ac_w,
            connectors=tuple(row.connectors),
            voltage_v=row.voltage_v,
            efficiency_pct=row.efficiency_pct,
            curve=read_points(row.curve),
        )

    def build(self, soc: float) -> Vehicle:
        """Build the engine's car at a state of charge."""
        return Vehicle(
            usable_wh=self.usable_wh,
            soc=soc,
            max_dc_w=self.max_dc_w,
            max_ac_w=self.max_ac_w,
            connectors=self.connectors,
            voltage_v=self.voltage_v,
            efficiency_pct=self.efficiency_pct,
            curve=self.curve,
        )

    def soc_after(self, soc: float, energy_wh: int) -> float:
        """Say how full it is after so much has passed the outlet's meter."""
        return min(1.0, soc + energy_wh * self.efficiency_pct / 100 / self.usable_wh)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a car stands, and what may come there."""

    lat: float
    lon: float
    site_id: UUID | None = None
    setup_extra_s: int = 0
    max_height_mm: int | None = None
    max_weight_kg: int | None = None
    kinds: tuple[str, ...] = ()
    hours: Hours | None = None
    time_zone: str = "UTC"

    @classmethod
    def of(cls, lat: float, lon: float, site: Site | None) -> Self:
        if site is None:
            return cls(lat, lon)
        limits = (site.setup_extra_s, site.max_height_mm, site.max_weight_kg, tuple(site.kinds))
        return cls(lat, lon, site.id, *limits, site.hours, site.time_zone)

    def access(self, time: Timeline) -> tuple[tuple[int, int], ...] | None:
        """Return the opening hours ahead in a problem's seconds; None when it is always open."""
        if self.hours is None:
            return None
        spans = list_open(self.hours, ZoneInfo(self.time_zone), time.start, time.start + OPEN_AHEAD)
        return tuple((time.seconds(opens), time.seconds(closes)) for opens, closes in spans)

    @property
    def place(self) -> Place:
        """Return the place it is in a problem."""
        return build_place(self.lat, self.lon, None if self.site_id is None else str(self.site_id))

    @property
    def setup_s(self) -> int:
        """Return how long it takes there before energy flows."""
        return STREET_SETUP_S + self.setup_extra_s


@dataclass(frozen=True, slots=True)
class Demand:
    """An accepted request: what is still to be delivered, and what was promised."""

    id: UUID
    spot: Spot
    car: Car
    soc: float
    energy_wh: int
    earliest: datetime
    latest: datetime
    limit: datetime
    urgency: str
    kind: str
    price_minor: int
    setup_s: int
    wrapup_s: int

    @classmethod
    def of(cls, row: ChargeRequest, promise: Promise, delivered_wh: int = 0) -> Self:
        """Build it from its row; of what was delivered before a failure only the rest is wanted."""
        car = Car.of(row.vehicle)
        return cls(
            id=row.id,
            spot=Spot.of(row.lat, row.lon, row.site),
            car=car,
            soc=car.soc_after(row.soc_from, delivered_wh),
            energy_wh=max(1, row.energy_wh - delivered_wh),
            earliest=row.earliest,
            latest=max(row.latest, promise.arrival_p90),
            limit=planned_limit(promise.arrival_p50, promise.arrival_p90),
            urgency=row.urgency,
            kind=row.offer.kind,
            price_minor=row.price["total_minor"],
            setup_s=row.setup_s,
            wrapup_s=row.wrapup_s,
        )


def planned_limit(arrival_p50: datetime, arrival_p90: datetime) -> datetime:
    """The latest planned arrival that still leaves half of the promised margin to chance."""
    margin: timedelta = arrival_p90 - arrival_p50
    return arrival_p50 + margin / 2


def read_points(curve: Sequence[Sequence[float]]) -> Points:
    """Read a stored curve."""
    return tuple((float(soc), float(power)) for soc, power in curve)

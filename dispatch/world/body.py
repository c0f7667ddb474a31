"""A unit as a thing in the world: where it stands, what is in its pack, what its meter shows."""

from dataclasses import dataclass

from dispatch.world.config import UnitConfig
from dispatch.world.leg import Fix, Leg
from dispatch.world.visit import Visit
from routing.travel.provider import Point


@dataclass
class Body:
    """The stored values hold before the running leg, visit or rest; add those to know the present."""

    unit: UnitConfig
    place: Point
    pack_wh: float
    meter_wh: int
    heading: float = 0.0
    leg: Leg | None = None
    visit: Visit | None = None
    resting_since: float | None = None

    def fix_at(self, now: float) -> Fix:
        if self.leg is None:
            return Fix(self.place.lat, self.place.lon, self.heading, 0.0)
        return self.leg.fix_at(now)

    def pack_wh_at(self, now: float) -> float:
        energy_wh = self.pack_wh
        if self.leg and self.unit.shares_traction:
            energy_wh -= self.leg.used_wh(now, self.unit.drive_wh_per_km, self.unit.aux_w)
        if self.visit:
            energy_wh -= self.visit.delivered_wh(now) * 100 / self.unit.efficiency_pct
            energy_wh += self.visit.refilled_wh(now)
        if self.resting_since is not None:
            energy_wh += (now - self.resting_since) * self.unit.rest_w / 3_600
        return min(max(energy_wh, 0.0), float(self.unit.usable_wh))

    def soc_at(self, now: float) -> float:
        return round(self.pack_wh_at(now) / self.unit.usable_wh, 4)

    def meter_wh_at(self, now: float) -> int:
        return self.meter_wh + (self.visit.delivered_wh(now) if self.visit else 0)

    def settle(self, now: float) -> None:
        """End whatever runs, here and now, and keep what it has changed."""
        fix = self.fix_at(now)
        self.pack_wh, self.meter_wh = self.pack_wh_at(now), self.meter_wh_at(now)
        self.place, self.heading = Point(fix.lat, fix.lon), fix.heading
        self.leg = self.visit = self.resting_since = None

    def drive(self, leg: Leg) -> None:
        self.settle(leg.started_at)
        self.leg = leg

    def visit_stop(self, visit: Visit, at: float) -> None:
        self.settle(at)
        self.visit = visit

    def rest(self, now: float) -> None:
        """Stand at home with nobody on duty: the pack fills up overnight."""
        if self.resting_since is None and self.leg is None and self.visit is None:
            self.resting_since = now

    def wake(self, now: float) -> None:
        if self.resting_since is not None:
            self.settle(now)

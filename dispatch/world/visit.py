"""What happens at a stop between arriving and leaving, as a function of time."""

from dataclasses import dataclass
from functools import cached_property

from routing.simulation.car import ChargingSession


@dataclass
class Visit:
    """One stop being done. `wanted_wh` is meant at the outlet, `refill_wh` into the pack, over the visit."""

    stop: str
    kind: str
    ready_at: float
    lasts_s: float = 0.0
    started_at: float | None = None
    wrapup_s: float = 0.0
    refill_wh: int = 0
    wanted_wh: int = 0
    car_usable_wh: int = 1
    car_max_dc_w: int = 0
    car_soc: float = 0.0
    power_w: int = 1
    slowness: float = 1.0
    nobody_there: bool = False

    @cached_property
    def session(self) -> ChargingSession:
        return ChargingSession(
            usable_wh=self.car_usable_wh,
            max_dc_w=self.car_max_dc_w,
            soc=self.car_soc,
            power_w=self.power_w,
            wanted_wh=self.wanted_wh,
            slowness=self.slowness,
        )

    @property
    def done_at(self) -> float:
        """When everything is packed up; known once it has started."""
        begun = self.ready_at if self.started_at is None else self.started_at
        if self.kind == "serve":
            return begun + self.session.duration_s + self.wrapup_s
        return begun + self.lasts_s

    def delivered_wh(self, now: float) -> int:
        """Energy that has left through the outlet's meter."""
        if self.kind != "serve" or self.started_at is None:
            return 0
        return self.session.energy_wh_after(now - self.started_at)

    def refilled_wh(self, now: float) -> float:
        """Energy that has come into the pack."""
        if self.started_at is None or not self.refill_wh:
            return 0.0
        share = (now - self.started_at) / self.lasts_s if self.lasts_s else 1.0
        return self.refill_wh * min(max(share, 0.0), 1.0)

    def soc_of_car(self, now: float) -> float:
        if self.started_at is None:
            return self.car_soc
        return self.session.soc_after(now - self.started_at)

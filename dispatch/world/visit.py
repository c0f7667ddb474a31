"""What happens at a stop between arriving and leaving, as a function of time."""

import math
from dataclasses import dataclass
from functools import cached_property

from routing.simulation.car import ChargingSession

ROUNDING_S = 1e-5


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
    metered: bool = False
    """Whether a charger that speaks lets the energy flow, and not the crew."""
    flow_from: float | None = None
    flow_until: float | None = None
    trouble: str = ""
    """Why the crew gives up, if it must: the charger broke, or the car does not want to."""
    closed: bool = False
    """Whether the server has heard the charger's last reading."""

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
        if self.kind not in ("serve", "recharge"):
            return (self.ready_at if self.started_at is None else self.started_at) + self.lasts_s
        return self.flow_ends_at + self.wrapup_s

    @property
    def begun_at(self) -> float | None:
        """When energy began to flow: let by the charger, or by the crew where it does not speak."""
        return self.flow_from if self.metered else self.started_at

    @property
    def flow_ends_at(self) -> float:
        """When energy stops flowing; never, as long as a charger that speaks has not let it begin."""
        if self.flow_until is not None:
            return self.flow_until
        begun = self.begun_at
        if begun is None:
            begun = math.inf if self.metered and self.started_at is not None else self.ready_at
        return begun + (self.session.duration_s if self.kind == "serve" else self.lasts_s)

    def let_flow(self, at: float, limit_wh: int | None, share: float = 1.0) -> None:
        """Let energy flow, as far as it is asked and with that share of the power; the car may want less."""
        self.flow_from = at
        if self.kind != "serve":
            return
        self.power_w = max(round(self.power_w * share), 1)
        if limit_wh is not None:
            self.wanted_wh = min(self.wanted_wh, limit_wh)
        self.__dict__.pop("session", None)

    def cut(self, at: float) -> None:
        """End the flow here and now, if it has not ended."""
        self.flow_until = min(self.flow_ends_at, at)

    def _flowed_s(self, now: float) -> float:
        begun = self.begun_at
        if begun is None:
            return 0.0
        # Seconds since 1970 are not exact to the last digit: an end reached is reached.
        return min(now, math.inf if self.flow_until is None else self.flow_until) - begun + ROUNDING_S

    def delivered_wh(self, now: float) -> int:
        """Energy that has left through the outlet's meter."""
        if self.kind != "serve" or self.begun_at is None:
            return 0
        return self.session.energy_wh_after(self._flowed_s(now))

    def refilled_wh(self, now: float) -> float:
        """Energy that has come into the pack."""
        if self.begun_at is None or not self.refill_wh:
            return 0.0
        share = self._flowed_s(now) / self.lasts_s if self.lasts_s else 1.0
        return self.refill_wh * min(max(share, 0.0), 1.0)

    def soc_of_car(self, now: float) -> float:
        if self.begun_at is None:
            return self.car_soc
        return self.session.soc_after(self._flowed_s(now))

"""A car that takes energy as a real one would: the planner's curve, and a little of its own will."""

from dataclasses import dataclass
from functools import cached_property

from routing.charging.session import charge_time_s, energy_in_s
from routing.model.problem import Charger, Vehicle


@dataclass(frozen=True)
class ChargingSession:
    """One charging, seen from outside: energy and state of charge over the time since it began.

    Parameters
    ----------
    usable_wh, max_dc_w, soc
        The car: battery (Wh), most it takes (W), state of charge at the start (0..1).
    power_w
        The most the charger gives at its outlet (W).
    wanted_wh
        Energy at the outlet after which it ends; never more than the battery holds (Wh).
    slowness
        How much longer it takes than planned, 1 is as planned.
    """

    usable_wh: int
    max_dc_w: int
    soc: float
    power_w: int
    wanted_wh: int
    slowness: float = 1.0

    @cached_property
    def energy_wh(self) -> int:
        """Energy this session delivers at the outlet before it ends (Wh)."""
        room_wh = (1.0 - self.soc) * self.usable_wh * 100 / self._vehicle.efficiency_pct
        return max(min(self.wanted_wh, int(room_wh)), 0)

    @cached_property
    def duration_s(self) -> float:
        """How long the energy flows (s)."""
        if not self.energy_wh:
            return 0.0
        return charge_time_s(self._vehicle, self._charger, self.soc, self.energy_wh) * self.slowness

    def energy_wh_after(self, seconds: float) -> int:
        """Energy delivered at the outlet in the first `seconds` (Wh); never falls, ends at `energy_wh`."""
        if seconds >= self.duration_s:
            return self.energy_wh
        if seconds <= 0:
            return 0
        elapsed_s = int(seconds / self.slowness)
        return min(
            int(energy_in_s(self._vehicle, self._charger, self.soc, elapsed_s)),
            self.energy_wh,
        )

    def soc_after(self, seconds: float) -> float:
        """State of charge of the car after `seconds` (0..1)."""
        into_battery_wh = self.energy_wh_after(seconds) * self._vehicle.efficiency_pct / 100
        return min(self.soc + into_battery_wh / self.usable_wh, 1.0)

    @cached_property
    def _vehicle(self) -> Vehicle:
        return Vehicle(usable_wh=self.usable_wh, max_dc_w=self.max_dc_w, soc=self.soc)

    @cached_property
    def _charger(self) -> Charger:
        return Charger(power_w=self.power_w)

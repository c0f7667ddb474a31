"""How long a charge takes and how much flows in a time: cars at a unit, packs at a plug.

Times are rounded up and energies down, each to a whole number, so that a plan never promises too much.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from routing.charging.curve import Curve, Filling
from routing.model.connectors import Current, list_shared
from routing.model.problem import Charger, Pack, Plug, Vehicle
from routing.model.rules import Measure, Rule
from routing.model.units import Seconds, Soc, WattHours, Watts

_TINY = 1e-6
"""Rounding noise of floating point: less than this above a whole number is that number."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a charger cannot charge a car: the rule and by how much."""

    rule: Rule
    amount: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Coupling:
    """How a charger charges a car: the connector, the current, the most power at the outlet."""

    connector: str
    current: Current
    limit_w: Watts


@lru_cache(maxsize=65_536)
def couple(vehicle: Vehicle, charger: Charger) -> Coupling | Mismatch:
    """Choose the connector with the most power, or say why there is none."""
    found: Coupling | Mismatch = Mismatch("connector", 1, "count")
    for connector, current in list_shared(charger.connectors, vehicle.connectors):
        candidate = _try_connector(vehicle, charger, connector, current)
        if _rank(candidate) > _rank(found):
            found = candidate
    return found


def _rank(candidate: Coupling | Mismatch) -> int:
    """Order candidates: by power, then the mismatch that came closest."""
    if isinstance(candidate, Coupling):
        return candidate.limit_w
    return {"connector": -3, "voltage": -2}.get(candidate.rule, -1)


def _try_connector(
    vehicle: Vehicle, charger: Charger, connector: str, current: Current
) -> Coupling | Mismatch:
    if current == "dc":
        outside = max(charger.min_v - vehicle.voltage_v, vehicle.voltage_v - charger.max_v)
        if outside > 0:
            return Mismatch("voltage", outside, "v")
    takes_w = vehicle.max_dc_w if current == "dc" else vehicle.max_ac_w
    limit_w = min(charger.power_w, takes_w)
    if limit_w <= 0:
        return Mismatch("power", charger.power_w, "w")
    return Coupling(connector, current, limit_w)


@lru_cache(maxsize=65_536)
def _car_filling(vehicle: Vehicle, charger: Charger) -> Filling:
    coupling = couple(vehicle, charger)
    if isinstance(coupling, Mismatch):
        raise ValueError(f"{coupling.rule}: this charger cannot charge this car")
    curve = _car_curve(vehicle).limited(coupling.limit_w)
    return Filling(curve, vehicle.usable_wh * 100 / vehicle.efficiency_pct)


def _car_curve(vehicle: Vehicle) -> Curve:
    top_w = vehicle.max_dc_w or vehicle.max_ac_w
    if not any(power for _, power in vehicle.curve):
        return Curve.typical(top_w)
    if max(power for _, power in vehicle.curve) <= 1.0:
        return Curve(tuple((soc, share * top_w) for soc, share in vehicle.curve))
    return Curve(vehicle.curve)


@lru_cache(maxsize=65_536)
def pack_filling(pack: Pack, power_w: Watts, efficiency_pct: int) -> Filling:
    """Return how a pack fills at a plug of this power and efficiency."""
    curve = Curve(pack.curve) if any(power for _, power in pack.curve) else Curve.flat(pack.charge_limit_w)
    limit_w = min(float(pack.charge_limit_w), power_w * efficiency_pct / 100)
    return Filling(curve.limited(limit_w), float(pack.usable_wh))


@lru_cache(maxsize=262_144)
def charge_time_s(vehicle: Vehicle, charger: Charger, soc_from: Soc, energy_wh: WattHours) -> Seconds:
    """Return how long a car charges.

    Parameters
    ----------
    vehicle, charger
        Who takes and who gives; they must fit (`couple`).
    soc_from : Soc
        State of charge at the start, 0..1.
    energy_wh : WattHours
        At the outlet's meter.

    Raises
    ------
    ValueError
        When the charger cannot charge the car at all.
    """
    filling = _car_filling(vehicle, charger)
    return _up(filling.seconds_between(soc_from, soc_from + energy_wh / filling.wh_per_soc))


def energy_in_s(vehicle: Vehicle, charger: Charger, soc_from: Soc, seconds: Seconds) -> WattHours:
    """Return the energy at the outlet's meter after a time; the car's battery may be full before."""
    filling = _car_filling(vehicle, charger)
    soc_to = min(filling.soc_after(soc_from, seconds), max(1.0, soc_from))
    return _down((soc_to - soc_from) * filling.wh_per_soc)


def pack_charge_time_s(pack: Pack, plug: Plug, from_wh: WattHours, to_wh: WattHours) -> Seconds:
    """Return how long a pack recharges at a plug from one content to a higher one."""
    if to_wh <= from_wh:
        return 0
    filling = pack_filling(pack, plug.power_w, plug.efficiency_pct)
    return _up(filling.seconds_between(from_wh / pack.usable_wh, to_wh / pack.usable_wh))


def pack_energy_in_s(pack: Pack, plug: Plug, from_wh: WattHours, seconds: Seconds) -> WattHours:
    """Return the energy a pack takes at a plug in a time; never more than it has room for."""
    if seconds <= 0:
        return 0
    filling = pack_filling(pack, plug.power_w, plug.efficiency_pct)
    soc_from = from_wh / pack.usable_wh
    taken = _down((filling.soc_after(soc_from, seconds) - soc_from) * pack.usable_wh)
    return max(0, min(taken, pack.usable_wh - from_wh))


def _up(seconds: float) -> Seconds:
    return max(0, ceil(seconds - _TINY))


def _down(energy_wh: float) -> WattHours:
    return max(0, floor(energy_wh + _TINY))

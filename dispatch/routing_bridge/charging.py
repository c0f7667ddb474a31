"""How long a charge still takes: the car's curve, corrected by the power that is measured."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from dispatch.models import Charger as ChargerRow
from dispatch.models import Vehicle
from dispatch.routing_bridge.demand import Car
from routing.charging.session import charge_time_s
from routing.model.unit import Charger

# The power at a state of charge is the mean over so much energy.
_STEP_WH = 100
# A car may take much less than its curve says, or nearly nothing for a while; beyond that the curve is wrong.
_SLOWEST, _FASTEST = 20.0, 0.5


def find_time_left(
    vehicle: Vehicle, charger: ChargerRow, soc: float, rest_wh: int, measured: Sequence[tuple[float, int]]
) -> timedelta | None:
    """Say how long so much energy takes from here; None when this charger cannot charge this car.

    `measured` are pairs of state of charge and power of the last minutes: the median of how much slower
    than its curve the car charged stretches what is left.
    """
    if rest_wh <= 0:
        return timedelta()
    car, outlet = Car.of(vehicle), build_outlet(charger)
    soc = min(max(soc, 0.0), 1.0)
    try:
        planned_s = charge_time_s(car.build(soc), outlet, soc, rest_wh)
        ratios = [_power_w(car, outlet, level) / power for level, power in measured if power > 0]
    except ValueError:
        return None
    ratio = min(max(median(ratios), _FASTEST), _SLOWEST) if ratios else 1.0
    return timedelta(seconds=planned_s * ratio)


def build_outlet(charger: ChargerRow) -> Charger:
    """Build the engine's charger of a row."""
    return Charger(
        power_w=charger.able_w,
        efficiency_pct=charger.efficiency_pct,
        connectors=tuple(charger.connectors),
        min_v=charger.min_v,
        max_v=charger.max_v,
    )


def _power_w(car: Car, outlet: Charger, soc: float) -> float:
    seconds = charge_time_s(car.build(soc), outlet, soc, _STEP_WH)
    return _STEP_WH * 3600 / max(seconds, 1)

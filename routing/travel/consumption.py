"""How load and temperature change what driving takes from a battery.

Rolling and speeding up cost in proportion to the mass, the air in proportion to its density; a share of
0.6 and 0.4 in town reproduces a physical model (rolling resistance 0.009 and a fifth more in the cold, drive
efficiency 0.88, recuperation 0.6) over the phases of the WLTC to about a tenth. Heating is per hour, never
per metre: in slow traffic it is what doubles a van's consumption on a cold day.
"""

from routing.model.units import Kilograms, Watts

ROLLING_SHARE = 0.6
"""The part of the driving energy that grows with the mass; the rest is air."""

STIFF_TYRES = 0.2
"""How much more rolling takes at -10 degrees than at 20."""

WARM_C, COLD_C = 20.0, -10.0
KELVIN_AT_WARM, KELVIN_AT_ZERO = 293.0, 273.0
COMFORT_C = 18.0
COMPUTERS_W, HEATING_W_PER_K, HEAT_PUMP = 300, 150, 1.5


def consumption_pct(celsius: float, load_kg: Kilograms, weight_kg: Kilograms) -> int:
    """Return the driving consumption per metre in per cent of that at 20 degrees without the load.

    Parameters
    ----------
    celsius : float
        Outside.
    load_kg : int
        What the unit carries beyond the weight its consumption was stated for.
    weight_kg : int
        That weight; 0 when it is unknown, then the load is not looked at.
    """
    mass = 1 + load_kg / weight_kg if weight_kg > 0 else 1.0
    coldness = min(max(WARM_C - celsius, 0.0) / (WARM_C - COLD_C), 1.0)
    density = KELVIN_AT_WARM / (KELVIN_AT_ZERO + celsius)
    rolling = ROLLING_SHARE * mass * (1 + STIFF_TYRES * coldness)
    return round(100 * (rolling + (1 - ROLLING_SHARE) * density))


def aux_w(celsius: float) -> Watts:
    """Return what heating and computers draw while driving."""
    return round(COMPUTERS_W + HEATING_W_PER_K * max(0.0, COMFORT_C - celsius) / HEAT_PUMP)

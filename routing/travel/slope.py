"""What hills cost a unit that drives on its pack, where nobody knows the heights.

There is no elevation in the road data. An area states its mean grade instead, and every kilometre is taken to
climb half of the way and to roll down the other half:

    extra Wh/km = m g h / 3600 * (1 / eta_drive - eta_regen),   h = 1000 m * grade / 2

with 0.88 from battery to wheels uphill and 0.60 back downhill (the parameters of the flat consumption, too).
A day as a whole is right on average: a single way up is dearer than this, the same way down cheaper.
"""

from routing.model.units import Kilograms, WattHours

GRAVITY = 9.81
DRIVE, REGENERATION = 0.88, 0.60


def climb_wh_per_km(weight_kg: Kilograms, mean_grade_pm: int) -> WattHours:
    """Return what the hills add to a kilometre.

    Parameters
    ----------
    weight_kg
        Loaded.
    mean_grade_pm
        Mean steepness of the streets in per mille of their length; 0 is flat.
    """
    climbed_m = mean_grade_pm / 2
    lost = 1 / DRIVE - REGENERATION
    return round(weight_kg * GRAVITY * climbed_m / 3600 * lost)

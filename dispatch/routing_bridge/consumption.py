"""What a unit uses for a kilometre in its area, hills included."""

from dispatch.models import ServiceArea, Unit
from routing.travel.slope import climb_wh_per_km


def drive_wh_per_km(unit: Unit, area: ServiceArea) -> int:
    """Return its consumption on the flat and what the area's hills add on the road; car parks are flat."""
    if unit.mobility != Unit.Mobility.ROAD:
        return unit.drive_wh_per_km
    return unit.drive_wh_per_km + climb_wh_per_km(unit.weight_kg, area.mean_grade_pm)

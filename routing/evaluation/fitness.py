"""Whether a unit can serve a request at all, whatever the time."""

from collections.abc import Hashable, Iterator

from routing.charging.session import Mismatch, couple
from routing.evaluation.facts import Facts
from routing.model.problem import Request, Unit


def list_misfits(facts: Facts, unit: Unit, request: Request) -> list[Mismatch]:
    """List every rule that keeps a unit from a request at any time; empty when it fits."""
    return list(_iterate_misfits(facts, unit, request))


def fits_apart_from_lock(facts: Facts, unit: Unit, request: Request) -> bool:
    """Say whether a unit could serve a request if it were locked to no other."""
    return all(misfit.rule == "lock" for misfit in _iterate_misfits(facts, unit, request))


def shape_of(facts: Facts, request: Request) -> Hashable:
    """Return what decides, its lock aside, which units fit a request: of two of one shape both do or none."""
    car = request.vehicle
    inlet = (car.connectors, car.voltage_v, car.max_dc_w, car.max_ac_w)
    way_in = (request.kinds, request.max_height_mm, request.max_weight_kg)
    where = request.place if facts.some_are_placed else facts.places[request.place].site
    return (inlet, way_in, where)


def _iterate_misfits(facts: Facts, unit: Unit, request: Request) -> Iterator[Mismatch]:
    if request.unit not in (None, unit.id):
        yield Mismatch("lock", 1, "count")
    if request.kinds is not None and unit.kind not in request.kinds:
        yield Mismatch("kind", 1, "count")
    if not facts.is_inside(unit, request.place):
        yield Mismatch("site", 1, "count")
    if request.max_height_mm is not None and unit.height_mm > request.max_height_mm:
        yield Mismatch("height", unit.height_mm - request.max_height_mm, "mm")
    if request.max_weight_kg is not None and unit.weight_kg > request.max_weight_kg:
        yield Mismatch("weight", unit.weight_kg - request.max_weight_kg, "kg")
    coupling = couple(request.vehicle, unit.charger)
    if isinstance(coupling, Mismatch):
        yield coupling

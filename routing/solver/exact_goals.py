"""The goals of `evaluation.cost` as an objective, with their rounding down.

A quotient that is rounded down is a variable q with `q * divisor + rest = dividend`; as all are minimised,
what they count (lateness, what is missing in a pack) settles at its least by itself.
"""

from ortools.sat.python import cp_model

from routing.evaluation.cost import change_milli, unserved_milli
from routing.solver.exact_model import Asked, Circuit, ExactModel, Linear, Var

_MOST = 1 << 40


def minimise_goals(model: ExactModel) -> Linear:
    """Ask for the least cost; return it."""
    terms: list[Linear] = []
    for circuit in model.circuits:
        terms += _route_goals(model, circuit)
    for name, asked in model.asked.items():
        terms += _request_goals(model, name, asked)
    total: Linear = sum(terms)
    model.cp.minimize(total)
    return total


def _route_goals(model: ExactModel, circuit: Circuit) -> list[Linear]:
    unit, cp = circuit.day.unit, model.cp
    idle = circuit.day.leg(model.facts, circuit.day.start.place, circuit.day.start.home)
    metres: Linear = sum(leg.metres * var for var, _, _, leg in circuit.ways)
    busy: Linear = sum(leg.seconds * var for var, _, _, leg in circuit.ways)
    if idle is not None:
        metres, busy = metres + idle.metres * circuit.idle, busy + idle.seconds * circuit.idle
    busy += sum(node.job.length_s * node.visited for node in circuit.nodes if node.job)
    return [
        _divided(cp, metres * unit.cost_per_km_milli, 1000),
        _divided(cp, busy * unit.cost_per_h_milli, 3600),
        unit.cost_per_use_milli * (1 - circuit.idle),
        *_change_goals(model, circuit),
        _low_pack(model, circuit),
        _overtime(model, circuit),
    ]


def _change_goals(model: ExactModel, circuit: Circuit) -> list[Linear]:
    weights, unit = model.facts.problem.weights, circuit.day.unit.id
    served = ((node.job.request, node.visited) for node in circuit.nodes if node.job)
    return [change_milli(weights, request, unit) * visited for request, visited in served]


def _low_pack(model: ExactModel, circuit: Circuit) -> Linear:
    price = model.facts.problem.weights.low_pack_milli_per_kwh
    target_wh = circuit.day.unit.pack.target_wh
    if not price or not target_wh:
        return 0
    lowest_wh = min(0, circuit.day.start.floor_wh)
    missing = model.cp.new_int_var(0, target_wh - lowest_wh, "missing")
    model.cp.add(missing >= target_wh - circuit.home_wh)
    return _divided(model.cp, missing * price, 1000)


def _overtime(model: ExactModel, circuit: Circuit) -> Linear:
    unit, end_s = circuit.day.unit, circuit.day.shift.end_s
    if circuit.day.start.home_by_s <= end_s or not unit.overtime_milli_per_h:
        return 0
    over = model.cp.new_int_var(0, circuit.day.start.home_by_s, "overtime")
    model.cp.add(over >= circuit.home_s - end_s)
    return _divided(model.cp, over * unit.overtime_milli_per_h, 3600)


def _request_goals(model: ExactModel, name: str, asked: Asked) -> list[Linear]:
    weights, request, cp = model.facts.problem.weights, model.facts.requests[name], model.cp
    served: Linear = sum(asked.served)
    terms: list[Linear] = [unserved_milli(weights, request) * (1 - served)]
    if not asked.served:
        return terms
    if request.wait_milli_per_h:
        waits = _later(cp, asked, request.earliest_s)
        terms.append(_divided(cp, waits * request.wait_milli_per_h, 3600))
    if request.promise_s is not None and weights.promise_milli_per_min:
        late = _later(cp, asked, request.promise_s)
        terms.append(_divided(cp, late * weights.promise_milli_per_min, 60))
    return terms


def _later(cp: cp_model.CpModel, asked: Asked, than_s: int) -> Var:
    """Return by how much a request starts later than an instant, if anybody serves it."""
    later = cp.new_int_var(0, _MOST, "later")
    for visited in asked.served:
        cp.add(later >= asked.starts - than_s).only_enforce_if(visited)
    return later


def _divided(cp: cp_model.CpModel, dividend: Linear, divisor: int) -> Var:
    """Return a quotient, rounded down."""
    quotient = cp.new_int_var(0, _MOST, "quotient")
    rest = cp.new_int_var(0, divisor - 1, "rest")
    cp.add(quotient * divisor + rest == dividend)
    return quotient

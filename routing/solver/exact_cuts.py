"""What follows from the circuits anyway, said in a way that bounds see.

Along a circuit times and contents hang together by ways that are chosen, of which a linear bound sees little.
Summed over a whole day they are plain equations: what a pack holds at the end is what it held, plus what it
took, less what it gave; and what a unit does fits between its beginning and its end. And a day serves one of
the sets it could serve, at no less than that set's bound (`exact_columns`).
"""

from itertools import combinations

from ortools.sat.python import cp_model

from routing.evaluation.cost import unserved_milli
from routing.solver.charging_line import find_most_cw
from routing.solver.exact_columns import bound_sets
from routing.solver.exact_model import Circuit, ExactModel, Linear, Node


def add_cuts(model: ExactModel) -> None:
    """Add what follows for every day."""
    for circuit in model.circuits:
        _balance_energy(model, circuit)
        _balance_time(model, circuit)
        _do_one_thing_at_a_time(model, circuit)
        _exclude_pairs(model, circuit)


def bound_by_sets(model: ExactModel, total: Linear) -> None:
    """Let a whole plan cost no less than the sets its days serve, and what is left out."""
    floor: list[Linear] = []
    for circuit in model.circuits:
        bounds = bound_sets(model.facts, circuit.day)
        if bounds is None:
            continue
        taken = {names: model.cp.new_bool_var("set") for names in bounds}
        model.cp.add_exactly_one(taken.values())
        floor += [milli * taken[names] for names, milli in bounds.items()]
        for node in circuit.nodes:
            if node.job:
                name = node.job.request.id
                holding = [var for names, var in taken.items() if name in names]
                model.cp.add(sum(holding) == node.visited)
    for name, asked in model.asked.items():
        price = unserved_milli(model.facts.problem.weights, model.facts.requests[name])
        floor.append(price * (1 - sum(asked.served)))
    model.cp.add(total >= sum(floor))


def _recharges(circuit: Circuit) -> list[Node]:
    return [node for node in circuit.nodes if node.bay]


def _balance_energy(model: ExactModel, circuit: Circuit) -> None:
    cp, start = model.cp, circuit.nodes[0]
    taken: list[Linear] = []
    for node in _recharges(circuit):
        assert node.bay is not None
        energy = cp.new_int_var(0, circuit.day.unit.pack.usable_wh, "taken")
        cp.add(energy == node.after - node.before).only_enforce_if(node.visited)
        cp.add(energy == 0).only_enforce_if(~node.visited)
        power_cw = find_most_cw(circuit.day.unit.pack, node.bay.plug)
        cp.add(node.length * power_cw >= energy * 360_000 - power_cw // 1_000_000)
        taken.append(energy)
    drawn: Linear = sum(leg.drawn_wh * var for var, _, _, leg in circuit.ways)
    drawn += sum(node.job.draw_wh * node.visited for node in circuit.nodes if node.job)
    idle = circuit.day.leg(model.facts, circuit.day.start.place, circuit.day.start.home)
    drawn += (idle.drawn_wh if idle else 0) * circuit.idle
    cp.add(circuit.home_wh == start.after + sum(taken) - drawn)


def _balance_time(model: ExactModel, circuit: Circuit) -> None:
    busy: Linear = sum(leg.seconds * var for var, _, _, leg in circuit.ways)
    busy += sum(node.job.length_s * node.visited for node in circuit.nodes if node.job)
    busy += sum(node.length for node in _recharges(circuit))
    busy += sum(pause.duration_s for pause in circuit.day.start.breaks)
    model.cp.add(circuit.home_s >= circuit.nodes[0].ends + busy)


def _do_one_thing_at_a_time(model: ExactModel, circuit: Circuit) -> None:
    intervals: list[cp_model.IntervalVar] = []
    for node in circuit.nodes:
        if node.job:
            visit = model.cp.new_optional_fixed_size_interval_var(
                node.begins, node.job.length_s, node.visited, "visit"
            )
            intervals.append(visit)
    intervals += [node.interval for node in _recharges(circuit) if node.interval is not None]
    for pause, (_, begins, _) in zip(circuit.day.start.breaks, circuit.pauses, strict=True):
        intervals.append(model.cp.new_fixed_size_interval_var(begins, pause.duration_s, "pause"))
    model.cp.add_no_overlap(intervals)


def _exclude_pairs(model: ExactModel, circuit: Circuit) -> None:
    """Two visits of which neither can follow the other in time are not both made by one unit."""
    visits = [node for node in circuit.nodes if node.job]
    for one, other in combinations(visits, 2):
        if not _may_follow(one, other) and not _may_follow(other, one):
            model.cp.add_at_most_one([one.visited, other.visited])


def _may_follow(node: Node, target: Node) -> bool:
    assert node.job is not None
    assert target.job is not None
    return node.job.starts[0][0] + node.job.length_s <= target.job.starts[-1][1]

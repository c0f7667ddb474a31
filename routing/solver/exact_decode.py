"""From a solved exact model to decisions, and from a plan to a hint for the model."""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.model.plan import Plan, Route, Unserved
from routing.solver.days import Bay
from routing.solver.exact_model import Circuit, ExactModel, Node

type _Turn = tuple[int, int, tuple[str, str], int]
"""From, to, whose (unit, shift), index of the node."""


def read_decisions(model: ExactModel, solver: cp_model.CpSolver) -> Decisions:
    """Return what a solved model decides."""
    plugs = _deal_plugs(model, solver)
    routes = tuple(_read_route(circuit, solver, plugs) for circuit in model.circuits)
    missed = tuple(
        Unserved(request=name, code="not_worth_it")
        for name, asked in model.asked.items()
        if not any(solver.boolean_value(var) for var in asked.served)
    )
    return Decisions(routes, missed)


def _key(circuit: Circuit) -> tuple[str, str]:
    return circuit.day.unit.id, circuit.day.shift.id


def _read_route(
    circuit: Circuit, solver: cp_model.CpSolver, plugs: dict[tuple[str, str, int], str]
) -> RouteDecisions:
    unit, shift = _key(circuit)
    steps: list[Step] = []
    for index in _follow(circuit, solver):
        node = circuit.nodes[index]
        if node.job:
            steps.append(Step("serve", node.job.request.id))
        elif node.bay:
            energy_wh = solver.value(node.after) - solver.value(node.before)
            if energy_wh > 0:
                steps.append(
                    Step("recharge", plugs[unit, shift, index], energy_wh, solver.value(node.begins))
                )
        taken = (
            (solver.value(begins), name)
            for name, begins, where in circuit.pauses
            if solver.boolean_value(where[index])
        )
        steps += [Step("break", name) for _, name in sorted(taken)]
    return RouteDecisions(unit, shift, tuple(steps))


def _follow(circuit: Circuit, solver: cp_model.CpSolver) -> Iterator[int]:
    """Follow the ways from the start; the way home is not told."""
    onward = {origin: target for var, origin, target, _ in circuit.ways if solver.boolean_value(var)}
    index = 0
    while True:
        yield index
        index = onward.get(index, 0)
        if index == 0:
            return


def _deal_plugs(model: ExactModel, solver: cp_model.CpSolver) -> dict[tuple[str, str, int], str]:
    """Give every recharge a plug of its bay: the first that is free, in the order of their beginnings."""
    turns: dict[str, tuple[Bay, list[_Turn]]] = {}
    for circuit in model.circuits:
        for index, node in enumerate(circuit.nodes):
            if node.bay and solver.boolean_value(node.visited):
                span = solver.value(node.begins), solver.value(node.ends)
                bay, taken = turns.setdefault(node.bay.plug.id, (node.bay, []))
                taken.append((*span, _key(circuit), index))
    dealt: dict[tuple[str, str, int], str] = {}
    for bay, taken in turns.values():
        free_s = {plug.id: -(1 << 40) for plug in bay.plugs}
        for from_s, to_s, (unit, shift), index in sorted(taken):
            plug = min(free_s, key=lambda name: (free_s[name] > from_s, name))
            dealt[unit, shift, index] = plug
            free_s[plug] = to_s
    return dealt


def add_hint(model: ExactModel, plan: Plan) -> None:
    """Tell the model a plan to begin with: who goes where, from when."""
    routes = {(route.unit, route.shift): route for route in plan.routes}
    for asked, name in ((asked, name) for name, asked in model.asked.items()):
        found = plan.find_stop(name)
        if found is not None:
            model.cp.add_hint(asked.starts, found[1].start_s)
    for circuit in model.circuits:
        order = _match(circuit, routes.get(_key(circuit)))
        ways = set(zip(order, [*order[1:], 0], strict=True)) if len(order) > 1 else set()
        model.cp.add_hint(circuit.idle, not ways)
        for var, origin, target, _ in circuit.ways:
            model.cp.add_hint(var, (origin, target) in ways)


def _match(circuit: Circuit, route: Route | None) -> list[int]:
    """Find the nodes of a route's stops; what has none is left out."""
    free: dict[str, list[int]] = {}
    for index, node in enumerate(circuit.nodes):
        free.setdefault(_name(node), []).append(index)
    bays = {plug.id: bay.plug.id for bay in circuit.day.bays for plug in bay.plugs}
    order = [0]
    for stop in route.stops if route else ():
        name = stop.request or bays.get(stop.plug or "", "")
        if name and free.get(name):
            order.append(free[name].pop(0))
    return order


def _name(node: Node) -> str:
    if node.job:
        return node.job.request.id
    return node.bay.plug.id if node.bay else ""

"""A second opinion on a route: a linear program over how much to recharge and when to begin."""

from ortools.linear_solver import pywraplp

from routing.evrptw.instance import STATION, Instance, Node


def can_be_driven(instance: Instance, route: list[Node], slack: float = 0.0) -> bool:
    """Return whether some recharges and times fit; `slack` widens every window and the battery."""
    program = pywraplp.Solver.CreateSolver("GLOP")
    at, energy, time = instance.depot, program.NumVar(0, 0, ""), program.NumVar(0, 0, "")
    energy = instance.battery + slack
    for node in [*route, instance.depot]:
        way = instance.measure(at, node)
        arrival = program.NumVar(node.ready - slack, node.due + slack, "")
        program.Add(arrival >= time + (at.service if at is not instance.depot else 0) + way / instance.speed)
        left = energy - way * instance.consumption
        program.Add(left >= -slack)
        if node.kind == STATION:
            charged = program.NumVar(0, instance.battery + slack, "")
            program.Add(left + charged <= instance.battery + slack)
            arrival, left = arrival + charged * instance.recharge_time, left + charged
            program.Add(arrival <= node.due + slack)
        at, energy, time = node, left, arrival
    return program.Solve() == pywraplp.Solver.OPTIMAL

"""A second opinion on a whole small town: one CP-SAT model with copies of stations."""

from math import ceil

from ortools.sat.python import cp_model

from routing.evrptw.instance import CUSTOMER, STATION, Instance

SCALE = 1000
VEHICLE = 10_000_000


def find_optimum(town: Instance, copies: int) -> tuple[int, float] | None:
    """Return the fewest vehicles and the least distance with so many visits to each station, if any."""
    nodes = [town.depot, *town.customers, *(station for station in town.stations for _ in range(copies))]
    model = cp_model.CpModel()
    full = int(town.battery * SCALE)
    time = [model.new_int_var(0, int(node.due * SCALE), "") for node in nodes]
    energy = [model.new_int_var(0, full, "") for _ in nodes]  # on arrival
    charge = [model.new_int_var(0, full if node.kind == STATION else 0, "") for node in nodes]
    load = [model.new_int_var(0, int(town.capacity), "") for _ in nodes]
    arcs, cost = [], []
    for i, a in enumerate(nodes):
        model.add(time[i] >= int(a.ready * SCALE))
        if i:
            model.add(energy[i] + charge[i] <= full)
        if a.kind == STATION:
            arcs.append((i, i, model.new_bool_var("")))
        for j, b in enumerate(nodes):
            way = ceil(town.measure(a, b) * SCALE)
            if i == j or way > full:
                continue
            used = model.new_bool_var("")
            arcs.append((i, j, used))
            cost.append((way + (0 if i else VEHICLE)) * used)
            begin = 0 if i == 0 else time[i] + int(a.service * SCALE)
            begin = begin + (0 if i == 0 else ceil(town.recharge_time) * charge[i])
            content = full if i == 0 else energy[i] + charge[i]
            if j:
                model.add(time[j] >= begin + way).only_enforce_if(used)
                model.add(energy[j] == content - way).only_enforce_if(used)
                carried = 0 if i == 0 else load[i]
                demand = int(b.demand) if b.kind == CUSTOMER else 0
                model.add(load[j] >= carried + demand).only_enforce_if(used)
            else:
                model.add(begin + way <= int(town.depot.due * SCALE)).only_enforce_if(used)
                model.add(content >= way).only_enforce_if(used)
    model.add_multiple_circuit(arcs)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    total = round(solver.objective_value)
    return total // VEHICLE, total % VEHICLE / SCALE

"""Who goes where when everybody is alike: the transportation problem, as a flow of least cost."""

from collections.abc import Sequence

from ortools.graph.python import min_cost_flow


def ship(supply: Sequence[int], demand: Sequence[int], cost: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return how many go from each origin to each target so that all ways together are shortest.

    Parameters
    ----------
    supply, demand
        How many each origin has and each target wants; equal in sum.
    cost
        Of one from an origin to a target, at least 0.
    """
    flow = min_cost_flow.SimpleMinCostFlow()
    origins, targets = len(supply), len(demand)
    arcs = [
        [
            flow.add_arc_with_capacity_and_unit_cost(i, origins + j, supply[i], cost[i][j])
            for j in range(targets)
        ]
        for i in range(origins)
    ]
    for i, count in enumerate(supply):
        flow.set_node_supply(i, count)
    for j, count in enumerate(demand):
        flow.set_node_supply(origins + j, -count)
    status = flow.solve()
    assert status == flow.OPTIMAL, f"supply and demand are equal in sum, and yet: {status}"
    return [[flow.flow(arc) for arc in row] for row in arcs]

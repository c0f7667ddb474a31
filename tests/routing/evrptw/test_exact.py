"""The proof of small towns, against another model of the whole."""

from dataclasses import replace

import pytest

from routing.evrptw.checker import total_distance, violations
from routing.evrptw.exact import solve_exactly
from routing.evrptw.ground import build_ground
from routing.evrptw.instance import STATION, Node
from tests.routing.evrptw.towns import draw_town
from tests.routing.evrptw.whole_model import find_optimum


def prove(town):
    routes = solve_exactly(build_ground(town), None, vehicles_first=True)
    if routes is None:
        return None
    named = tuple(tuple(town.nodes[node].id for node in route) for route in routes)
    assert violations(town, named) == ()
    return len(named), total_distance(town, named)


@pytest.mark.parametrize("seed", range(6))
def test_the_proof_agrees_with_a_model_of_the_whole(seed):
    town = replace(draw_town(seed, 4, stations=2, battery=50.0), recharge_time=1.0)
    proven, witnessed = prove(town), find_optimum(town, copies=2)
    assert proven == (witnessed and (witnessed[0], pytest.approx(witnessed[1], abs=0.05)))


def test_a_chain_of_stations_leads_to_who_lives_far_out():
    # The battery lasts for 10; the customer lives 16 out, past stations at 6 and 12: 6, 6, 4 and back.
    town = draw_town(1, 1, stations=0, battery=10.0)
    far = [replace(town.customers[0], x=66.0, y=50.0, ready=0.0, due=900.0)]
    line = tuple(Node(f"S{x}", STATION, 50.0 + x, 50.0, 0, 0, 1000, 0) for x in (6, 12))
    assert prove(replace(town, customers=tuple(far), stations=line)) == (1, 32.0)


def test_another_station_never_makes_the_optimum_worse():
    for seed in range(5):
        town = draw_town(seed, 6, stations=3, battery=45.0)
        more = replace(town, stations=(*town.stations, Node("S9", STATION, 60, 45, 0, 0, 1000, 0)))
        assert prove(more) <= prove(town)

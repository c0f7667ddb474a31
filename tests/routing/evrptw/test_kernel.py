"""The compiled search: its labels say what the judge says, and nothing it does breaks a route."""

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.evrptw.checker import total_distance, violations
from routing.evrptw.ground import build_ground
from routing.evrptw.labels import MOST, TIME, joins
from routing.evrptw.state import refresh
from routing.evrptw.worker import Worker
from tests.routing.evrptw.towns import draw_town


def names(town, routes):
    return tuple(tuple(town.nodes[node].id for node in route) for route in routes)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_labels_of_a_route_say_what_the_judge_says(seed, length, chance):
    town = draw_town(seed, 5, battery=45.0)
    g = build_ground(town)
    rows = Worker(g, 1).state.now
    route = chance.sample(range(1, len(town.nodes)), length)
    rows.seq[0, : length + 2] = [0, *route, 0]
    rows.size[0] = length
    refresh(g, rows, 0)
    forward = all(
        rows.label[0, p, MOST] >= -1e-6 and rows.label[0, p, TIME] <= g.due[rows.seq[0, p]] + 1e-6
        for p in range(length + 2)
    )
    backward = joins((g.ready[0], g.full, g.full), rows.label[0, 0])
    broken = [v for v in violations(town, names(town, (route,))) if v.rule in ("window", "energy")]
    assert forward == (not broken)
    assert backward == (not broken)


def test_every_step_of_the_search_leaves_routes_that_the_judge_accepts():
    town = draw_town(7, 30, battery=50.0)
    worker = Worker(build_ground(town), 3)
    assert worker.build(30)
    for _ in range(40):
        worker.shorten(0.5, 0.5, 5)
        assert violations(town, names(town, worker.routes())) == ()
        assert round(total_distance(town, names(town, worker.routes())), 6) == round(
            float(worker.state.total[0]), 6
        )


def test_a_route_is_emptied_and_everybody_is_served_again():
    town = draw_town(11, 30, battery=50.0)
    worker = Worker(build_ground(town), 3)
    worker.build(30)
    before = worker.vehicles
    worker.drop_route()
    assert not worker.served()
    assert any(worker.empty(200) for _ in range(20))
    assert worker.vehicles == before - 1
    assert violations(town, names(town, worker.best())) == ()

"""The RoutingModel as a baseline: its encodings mean plans the judge understands, and its time is kept."""

import pytest

from routing.evaluation import violations
from routing.solver.draft import Draft, plan_of
from routing.solver.routing_model import Encoding, solve_by_routing_model
from routing.solver.routing_model_search import search
from tests.routing.small_city import HOUR, ask, city, pause, plug, van

ENCODINGS = {
    "slots": Encoding(),
    "short slots": Encoding(slot_s=1800),
    "copies": Encoding(slot_s=0),
    "no breaks": Encoding(breaks=False),
}


def solve(problem, encoding: Encoding):
    told: list[Draft] = []
    search(problem, 0.3, 1, encoding, told.append)
    return plan_of(problem, told[-1])


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_serves_what_is_easy(name):
    problem = city(
        ask("a", "mill"), ask("b", "port"), units=(van(breaks=(pause(),)), van("van2", place="port"))
    )
    plan = solve(problem, ENCODINGS[name])
    assert plan.unserved == ()
    assert {found.rule for found in violations(problem, plan)} <= (
        {"break"} if name == "no breaks" else set()
    )


def test_it_recharges_where_energy_lacks():
    problem = city(ask("a", "mill", 20, latest_s=8 * HOUR), units=(van(kwh=10),))
    plan = solve(problem, Encoding())
    assert [stop.kind for stop in plan.routes[0].stops][:2] == ["recharge", "serve"]
    assert violations(problem, plan) == ()


def test_a_plug_is_used_by_one_unit_at_a_time():
    requests = [
        ask(f"r{k}", place, 20, latest_s=8 * HOUR) for k, place in enumerate(("mill", "park", "quay"))
    ]
    units = tuple(van(f"van{k}", kwh=10) for k in range(3))
    problem = city(*requests, units=units, plugs=(plug(busy=((0, HOUR),)),))
    assert "plug_conflict" not in {found.rule for found in violations(problem, solve(problem, Encoding()))}


def test_who_does_not_fit_does_not_come():
    problem = city(ask("a", "mill", kinds=("robot",)), units=(van(), van("van2", kind="robot")))
    found = solve(problem, Encoding()).find_stop("a")
    assert found is not None
    assert found[0].unit == "van2"


def test_when_there_is_no_time_nobody_is_served():
    plan = solve_by_routing_model(city(ask("a", "mill")), 0.0)
    assert [missed.request for missed in plan.unserved] == ["a"]

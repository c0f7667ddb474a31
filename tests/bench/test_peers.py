"""Encodings for the peers mean plans the judge understands, and the repair makes them hold."""

import pytest

from routing.evaluation import violations
from routing.solver.draft import Visit, plan_of
from tests.bench.peers import pyvrp_peer, vroom_peer
from tests.bench.peers.common import Ground, Terms, deal_plugs
from tests.bench.score import cheaper_pct, figures, score
from tests.routing.small_city import HOUR, ask, city, pause, plug, van

TERMS = Terms(seconds=0.15, seed=1)
ENCODINGS = [(peer, name) for peer in (pyvrp_peer, vroom_peer) for name in peer.ENCODINGS]


def small_day():
    """Two vans, one of them half empty with a break, and four cars; one wants a robot that is not there."""
    return city(
        ask("a", "mill"),
        ask("b", "port", earliest_s=HOUR),
        ask("c", "quay", 15, access=((0, 3 * HOUR),)),
        ask("d", "park", kinds=("robot",)),
        units=(van(kwh=25, breaks=(pause(),)), van("van2", place="port")),
        plugs=(plug(), plug("fast", place="quay", power_w=60_000)),
    )


@pytest.mark.parametrize(("peer", "name"), ENCODINGS, ids=lambda value: getattr(value, "__name__", value))
def test_an_encoding_serves_what_is_easy_and_the_rest_can_be_repaired(peer, name):
    problem = small_day()
    scored = score(problem, plan_of(problem, peer.solve(problem, TERMS, peer.ENCODINGS[name])))
    assert {missed.request for missed in scored.raw.unserved} <= {"c", "d"}
    assert violations(problem, scored.repaired) == ()
    assert violations(problem, scored.second) == ()
    assert scored.second.cost.total_milli <= scored.repaired.cost.total_milli
    assert figures(problem, scored.second)["served"][0] == 3


@pytest.mark.parametrize(("peer", "name"), ENCODINGS, ids=lambda value: getattr(value, "__name__", value))
def test_nothing_asked_is_nothing_done(peer, name):
    assert peer.solve(city(), TERMS, peer.ENCODINGS[name]) == {}


def test_recharges_at_one_place_are_dealt_to_the_plugs_there():
    """Three come at once to two plugs: the third waits for the first to be free."""
    problem = city(
        units=tuple(van(f"van{k}") for k in range(3)),
        plugs=(plug("one"), plug("two"), plug("other", place="quay")),
    )
    visits = {(f"van{k}", "day"): (Visit("recharge", "depot", k, 600),) for k in range(3)}
    dealt = deal_plugs(Ground(problem), visits)
    turns = [(row[0].subject, row[0].start_s) for row in dealt.values()]
    assert turns == [("one", 0), ("two", 1), ("one", 600)]


def test_a_shift_is_cut_into_trips_with_a_recharge_between():
    ground = Ground(city(ask("a", "mill")))
    trips = list(vroom_peer.list_trips(ground, ground.days[0], 0, vroom_peer.Encoding(2)))
    assert [trip.recharge is None for trip in trips] == [True, False]
    assert trips[0].window[1] + trips[1].recharge.length_s == trips[1].window[0]
    assert trips[1].window[1] == 8 * HOUR


def test_what_both_serve_is_compared_alone():
    """Only a counts. From the depot to the park and back: 0.80 and 11.333 for 34 minutes; van 2 home: 2.133.

    Van 2 takes it on its way home instead: 0.80 + 11.333, and nothing for van 1.
    """
    problem = city(ask("a", "park"), ask("b", "port"), units=(van(), van("van2", place="quay")))
    near = plan_of(problem, {("van1", "day"): (Visit("serve", "a"),)})
    far = plan_of(problem, {("van2", "day"): (Visit("serve", "a"), Visit("serve", "b"))})
    assert cheaper_pct(problem, near, far) == pytest.approx(100 * (1 - 14_266 / 12_133))

"""The judge, on routes worked out by hand, and against a linear program."""

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.evrptw.checker import total_distance, violations
from routing.evrptw.reading import read_instance
from tests.routing.evrptw.towns import SCHNEIDER, SOLOMON, draw_town
from tests.routing.evrptw.witness import can_be_driven

TOWN = read_instance(SCHNEIDER, "town")


def rules(routes):
    return [violation.rule for violation in violations(TOWN, routes)]


def test_a_far_customer_needs_a_recharge_on_the_way():
    # There and back is 40, a battery lasts for 30: 20 out, 10 back to the station, 10 more for home.
    assert rules((("C1",), ("C2",))) == ["energy"]
    assert rules((("C1", "S1"), ("C2",))) == []
    assert rules((("S1", "C1"), ("C2",))) == []


def test_only_what_is_needed_is_recharged_and_it_takes_its_time():
    # S1 on the way out: 10 more are needed for C1 and home, which takes 20: C1 at 10 + 20 + 10 = 40, due 60.
    # With C2 before, leaving it at 15: 12.81 to S1, where 9.19 is left and 30 still to drive. The missing
    # 20.81 take 41.61: C1 would begin 19.42 too late, which is 9.71 of energy.
    late = violations(TOWN, (("C2", "S1", "C1"),))
    assert [(v.rule, round(v.amount, 2)) for v in late] == [("energy", 9.71)]


def test_a_recharge_fits_into_a_wait():
    # C2 opens at 10, 2 after the vehicle is there: time for nothing to be lost.
    assert rules((("C2",), ("C1", "S1"))) == []
    assert round(total_distance(TOWN, (("C2",), ("C1", "S1"))), 6) == 56


def test_who_is_forgotten_or_served_twice_is_named():
    assert rules((("C2",),)) == ["served once"]
    assert rules((("C2",), ("C2",), ("C1", "S1"))) == ["served once"]
    assert rules((("C9",),)) == ["unknown"]
    assert rules((("C2", "D0"), ("C1", "S1"))) == ["depot within a route"]


def test_load_and_fleet_have_their_limits():
    town = read_instance(SOLOMON.replace("  2         10", "  1         8"), "t")
    assert [v.rule for v in violations(town, (("1",), ("2",)))] == ["fleet"]
    assert [v.rule for v in violations(town, (("1", "2"),))] == ["capacity"]


def test_distances_of_solomon_are_cut_after_the_first_decimal():
    town = read_instance(SOLOMON, "t")
    # 1.414 -> 1.4, from (1,1) to (3,0) 2.236 -> 2.2, and 3.0
    assert round(total_distance(town, (("1", "2"),)), 6) == 6.6


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_judge_agrees_with_a_linear_program(seed, length, chance):
    town = draw_town(seed, 5, battery=45.0)
    route = chance.sample([*town.customers, *town.stations], length)
    said = [v for v in violations(town, (tuple(n.id for n in route),)) if v.rule in ("window", "energy")]
    if can_be_driven(town, route, slack=-1e-4):
        assert said == []
    if said:
        assert not can_be_driven(town, route)

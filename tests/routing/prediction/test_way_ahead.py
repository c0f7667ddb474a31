"""The way ahead: what is left of the first stop, then ways, work, waits and recharges one after the other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.prediction.features import READY_NAMES, Surroundings, build_row
from routing.prediction.pace import Pace
from routing.prediction.way_ahead import Step, look_ahead

MINUTE = 60.0
ALICE = Step(key="Alice", travel_s=10 * MINUTE, handling_s=10 * MINUTE, flow_s=20 * MINUTE)
BOB = replace(ALICE, key="Bob")


def expect(*steps, **given):
    return {one.key: (one.arrival_s / MINUTE, one.ready_s / MINUTE) for one in look_ahead(steps, **given)}


def test_ways_and_work_add_up():
    assert expect(ALICE, BOB) == {"Alice": (10, 40), "Bob": (50, 80)}


def test_what_is_under_way_counts_with_its_rest():
    charging = Step(key="Alice", arrived=True, flow_s=5 * MINUTE, handling_s=4 * MINUTE, is_measured=True)
    assert expect(charging, BOB) == {"Alice": (0, 9), "Bob": (19, 49)}


def test_a_recharge_and_a_break_take_their_time_and_nobody_is_told_of_them():
    recharge = Step(kind="recharge", travel_s=5 * MINUTE, flow_s=30 * MINUTE)
    pause = Step(kind="break", flow_s=15 * MINUTE)
    assert expect(recharge, pause, BOB) == {"Bob": (60, 90)}


def test_a_unit_that_waits_on_purpose_is_not_early_and_makes_up_for_lateness():
    booked = replace(BOB, leaves_s=60 * MINUTE)
    assert expect(booked)["Bob"] == (70, 100)
    assert expect(ALICE, booked)["Bob"] == (70, 100)
    assert expect(ALICE, booked, free_s=30 * MINUTE)["Bob"] == (80, 110)


def test_a_plug_that_is_taken_is_waited_for():
    recharge = Step(kind="recharge", travel_s=5 * MINUTE, flow_s=30 * MINUTE, begins_s=20 * MINUTE)
    assert expect(recharge, BOB)["Bob"] == (60, 90)


def test_the_pace_stretches_ways_and_handling_but_not_what_is_measured():
    slow = Pace(travel=1.5, handling=2.0, flow=1.1)
    arrival, ready = expect(ALICE, pace=slow)["Alice"]
    assert (arrival, ready) == pytest.approx((15, 15 + 20 + 22))
    measured = Step(key="Alice", arrived=True, flow_s=10 * MINUTE, is_measured=True)
    assert expect(measured, pace=slow)["Alice"] == (0, 10)


STEPS = st.builds(
    Step,
    key=st.sampled_from([None, "Alice"]),
    kind=st.sampled_from(["serve", "recharge", "break", "hold"]),
    travel_s=st.floats(0, 3_600),
    handling_s=st.floats(0, 3_600),
    flow_s=st.floats(0, 7_200),
    leaves_s=st.none() | st.floats(0, 9_000),
    begins_s=st.none() | st.floats(-600, 9_000),
)


@given(st.lists(STEPS, max_size=6), st.floats(0, 1_800))
def test_nobody_is_ready_before_the_arrival_nor_before_the_one_before(steps, free_s):
    at_s = free_s
    for one in look_ahead(steps, free_s=free_s):
        assert at_s <= one.arrival_s + 1e-6
        assert one.arrival_s <= one.ready_s
        at_s = one.ready_s


@given(st.lists(STEPS, min_size=1, max_size=6))
def test_what_lies_before_an_arrival_adds_up_to_it(steps):
    for one in look_ahead(steps):
        before = one.before
        parts = before.travel_s + before.handling_s + before.flow_s + before.recharge_s
        assert parts + before.break_s + before.idle_s == pytest.approx(one.arrival_s, abs=1e-3)


def test_a_row_has_a_number_for_every_name():
    (outlook,) = look_ahead([ALICE])
    row = build_row(outlook, Surroundings(hour=8.5))
    assert len(row) == len(READY_NAMES)
    assert row[READY_NAMES.index("travel_s")] == ALICE.travel_s
    assert row[READY_NAMES.index("own_flow_s")] == ALICE.flow_s
    assert row[READY_NAMES.index("hour")] == 8.5

"""A meter's register, and what it says was delivered."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.services.charging.register import Point, count
from tests.small_world import TEN

POWER_W = 60_000


def points(*registers: int, minutes: int = 5) -> list[Point]:
    return [Point(TEN + index * timedelta(minutes=minutes), wh) for index, wh in enumerate(registers)]


@pytest.mark.parametrize(
    ("registers", "energy_wh", "flags"),
    [
        ((), 0, set()),
        ((7_000,), 0, set()),
        ((100, 100, 4_100), 4_000, set()),
        # Misread once, or for a while: the register went on meanwhile.
        ((1_000, 3_000, 2_500, 4_000), 3_000, {"register_backwards"}),
        ((1_000, 3_000, 5, 6, 4_000), 3_000, {"register_backwards"}),
        # Another meter: what flowed while it was changed is not known.
        ((500_000, 503_000, 20, 2_020), 5_000, {"meter_replaced"}),
        ((500_000, 503_000, 20), 3_000, {"meter_replaced"}),
        # Six digits, and over.
        ((998_000, 999_500, 1_500), 3_500, {"rollover"}),
        ((2**32 - 1_000, 500), 1_500, {"rollover"}),
        # From near the last digit, but more than any such charger delivers in five minutes.
        ((970_000, 30_000), 0, {"meter_replaced"}),
    ],
)
def test_what_was_delivered(registers, energy_wh, flags):
    counted = count(points(*registers), POWER_W)
    assert (counted.energy_wh, set(counted.flags)) == (energy_wh, flags)


@given(st.lists(st.integers(0, 2**40), min_size=1))
def test_a_register_that_only_rises_counts_its_rise(registers):
    rising = sorted(registers)
    counted = count(points(*rising), POWER_W)
    assert (counted.energy_wh, counted.flags) == (rising[-1] - rising[0], frozenset())


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_never_more_than_what_rose_or_ran_over(registers):
    counted = count(points(*registers, minutes=0), POWER_W)
    assert counted.energy_wh >= 0
    if "rollover" not in counted.flags:
        rises = sum(max(b - a, 0) for a, b in pairwise(registers))
        assert counted.energy_wh <= rises

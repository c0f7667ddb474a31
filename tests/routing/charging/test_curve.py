"""A curve, its limits and its exact integral."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.charging.curve import Curve, Filling


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    socs = sorted(draw(st.sets(st.integers(0, 100), min_size=1, max_size=7)))
    return Curve(tuple((soc / 100, float(draw(st.integers(500, 250_000)))) for soc in socs))


def test_power_between_two_points_is_on_the_line_and_flat_outside():
    curve = Curve(((0.2, 100.0), (0.6, 50.0)))
    assert [curve.power_w(soc) for soc in (0.0, 0.2, 0.4, 0.6, 0.9)] == [100.0, 100.0, 75.0, 50.0, 50.0]


def test_a_limit_adds_the_point_where_the_curve_crosses_it():
    limited = Curve(((0.0, 100.0), (1.0, 20.0))).limited(60)
    assert limited.points == ((0.0, 60.0), (0.5, 60.0), (1.0, 20.0))


def test_a_curve_that_ends_at_zero_still_ends():
    assert Curve(((0.0, 100.0), (1.0, 0.0))).limited(100).power_w(1.0) == pytest.approx(2.0)


def test_half_a_pack_along_a_falling_line():
    # 50 kWh from 50 % (50 kW) to 100 % (25 kW): 50 * 0.5 * ln(25/50) / (25 - 50) h = 0.693147 h
    filling = Filling(Curve(((0.5, 50_000.0), (1.0, 25_000.0))), 50_000.0)
    assert filling.seconds_between(0.5, 1.0) == pytest.approx(0.69314718 * 3600)


@given(curves(), st.integers(0, 99), st.integers(1, 100), st.integers(1_000, 300_000))
def test_time_grows_with_the_target_and_agrees_with_small_steps(curve, start, width, limit_w):
    filling = Filling(curve.limited(limit_w), 60_000.0)
    soc_from, soc_to = start / 100, min(1.0, (start + width) / 100)
    exact = filling.seconds_between(soc_from, soc_to)
    steps = 2_000
    size = (soc_to - soc_from) / steps
    floor_w = 0.02 * max(power for _, power in curve.points)
    powers = (curve.power_w(soc_from + (k + 0.5) * size) for k in range(steps))
    summed = sum(60_000.0 * size / min(limit_w, max(power, floor_w)) for power in powers) * 3600
    assert exact > 0
    assert exact == pytest.approx(summed, rel=2e-3)


@given(curves(), st.floats(0, 0.99), st.floats(1, 50_000))
def test_the_state_reached_after_a_time_takes_that_time(curve, soc_from, seconds):
    filling = Filling(curve.limited(1e9), 60_000.0)
    reached = filling.soc_after(soc_from, seconds)
    assert filling.seconds_between(soc_from, reached) == pytest.approx(seconds, rel=1e-6, abs=1e-3)

"""What cold and load cost, against the table of a physical model (kWh per km at WLTC phases)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.travel.consumption import aux_w, consumption_pct


def test_at_twenty_degrees_and_empty_nothing_changes():
    assert consumption_pct(20, 0, 2_200) == 100
    assert aux_w(20) == 300


@pytest.mark.parametrize(
    ("warm_wh_per_km", "speed_kmh", "cold_wh_per_km"),
    [(150, 19, 310), (170, 57, 240), (190, 19, 360), (220, 57, 300), (230, 19, 390), (270, 57, 390)],
)
def test_ten_degrees_of_frost_cost_what_the_physical_model_says(warm_wh_per_km, speed_kmh, cold_wh_per_km):
    moved = (warm_wh_per_km - 300 / speed_kmh) * consumption_pct(-10, 0, 3_000) / 100
    assert moved + aux_w(-10) / speed_kmh == pytest.approx(cold_wh_per_km, rel=0.15)


def test_half_a_tonne_more_costs_a_compact_van_two_or_three_hundredths_of_a_kilowatt_hour():
    assert 20 <= 160 * (consumption_pct(20, 500, 2_200) - 100) / 100 <= 30


def test_a_load_on_an_unknown_weight_is_not_looked_at():
    assert consumption_pct(20, 500, 0) == 100


@given(st.floats(-30, 45), st.integers(0, 2_000), st.integers(0, 1_000))
def test_colder_and_heavier_never_costs_less(celsius, load_kg, more_kg):
    assert consumption_pct(celsius - 5, load_kg, 3_000) >= consumption_pct(celsius, load_kg, 3_000)
    assert consumption_pct(celsius, load_kg + more_kg, 3_000) >= consumption_pct(celsius, load_kg, 3_000)
    assert aux_w(celsius - 5) >= aux_w(celsius)

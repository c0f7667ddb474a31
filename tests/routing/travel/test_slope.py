"""Hills cost what goes up less what comes back: nothing on the flat, more the heavier and the steeper."""

from hypothesis import given
from hypothesis import strategies as st

from routing.travel.slope import climb_wh_per_km

WEIGHTS, GRADES = st.integers(100, 7_500), st.integers(0, 150)


def test_four_per_cent_cost_a_compact_van_a_third_of_its_flat_consumption():
    assert climb_wh_per_km(2_400, 40) == 70


@given(WEIGHTS)
def test_the_flat_costs_nothing(weight_kg):
    assert climb_wh_per_km(weight_kg, 0) == 0


@given(WEIGHTS, GRADES, st.integers(0, 1_000), st.integers(0, 50))
def test_heavier_or_steeper_is_never_cheaper(weight_kg, grade, more_kg, more_grade):
    assert climb_wh_per_km(weight_kg + more_kg, grade + more_grade) >= climb_wh_per_km(weight_kg, grade)


@given(WEIGHTS, GRADES)
def test_hills_never_cost_less_than_lifting_the_weight_would_give_back(weight_kg, grade):
    lifted_wh = weight_kg * 9.81 * grade / 2 / 3600
    assert 0 <= climb_wh_per_km(weight_kg, grade) <= lifted_wh + 1

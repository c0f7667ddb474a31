"""Bounds keep their word on days they were not fitted to, and follow a world that changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.prediction.calibration import (
    LEAD_EDGES_S,
    MOST,
    STEADY,
    Seen,
    bucket_of,
    conform,
    follow,
)

LEAD = np.full(2_000, 900.0)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_quantile_that_is_moved_covers_its_share_of_what_comes(share):
    dice = np.random.default_rng(1)
    moved = conform(dice.normal(0.3, 1.0, 2_000), LEAD, share)
    fresh = dice.normal(0.3, 1.0, 20_000)
    covered = float((fresh <= moved[int(bucket_of(np.array([900.0]))[0])]).mean())
    assert covered == pytest.approx(share, abs=0.02)


def test_of_few_scores_the_bounds_are_wide():
    scores = np.array([0.0, 1.0, 2.0])
    assert conform(scores, np.zeros(3), 0.9)[0] == 2.0
    assert conform(scores, np.zeros(3), 0.1)[0] == 0.0
    assert conform(np.array([]), np.array([]), 0.9) == (0.0,) * (len(LEAD_EDGES_S) + 1)


def test_leads_calibrate_apart_where_enough_was_seen():
    near, far = np.full(200, 60.0), np.full(200, 9_000.0)
    moved = conform(np.concatenate([np.zeros(200), np.ones(200)]), np.concatenate([near, far]), 0.9)
    assert moved[0] == 0.0
    assert moved[-1] == 1.0


def seen(real_s, p10_s=500.0, p90_s=700.0, expected_s=600.0):
    return Seen(expected_s, (p10_s, expected_s, p90_s), real_s)


def moved(drift, lead_s=600.0):
    return drift.at(bucket_of(np.array([lead_s])))[0]


def test_late_visits_push_the_bounds_out_and_punctual_ones_draw_them_in():
    pushed = follow(STEADY, [[seen(900.0)]] * 5)
    assert moved(pushed)[2] > 0
    assert moved(pushed)[0] > 0
    assert moved(follow(pushed, [[seen(600.0)]] * 5))[2] < moved(pushed)[2]


def test_the_middle_is_left_to_the_pace():
    assert moved(follow(STEADY, [[seen(900.0)]] * 50))[1] == 0


def test_what_is_near_says_little_of_what_is_far_off():
    pushed = follow(STEADY, [[seen(900.0)]])
    assert moved(pushed)[2] > moved(pushed, 9_000.0)[2] > 0


def test_a_visit_counts_once_however_often_it_was_predicted():
    assert follow(STEADY, [[seen(900.0)] * 10]) == follow(STEADY, [[seen(900.0)]])


def test_bounds_nobody_was_told_do_not_move():
    assert moved(follow(STEADY, [[seen(900.0, p10_s=None)]]))[0] == 0


@given(st.lists(st.lists(st.builds(seen, st.floats(0, 9_000)), min_size=1, max_size=3), max_size=60))
def test_bounds_never_run_away(visits):
    drift = follow(STEADY, visits)
    assert max(abs(value) for three in (drift.everywhere, *drift.by_lead) for value in three) <= MOST


def test_in_the_long_run_the_tracked_bound_covers_its_share():
    dice = np.random.default_rng(2)
    drift, covered = STEADY, []
    for late in dice.normal(0.8, 1.0, 4_000):
        p10, _, p90 = moved(drift)
        shown = seen(600 + 60 * late, 600 + 60 * (p10 - 1.28), 600 + 60 * (p90 + 1.28))
        covered.append(shown.real_s <= shown.bounds_s[2])
        drift = follow(drift, [[shown]])
    assert np.mean(covered[500:]) == pytest.approx(0.9, abs=0.03)

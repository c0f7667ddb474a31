"""Judging predictions."""

import pytest

from routing.prediction.quality import BANDS_S, QUARTER_OF_AN_HOUR, Judged, judge, judge_by_lead


def test_nothing_is_judged_of_nothing():
    assert judge([]) is None


def test_a_prediction_that_is_late_by_a_minute():
    quality = judge([Judged(540, 600, 720, 660)])
    assert quality is not None
    assert (quality.bias_s, quality.mae_s, quality.covers_p10_p90, quality.covers_p90) == (60, 60, 1, 1)
    assert quality.width_s == 180
    assert quality.pinball_s == pytest.approx((0.1 * 120 + 0.5 * 60 + 0.1 * 60) / 3)


def test_a_truth_outside_is_not_covered():
    early, late = Judged(540, 600, 720, 500), Judged(540, 600, 720, 800)
    quality = judge([early, late, Judged(540, 600, 720, 600)])
    assert quality is not None
    assert quality.covers_p10_p90 == pytest.approx(1 / 3, abs=1e-3)
    assert quality.covers_p90 == pytest.approx(2 / 3, abs=1e-3)


def test_without_a_p10_there_is_no_width():
    quality = judge([Judged(None, 600, 720, 700)])
    assert quality is not None
    assert quality.width_s is quality.covers_p10_p90 is None
    assert quality.covers_p90 == 1


def test_lead_times_are_told_apart():
    near, quarter = Judged(0, 60, 90, 60), Judged(800, 900, 1_000, 900)
    found = dict(judge_by_lead([near, quarter, quarter]))
    assert {band: quality.count for band, quality in found.items()} == {BANDS_S[0]: 1, QUARTER_OF_AN_HOUR: 2}

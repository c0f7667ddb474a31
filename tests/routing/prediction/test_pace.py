"""The present pace: what was finished lately, with a little faith in the usual."""

import pytest

from routing.prediction.pace import FORGOTTEN_S, HALF_LIFE_S, Done, Pace, Usual, learn_usual, measure_pace

NOW = 100_000.0
USUAL = Usual(Pace(1.0, 1.0, 1.0), Pace(3_600.0, 3_600.0, 3_600.0))


def way(planned_s, real_s, ago_s=0.0):
    return Done("travel", NOW - ago_s, planned_s, real_s)


def test_without_news_it_is_as_usual():
    assert measure_pace([], NOW, USUAL) == USUAL.pace


def test_an_hour_of_ways_counts_as_much_as_what_is_usual():
    assert measure_pace([way(3_600, 7_200)], NOW, USUAL).travel == pytest.approx(1.5)


def test_what_is_older_counts_less_and_in_the_end_not_at_all():
    fresh, older = (measure_pace([way(3_600, 7_200, ago)], NOW, USUAL).travel for ago in (0, HALF_LIFE_S))
    assert 1 < older < fresh
    assert measure_pace([way(3_600, 7_200, FORGOTTEN_S + 1)], NOW, USUAL).travel == 1.0


def test_the_future_and_what_was_not_planned_say_nothing():
    assert measure_pace([way(3_600, 7_200, -60), way(0, 7_200)], NOW, USUAL) == USUAL.pace


def test_slow_hands_are_no_slow_roads():
    pace = measure_pace([Done("handling", NOW, 3_600, 7_200)], NOW, USUAL)
    assert (pace.travel, pace.flow) == (1.0, 1.0)
    assert pace.handling > 1.4


def test_the_usual_is_the_mean_of_all_seconds():
    assert learn_usual([way(100, 200), way(300, 300)]).travel == pytest.approx(1.25)
    assert learn_usual([]) == Pace()

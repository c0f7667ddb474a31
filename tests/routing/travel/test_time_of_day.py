"""Busy hours from one matrix."""

import pytest

from routing.model.errors import InvalidProblem
from routing.model.travel import Profile
from routing.travel.time_of_day import with_busy_hours

CAR = Profile(durations_s=((0, 101), (None, 0)), distances_m=((0, 900), (None, 0)))


def test_busy_hours_stretch_times_and_leave_metres_and_holes():
    busy = with_busy_hours(CAR, [(3_600, 150), (7_200, 100)])
    assert [(part.from_s, part.durations_s) for part in busy.slices] == [
        (3_600, ((0, 152), (None, 0))),
        (7_200, ((0, 101), (None, 0))),
    ]
    assert (busy.durations_s, busy.distances_m) == (CAR.durations_s, CAR.distances_m)


@pytest.mark.parametrize("hours", [[(60, 120), (60, 100)], [(60, -5)]])
def test_hours_out_of_order_and_times_below_nothing_are_refused(hours):
    with pytest.raises(InvalidProblem):
        with_busy_hours(CAR, hours)

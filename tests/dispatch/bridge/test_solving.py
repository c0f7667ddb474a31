"""How much of a plan an event may turn over."""

import pytest

from dispatch.routing_bridge.solving import FEW, count_others


@pytest.mark.parametrize(
    ("causes", "others"),
    [
        (["request.booked"], FEW),
        (["request.booked", "eta.drifted"], FEW),
        (["request.booked", "unit.out_of_service"], None),
        (["renewed"], None),
        ([], None),
    ],
)
def test_what_happens_all_day_is_noticed_by_few_and_what_is_grave_by_as_many_as_it_takes(causes, others):
    assert count_others(causes) == others

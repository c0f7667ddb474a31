"""G: why somebody is not served."""

import pytest

from tests.routing.story import solved

REASONS = {
    "window_infeasible": "a wants 10 kWh at port by 08:05",
    "energy_insufficient": "a wants 50 kWh at mill",
    "access_closed": "a wants 10 kWh at mill open 08:00-08:20",
    "height_or_weight": "a wants 10 kWh at mill under 1900",
    "not_worth_it": "a wants 10 kWh at mill worth 2",
    "no_unit_on_shift": "a wants 10 kWh at mill from 15:59 by 16:30 ready 17:00",
}


@pytest.mark.parametrize("code", REASONS)
def test_g01_every_reason_has_its_name(code):
    story = "van1 at depot with 50 kWh high 2000 until 15:00\n" + REASONS[code]
    assert solved(story, iterations=5)[-1] == f"not served: a ({code})"


def test_g02_the_shift_that_ends_too_soon_is_a_limit_of_duty():
    story = """
        van1 at depot with 50 kWh until 09:00
        a wants 20 kWh at port from 08:30
    """
    assert solved(story)[-1] == "not served: a (duty_limit)"

"""D: one more request in a running plan."""

from tests.routing.story import gone_on, lines_of


def test_d01_a_new_request_goes_on_the_way():
    before = """
        van1 at depot with 50 kWh
        a wants 10 kWh at port from 09:00 by 10:00
    """
    new = "b wants 10 kWh at quay"
    assert gone_on(before, before + new) == lines_of(
        "van1: quay 08:04 +10kWh > port 09:00 +10kWh > depot 09:36 (48 %)"
    )


def test_d02_a_stranded_driver_is_worth_four_others():
    text = """
        van1 at depot with 50 kWh
        a wants 10 kWh at mill by 08:05 worth 30
    """
    stranded = "b wants 10 kWh at park by 08:05 worth 20 priority 2"
    assert gone_on("van1 at depot with 50 kWh", text + stranded) == lines_of("""
        van1: park 08:02 +10kWh > depot 08:34 (66 %)
        not served: a (fleet_saturated)
    """)

"""F: things that go wrong after the plan was made."""

from tests.routing.story import gone_on, lines_of

TWO_VANS = """
    van1 at depot with 50 kWh
    van2 at depot with 50 kWh
    a wants 10 kWh at mill by 08:30
    b wants 10 kWh at park by 08:30
"""


def test_f01_another_van_takes_over_what_a_late_one_cannot():
    late = TWO_VANS.replace("van1 at depot with 50 kWh", "van1 at depot with 50 kWh free 10:00")
    assert gone_on(TWO_VANS, late.replace("08:30", "09:00")) == lines_of("""
        van1: depot 10:00 (83 %)
        van2: mill 08:02 +10kWh > park 08:36 +10kWh > depot 09:08 (48 %)
    """)


def test_f02_a_van_that_broke_down_is_missed_but_nothing_breaks():
    alone = TWO_VANS.replace("van1 at depot with 50 kWh", "")
    told = gone_on(TWO_VANS, alone)
    assert len(told) == 2
    assert told[0].startswith("van2: park 08:02") or told[0].startswith("van2: mill 08:02")
    assert told[1].startswith("not served:")


def test_f03_a_plug_that_fails_sends_the_van_to_the_next():
    before = """
        van1 at depot with 30 kWh target 50
        plug1 at depot
        plug2 at quay
    """
    broken = before.replace("plug1 at depot", "")
    assert gone_on(before, broken) == lines_of("van1: quay 08:04-08:45 recharge 20.5kWh > depot 08:49 (82 %)")

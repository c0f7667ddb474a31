"""B: energy in the pack."""

from tests.routing.story import lines_of, solved


def test_b01_the_reserve_is_never_touched():
    # 16.5 kWh: 0.25 there, 10 delivered, 0.25 back leave just the reserve of 6
    assert solved("""
        van1 at depot with 16.5 kWh
        a wants 10 kWh at mill
    """) == lines_of("van1: mill 08:02 +10kWh > depot 08:34 (10 %)")


def test_b02_a_little_less_and_nobody_goes():
    assert solved("""
        van1 at depot with 16.4 kWh
        a wants 10 kWh at mill
    """) == lines_of("""
        van1: depot 08:00 (27 %)
        not served: a (energy_insufficient)
    """)


def test_b03_the_van_with_the_fuller_pack_takes_the_large_request():
    assert solved("""
        van1 at depot with 20 kWh
        van2 at depot with 50 kWh
        a wants 10 kWh at mill by 08:05
        b wants 40 kWh at park by 08:05
    """) == lines_of("""
        van1: mill 08:02 +10kWh > depot 08:34 (16 %)
        van2: park 08:02 +40kWh > depot 09:34 (16 %)
    """)

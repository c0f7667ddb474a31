"""E: locks and promises."""

from tests.routing.story import lines_of, solved


def test_e01_a_lock_binds_the_unit_and_the_time():
    assert solved("""
        van1 at mill with 50 kWh
        van2 at depot with 50 kWh
        a wants 10 kWh at mill locked van2 at_time 09:00
    """) == lines_of("""
        van1: depot 08:02 (83 %)
        van2: mill 09:00 +10kWh > depot 09:32 (66 %)
    """)


def test_e02_a_promise_is_kept_before_a_hurry():
    assert solved("""
        van1 at depot with 50 kWh
        a wants 10 kWh at mill promised 08:02
        b wants 10 kWh at park hurry 60
    """) == lines_of("van1: mill 08:02 +10kWh > park 08:36 +10kWh > depot 09:08 (48 %)")


def test_e03_a_driver_keeps_the_van_they_were_told():
    assert solved("""
        van1 at mill with 50 kWh
        van2 at depot with 50 kWh
        a wants 10 kWh at mill told van2
    """) == lines_of("""
        van1: depot 08:02 (83 %)
        van2: mill 08:02 +10kWh > depot 08:34 (66 %)
    """)


def test_e04_what_was_promised_is_served_before_what_was_not():
    assert solved("""
        van1 at depot with 50 kWh
        a wants 10 kWh at mill by 08:05 worth 300
        b wants 10 kWh at park by 08:05 promised 08:05 worth 20
    """) == lines_of("""
        van1: park 08:02 +10kWh > depot 08:34 (66 %)
        not served: a (fleet_saturated)
    """)

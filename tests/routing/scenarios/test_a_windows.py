"""A: windows, opening hours, time to finish."""

from tests.routing.story import lines_of, solved


def test_a01_two_windows_decide_the_order():
    assert solved("""
        van1 at depot with 50 kWh
        a wants 10 kWh at mill from 10:00 by 10:30
        b wants 10 kWh at port from 08:30 by 09:00
    """) == lines_of("van1: port 08:30 +10kWh > mill 10:00 +10kWh > depot 10:32 (48 %)")


def test_a02_a_garage_that_opens_late_is_visited_late():
    assert solved("""
        van1 at depot with 50 kWh
        a wants 10 kWh at mill open 09:30-11:00
    """) == lines_of("van1: mill 09:30 +10kWh > depot 10:02 (66 %)")


def test_a03_the_driver_who_leaves_at_nine_comes_first():
    assert solved("""
        van1 at depot with 50 kWh
        a wants 10 kWh at park
        b wants 10 kWh at mill ready 08:35
    """) == lines_of("van1: mill 08:02 +10kWh > park 08:36 +10kWh > depot 09:08 (48 %)")


def test_a04_two_windows_at_once_take_two_vans():
    assert solved("""
        van1 at depot with 50 kWh
        van2 at depot with 50 kWh
        a wants 10 kWh at mill by 08:05
        b wants 10 kWh at park by 08:05
    """) == lines_of("""
        van1: mill 08:02 +10kWh > depot 08:34 (66 %)
        van2: park 08:02 +10kWh > depot 08:34 (66 %)
    """)

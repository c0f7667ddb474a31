"""C: recharge and plugs."""

from tests.routing.story import lines_of, solved


def test_c01_just_enough_is_recharged_for_what_comes():
    assert solved("""
        van1 at depot with 20 kWh
        plug at depot
        a wants 10 kWh at mill by 08:05
        b wants 20 kWh at park by 09:15
    """) == lines_of(
        "van1: mill 08:02 +10kWh > depot 08:34-09:08 recharge 17kWh > park 09:10 +20kWh > depot 10:02 (10 %)"
    )


def test_c02_at_the_end_of_the_route_the_pack_is_filled():
    assert solved("""
        van1 at depot with 50 kWh target 60
        plug at depot
        a wants 10 kWh at mill by 08:05
    """) == lines_of("van1: mill 08:02 +10kWh > depot 08:34-09:15 recharge 20.5kWh > depot 09:15 (100 %)")


def test_c03_two_vans_fill_one_after_the_other():
    assert solved("""
        van1 at depot with 40 kWh target 60
        van2 at depot with 40 kWh target 60
        plug at depot
    """) == lines_of("""
        van1: depot 08:00-08:40 recharge 20kWh > depot 08:40 (100 %)
        van2: depot 08:40-09:20 recharge 20kWh > depot 09:20 (100 %)
    """)


def test_c04_a_plug_that_is_taken_is_waited_for():
    assert solved("""
        van1 at depot with 40 kWh target 60
        plug at depot busy 08:00-10:00
    """) == lines_of("van1: depot 10:00-10:40 recharge 20kWh > depot 10:40 (100 %)")


def test_c05_a_plug_for_another_van_is_left_alone():
    assert solved("""
        van1 at depot with 40 kWh target 60
        van2 at port with 60 kWh
        plug at depot for van2
    """) == lines_of("""
        van1: depot 08:00 (67 %)
        van2: depot 08:06 (99 %)
    """)


def test_c06_of_two_plugs_that_fill_the_pack_in_time_the_faster_is_taken():
    assert solved("""
        van1 at depot with 20 kWh target 60
        plug1 at depot power 11 for van1
        plug2 at depot power 50
    """) == lines_of("van1: depot 08:00-09:20 recharge 40kWh > depot 09:20 (100 %)")


def test_c07_on_the_way_too_the_faster_of_two_plugs_is_taken():
    assert solved("""
        van1 at depot with 20 kWh
        plug1 at depot power 11
        plug2 at depot power 50
        a wants 10 kWh at mill by 08:05
        b wants 20 kWh at park by 09:15
    """) == lines_of(
        "van1: mill 08:02 +10kWh > depot 08:34-09:08 recharge 17kWh > park 09:10 +20kWh > depot 10:02 (10 %)"
    )

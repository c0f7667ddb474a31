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


def test_c07_on_the_way_too_the_faster_plug_is_taken():
    assert solved("""
        van1 at depot with 20 kWh
        plug1 at depot power 11
        plug2 at depot power 11
        plug3 at depot power 11
        plug4 at depot power 50
        a wants 10 kWh at mill by 08:05
        b wants 20 kWh at park by 09:15
    """) == lines_of(
        "van1: mill 08:02 +10kWh > depot 08:34-09:08 recharge 17kWh > park 09:10 +20kWh > depot 10:02 (10 %)"
    )


def test_c08_a_van_that_waits_at_its_plug_fills_up_before_a_slot_too():
    assert solved("""
        van1 at depot with 30 kWh target 60
        plug at depot
        a wants 10 kWh at mill from 11:00 by 11:20 promised 11:10
    """) == lines_of(
        "van1: depot 08:00-09:00 recharge 30kWh > mill 11:00 +10kWh > depot 11:32-11:53 recharge 10.5kWh"
        " > depot 11:53 (100 %)"
    )


def test_c09_it_leaves_the_plug_in_time_for_the_slot():
    assert solved("""
        van1 at depot with 30 kWh target 60
        plug at depot
        a wants 10 kWh at mill from 08:32 by 08:40 promised 08:32
    """) == lines_of(
        "van1: depot 08:00-08:30 recharge 15kWh > mill 08:32 +10kWh > depot 09:04-09:55 recharge 25.5kWh"
        " > depot 09:55 (100 %)"
    )


def test_c10_it_drives_to_a_plug_and_back_where_the_evening_is_too_short_to_fill_up():
    assert solved("""
        van1 at depot with 30 kWh target 60 until 11:34
        plug at park
        a wants 10 kWh at mill from 11:00 by 11:20
    """) == lines_of("van1: park 08:02-09:02:30 recharge 30.25kWh > mill 11:00 +10kWh > depot 11:32 (82 %)")


def test_c11_it_stays_where_it_is_when_the_way_costs_more_than_the_evening_lacks():
    assert solved("""
        van1 at depot with 59 kWh target 60 until 12:00
        plug at port
        a wants 0.1 kWh at depot from 11:00 by 11:20
    """) == lines_of("van1: depot 11:00 +0.1kWh > depot 11:10:12 (98 %)")


def test_c12_a_wait_before_a_break_is_used():
    assert solved("""
        van1 at depot with 20 kWh target 60 until 10:00 lunch 08:40-08:40
        plug at depot
    """) == lines_of(
        "van1: depot 08:00-08:40 recharge 20kWh > depot 08:40 break > depot 09:10-09:50 recharge 20kWh"
        " > depot 09:50 (100 %)"
    )

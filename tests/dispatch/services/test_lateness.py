"""A delay is told when it is noticeable, and not again until it is noticeably another."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dispatch.models import ReplanWanted, UnitState
from dispatch.services.lateness import DRIFT, count_drifts
from tests.dispatch.crew import Crew

SECONDS = st.integers(-20_000, 20_000)


def tell(slips: list[float]) -> list[int]:
    told, heard = 0, []
    for minutes in slips:
        new = count_drifts(timedelta(minutes=minutes), told)
        if new != told:
            heard.append(new)
        told = new
    return heard


def test_about_a_threshold_nothing_flickers():
    assert tell([2.9, 3.1, 2.9, 3.2, 1.0, 3.0, 5.9]) == [1]


def test_a_delay_that_grows_is_told_with_every_step_and_one_that_is_made_up_once():
    assert tell([3, 6, 9]) == [1, 2, 3]
    assert tell([9, 6.1, 5, 0]) == [3, 1, 0]


def test_who_is_early_is_told_too():
    assert tell([-2.9, -3, -4, -6, -2]) == [-1, -2, 0]


@given(SECONDS, st.integers(-50, 50))
def test_what_is_told_lies_within_a_step_and_is_not_told_again(seconds, told):
    slip = timedelta(seconds=seconds)
    new = count_drifts(slip, told)
    assert abs(slip - new * DRIFT) < DRIFT
    assert count_drifts(slip, new) == new


def test_a_crew_that_arrives_early_gets_a_plan_that_knows_it(world):
    stop = world.stop_of(world.accept("Alice"))
    wanted = ReplanWanted.objects.get().wanted
    Crew(world).do("depart", stop)
    assert ReplanWanted.objects.get().wanted == wanted
    type(stop).objects.filter(id=stop.id).update(arrive_at=world.now + timedelta(minutes=10))
    UnitState.objects.update(next_arrival_at=None)
    arrived = Crew(world).do("arrive", stop)
    assert arrived.slipped == -3
    assert ReplanWanted.objects.get().wanted == wanted + 1
    assert "stop.arrived" in ReplanWanted.objects.get().causes


def test_the_end_of_a_charge_slips_from_its_own_beginning(world):
    stop = world.stop_of(world.accept("Alice"))
    Crew(world).do("depart", stop)
    world.wait(minutes=30)
    late = Crew(world).do("arrive", stop)
    assert late.slipped > 0
    world.wait(seconds=stop.setup_s)
    assert Crew(world).do("start", stop, meter_wh=1_000, car_soc=0.3).slipped == 0

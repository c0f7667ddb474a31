"""Time goes by as planned."""

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.evaluation import violations
from routing.model.problem import Shift
from routing.reoptimise import rebase
from routing.roll import roll_forward
from tests.routing.small_city import HOUR, MINUTE, ask, at, city, pause, tell, van
from tests.routing.strategies import problems


def rolled(problem, clock: str):
    later, plan = roll_forward(problem, rebase(problem, None), at(clock))
    assert violations(later, plan) == ()
    return later, plan


def test_a_visit_under_way_becomes_where_and_when_the_unit_is_free():
    problem = city(ask("a", "mill", latest_s=300), ask("b", "port", earliest_s=at("10:00")))
    later, plan = rolled(problem, "08:10")
    state = later.units[0].state
    assert (state.place, state.at_s, state.energy_wh) == ("mill", at("08:32"), 39_750)
    assert [request.id for request in later.requests] == ["b"]
    assert tell(later, plan) == ["van1: port 10:00 +10kWh > depot 10:36 (48 %)"]


def test_a_unit_on_its_way_will_arrive():
    later, _ = rolled(city(ask("a", "port")), "08:01")
    assert later.units[0].state.place == "port"
    assert later.requests == ()


def test_a_unit_that_has_not_left_is_as_free_as_before():
    later, _ = rolled(city(ask("a", "port", earliest_s=at("10:00"))), "09:00")
    assert later.units[0].state.place == "depot"
    assert [request.id for request in later.requests] == ["a"]


def test_a_recharge_under_way_stays_and_the_unit_hangs_at_the_plug():
    problem = city(units=(van(kwh=30, pack={"target_wh": 60_000}),))
    later, plan = rolled(problem, "08:20")
    state = later.units[0].state
    assert (state.plug, state.at_s, state.energy_wh) == ("plug", at("08:20"), 40_000)
    assert tell(later, plan) == ["van1: depot 08:20-09:00 recharge 20kWh > depot 09:00 (100 %)"]


def test_a_break_that_was_taken_is_not_taken_again():
    later, plan = rolled(city(units=(van(breaks=(pause(),)),)), "10:10")
    assert later.units[0].shifts[0].breaks == ()
    assert later.units[0].state.at_s == at("10:30")
    assert [stop.kind for stop in plan.routes[0].stops] == ["hold"]


def test_a_shift_that_is_over_is_gone_and_the_pack_rests():
    day = Shift(id="day", start_s=0, end_s=2 * HOUR, start_place="depot")
    night = Shift(id="night", start_s=6 * HOUR, end_s=8 * HOUR, start_place="depot")
    later, plan = rolled(city(units=(van(kwh=20, shifts=(day, night), rest_w=5_000),)), "12:00")
    assert [shift.id for shift in later.units[0].shifts] == ["night"]
    assert later.units[0].state.energy_wh == 30_000
    assert plan.routes[0].stops[-1].pack_after_wh == 40_000


def test_time_does_not_go_back():
    problem = city(ask("a", "mill"))
    plan = rebase(problem, None)
    assert roll_forward(problem, plan, 0) == (problem, plan)


@settings(max_examples=40)
@given(problems(), st.integers(1, 96))
def test_the_plan_stays_good_and_nobody_is_lost(problem, ticks):
    plan = rebase(problem, None)
    now_s = ticks * 5 * MINUTE
    begun = {s.request for _, s in plan.iterate_stops() if s.kind == "serve" and s.depart_s < now_s}
    ahead = {
        s.request: s.start_s for _, s in plan.iterate_stops() if s.kind == "serve" and s.depart_s >= now_s
    }
    later, rest = roll_forward(problem, plan, now_s)
    assert violations(later, rest) == ()
    assert {request.id for request in later.requests} == {r.id for r in problem.requests} - begun
    assert ahead == {s.request: s.start_s for _, s in rest.iterate_stops() if s.kind == "serve"}

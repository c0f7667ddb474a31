"""One more thing in a plan: where it goes best, and that it never breaks what was good."""

from hypothesis import given

from routing.evaluation import violations
from routing.search.build import empty_fleet, plan_from
from routing.search.fill import fill, most_urgent_first
from routing.search.unserved import list_unserved
from tests.routing.small_city import ask, at, city, pause, plug, tell, van
from tests.routing.strategies import problems


def filled(problem) -> list[str]:
    fleet = empty_fleet(problem)
    fill(fleet, most_urgent_first(fleet.open.values()))
    plan = plan_from(fleet, list_unserved(fleet))
    assert violations(problem, plan) == ()
    return tell(problem, plan)


def test_a_request_goes_where_the_detour_is_least():
    # on the way home: one way past the quay, and no second trip
    problem = city(ask("a", "port", latest_s=at("08:30")), ask("b", "quay"))
    assert filled(problem) == ["van1: port 08:06 +10kWh > quay 08:38 +10kWh > depot 09:12 (48 %)"]


def test_a_unit_without_enough_energy_recharges_before():
    problem = city(ask("a", "mill", 20), units=(van(kwh=10),))
    # 20 + 0.5 for the way + 6 reserve - 10 = 16.5 kWh take 33 min
    assert filled(problem) == [
        "van1: depot 08:00-08:33 recharge 16.5kWh > mill 08:35 +20kWh > depot 09:27 (10 %)"
    ]


def test_a_recharge_goes_between_two_requests_when_the_first_cannot_wait():
    problem = city(
        ask("a", "mill", 10, latest_s=at("08:05")),
        ask("b", "park", 20, latest_s=at("12:00")),
        units=(van(kwh=20),),
    )
    assert filled(problem) == [
        "van1: mill 08:02 +10kWh > depot 08:34-09:08 recharge 17kWh > park 09:10 +20kWh > depot 10:02 (10 %)"
    ]


def test_two_units_take_turns_at_one_plug():
    soon = at("09:15")
    wishes = (ask("a", "mill", 20, latest_s=soon), ask("b", "park", 20, latest_s=soon))
    problem = city(*wishes, units=(van(kwh=10), van("van2", kwh=10)))
    lines = filled(problem)
    assert lines[0].startswith("van1: depot 08:00-08:33 recharge 16.5kWh")
    assert lines[1].startswith("van2: depot 08:33-09:06 recharge 16.5kWh")


def test_a_unit_goes_to_the_plug_that_is_free():
    sockets = (plug(busy=((0, 9_000),)), plug("quayside", place="quay"))
    problem = city(ask("a", "mill", 20, latest_s=at("10:00")), units=(van(kwh=10),), plugs=sockets)
    assert "quay 08:04-08:" in filled(problem)[0]


def test_lunch_is_kept_around_the_work():
    problem = city(
        ask("a", "mill", 20, earliest_s=at("09:50"), latest_s=at("10:10")), units=(van(breaks=(pause(),)),)
    )
    assert filled(problem) == ["van1: mill 09:50 +20kWh > mill 10:40 break > depot 11:12 (49 %)"]


def test_what_costs_more_than_it_is_worth_is_not_served():
    assert filled(city(ask("a", "port", value_milli=1_000)))[1] == "not served: a (not_worth_it)"


@given(problems())
def test_inserting_never_makes_a_good_plan_bad(problem):
    fleet = empty_fleet(problem)
    for request in most_urgent_first(problem.requests):
        before = fleet.list_served()
        fill(fleet, [request])
        plan = plan_from(fleet, list_unserved(fleet))
        assert violations(problem, plan) == ()
        assert before.keys() <= fleet.list_served().keys()

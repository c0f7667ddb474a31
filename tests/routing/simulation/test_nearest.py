"""What dispatchers do without a planner."""

from dataclasses import replace

from routing.evaluation import violations
from routing.reoptimise import rebase
from routing.simulation.nearest import append_nearest
from tests.routing.small_city import ask, at, city, pause, tell, van


def send(problem, *requests):
    plan = rebase(problem, None)
    for request in requests:
        placed = append_nearest(problem, plan, request)
        if placed is None:
            return None
        problem = problem.with_requests((*problem.requests, request))
        plan = placed.plan
        assert violations(problem, plan) == ()
    return tell(problem, plan)


def test_the_unit_that_can_be_there_first_goes():
    problem = city(units=(van(), van("van2", place="park")))
    assert send(problem, ask("a", "port"))[1] == "van2: port 08:04 +10kWh > depot 08:40 (65 %)"


def test_nobody_is_sent_between_two_stops():
    # b lies on the way and could be served before a; the nearest dispatcher appends
    later = ask("a", "port", earliest_s=at("09:00"))
    told = send(city(), later, ask("b", "park"))
    assert told == ["van1: port 09:00 +10kWh > park 09:34 +10kWh > depot 10:06 (48 %)"]


def test_a_unit_without_enough_is_filled_up_first():
    told = send(city(units=(van(kwh=15),)), ask("a", "mill", 20))
    assert told == ["van1: depot 08:00-09:06 recharge 33kWh > mill 09:08 +20kWh > depot 10:00 (46 %)"]


def test_the_break_is_kept():
    problem = city(units=(van(breaks=(pause(),)),))
    told = send(problem, ask("a", "mill", earliest_s=at("10:45"), latest_s=at("12:00")))
    assert "break" in told[0]


def test_whom_nobody_fits_is_refused():
    wants_robot = replace(ask("a", "mill"), kinds=("robot",))
    assert send(city(), wants_robot) is None
    assert send(city(), ask("a", "mill", latest_s=60)) is None
    assert send(city(), ask("a", "mill", 55)) is None

"""Units that wait where their last visit was, and are home in time."""

from hypothesis import given, settings

from routing.evaluation import cost, violations
from routing.linger import linger
from routing.reoptimise import rebase
from tests.routing.small_city import ask, at, city, rush_hour, tell, van
from tests.routing.strategies import problems


def test_the_way_home_begins_as_late_as_the_shift_allows():
    problem = city(ask("a", "port"))
    plan = linger(problem, rebase(problem, None))
    home = plan.routes[0].stops[-1]
    # from port to depot are three blocks, 6 minutes; the shift ends at 16:00
    assert (home.depart_s, home.arrive_s) == (at("15:54"), at("16:00"))


def test_a_unit_at_home_stays_there():
    problem = city()
    assert linger(problem, rebase(problem, None)) == rebase(problem, None)


def test_nobody_waits_for_dearer_roads():
    problem = rush_hour(city(ask("a", "port"), units=(van(aux_w=3_000),)), (at("12:00"), 600))
    plan = rebase(problem, None)
    assert tell(problem, linger(problem, plan)) == tell(problem, plan)


@settings(max_examples=40)
@given(problems(most_requests=4))
def test_waiting_costs_nothing_and_breaks_nothing(problem):
    plan = rebase(problem, None)
    waiting = linger(problem, plan)
    assert violations(problem, waiting) == ()
    assert cost(problem, waiting).total_milli <= plan.cost.total_milli

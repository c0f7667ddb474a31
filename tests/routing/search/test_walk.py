"""The search's walk and the judge's schedule tell the same story."""

from hypothesis import given
from hypothesis import strategies as st

from routing.evaluation import violations
from routing.search.build import empty_fleet, fleet_from, plan_from
from routing.search.fill import fill, most_urgent_first
from routing.search.top_up import top_up
from routing.search.tour import Failure, Item, Tour
from routing.search.unserved import list_unserved
from routing.search.walk import walk
from tests.routing.small_city import HOUR, ask, at, city, pause, plug, tell, van
from tests.routing.strategies import problems


def walked(problem, *items: Item) -> Tour | Failure:
    fleet = empty_fleet(problem)
    return walk(fleet.grounds["van1"], (items,), fleet.calendar_for("van1"))


def serve(name: str) -> Item:
    return Item("serve", name)


RECHARGE = Item("recharge", "plug")


def test_a_recharge_takes_as_much_as_the_next_stops_need():
    # 20 kWh; a takes 10 and 250 Wh, back 250: 9.5 left. b needs 15 + 2 * 750 Wh + reserve 6 = 22.5.
    problem = city(ask("a", "mill"), ask("b", "port", 15), units=(van(kwh=20),))
    tour = walked(problem, serve("a"), RECHARGE, serve("b"))
    assert isinstance(tour, Tour)
    assert tour.refills[0].energy_wh == 13_000


def test_the_last_recharge_fills_up_to_the_target():
    problem = city(units=(van(kwh=20, pack={"target_wh": 45_000}),))
    tour = walked(problem, RECHARGE)
    assert isinstance(tour, Tour)
    assert (tour.refills[0].energy_wh, tour.ends_wh) == (25_000, (45_000,))


def test_the_last_recharge_stops_when_the_plug_is_wanted():
    problem = city(units=(van(kwh=20, pack={"target_wh": 45_000}),), plugs=(plug(busy=((1_200, 9_000),)),))
    tour = walked(problem, RECHARGE)
    assert isinstance(tour, Tour)
    assert (tour.refills[0].energy_wh, tour.ends_wh) == (10_000, (30_000,))


def test_a_unit_that_would_wait_anyway_recharges_longer():
    later = ask("a", "mill", earliest_s=at("09:02"))
    problem = city(later, units=(van(kwh=30, pack={"target_wh": 60_000}),))
    tour = walked(problem, RECHARGE, serve("a"))
    assert isinstance(tour, Tour)
    assert tour.refills[0].energy_wh == 30_000  # an hour at 30 kW


def test_before_a_visit_it_fills_beyond_the_target():
    later = ask("a", "mill", earliest_s=at("09:32"))
    tour = walked(city(later, units=(van(kwh=10, pack={"target_wh": 40_000}),)), RECHARGE, serve("a"))
    assert isinstance(tour, Tour)
    assert tour.refills[0].energy_wh == 45_000  # an hour and a half at 30 kW, 15 kWh more than the target


def test_a_recharge_that_nobody_needs_is_left_out():
    tour = walked(city(ask("a", "mill")), RECHARGE, serve("a"))
    assert isinstance(tour, Tour)
    assert tour.days == ((serve("a"),),)


def test_a_recharge_for_tomorrow_is_made_today():
    day, night = van().shifts[0], van(shifts=()).shifts
    assert night == ()
    shifts = (day, type(day)(id="late", start_s=9 * HOUR, end_s=12 * HOUR, end_place="depot"))
    evening = ask("a", "mill", 30, earliest_s=9 * HOUR, latest_s=10 * HOUR)
    problem = city(evening, units=(van(kwh=20, shifts=shifts),))
    fleet = empty_fleet(problem)
    tour = walk(fleet.grounds["van1"], ((RECHARGE,), (serve("a"),)), fleet.calendar_for("van1"))
    assert isinstance(tour, Tour)
    assert tour.refills[0].energy_wh == 30_500 + 6_000 - 20_000


def test_the_first_rule_that_breaks_is_told_with_its_amount():
    problem = city(ask("a", "mill", latest_s=60), ask("b", "mill", 50), units=(van(breaks=(pause(),)),))
    late = walked(problem, serve("a"))
    weak = walked(problem, serve("b"))
    assert isinstance(late, Failure)
    assert isinstance(weak, Failure)
    assert (late.rule, late.amount) == ("window", 60)
    assert (weak.rule, weak.amount) == ("energy", 6_500)


@given(problems(), st.randoms(use_true_random=False))
def test_what_the_search_walks_the_judge_schedules_and_accepts(problem, random):
    fleet = empty_fleet(problem)
    order = most_urgent_first(fleet.open.values())
    random.shuffle(order)
    fill(fleet, order)
    for unit in fleet.tours:
        fleet.tours[unit] = top_up(fleet, unit)
    plan = plan_from(fleet, list_unserved(fleet))
    assert violations(problem, plan) == ()
    assert plan.cost.total_milli == fleet.milli()
    starts = {stop.request: stop.start_s for _, stop in plan.iterate_stops() if stop.kind == "serve"}
    assert starts == {name: start for tour in fleet.tours.values() for name, start in tour.starts.items()}


@given(problems())
def test_a_plan_read_back_is_the_same_fleet(problem):
    fleet = empty_fleet(problem)
    fill(fleet, most_urgent_first(fleet.open.values()))
    plan = plan_from(fleet, list_unserved(fleet))
    again = fleet_from(problem, plan)
    assert tell(problem, plan_from(again, plan.unserved)) == tell(problem, plan)

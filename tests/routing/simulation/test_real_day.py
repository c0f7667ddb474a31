"""Real days in the small city: a day without noise is the plan, and luck is nobody's choice."""

from dataclasses import replace

import pytest

from routing.model.problem import Problem
from routing.reoptimise import Budget
from routing.simulation.noise import Luck, Noise
from routing.simulation.operating import Operator, Tally
from routing.simulation.policies import make_policy
from routing.simulation.real_day import TICK_S, RealDay
from routing.simulation.report import Report, report
from tests.routing.small_city import HOUR, MINUTE, ask, at, city, pause, plug, van

POLICIES = ["nearest", "insertion", "live"]


class Fate(Noise):
    """A day as planned but for what a test says."""

    def __init__(self, luck=None, breakdowns=None, outages=None, traffic=1.0):
        super().__init__(None)
        self.lucky, self.broken, self.dark = luck or {}, breakdowns or {}, outages or {}
        self.traffic = traffic

    def luck(self, request):
        return self.lucky.get(request, Luck())

    def travel(self, origin, target, depart_s):
        return self.traffic

    def breakdowns(self, unit, until_s):
        return self.broken.get(unit, [])

    def outages(self, plug, until_s):
        return self.dark.get(plug, [])


def live(problem: Problem, policy="insertion", noise: Noise | None = None, **known) -> RealDay:
    """Live through the morning; whoever is not said to have booked asks when the window opens."""
    problem = replace(problem, horizon_s=9 * HOUR)
    known_s = {r.id: known.get(r.id, r.earliest_s) for r in problem.requests}
    day = RealDay(problem, known_s, noise or Fate())
    Operator(day, make_policy(policy, Budget(iterations=1))).live()
    return day


def morning() -> Problem:
    return city(
        ask("a", "mill", 10, earliest_s=at("08:10"), latest_s=at("09:10")),
        ask("b", "port", 20, earliest_s=at("09:00"), latest_s=at("10:30")),
        ask("c", "quay", 20, earliest_s=at("11:00"), latest_s=at("13:00")),
        units=(van(kwh=40, breaks=(pause(),)), van("van2", kwh=30, place="park")),
    )


def of(day: RealDay) -> Report:
    return report(day, Tally())


@pytest.mark.parametrize("policy", POLICIES)
def test_a_day_without_noise_goes_as_promised(policy):
    numbers = of(live(morning(), policy))
    assert (numbers.served, numbers.accepted) == (3, 3)
    assert numbers.promises_kept == numbers.on_time == numbers.in_full == numbers.service_level == 1.0
    assert numbers.eta_error_min <= 1
    assert numbers.kwh == 50


def test_everybody_is_home_at_the_end_and_no_pack_was_ever_empty():
    day = live(morning())
    for life in day.lives.values():
        assert life.place == "depot"
        assert 6_000 <= life.pack_wh <= 60_000


def test_what_is_driven_delivered_and_charged_adds_up():
    # van1: a at the mill and back home, 2 blocks at 250 Wh, 10 kWh at the outlet; nothing else
    day = live(city(ask("a", "mill", earliest_s=at("08:10"))))
    life = day.lives["van1"]
    assert life.pack_wh == 50_000 - 10_000 - 2 * 250
    assert [drive.metres for drive in life.drives] == [1_000, 1_000]
    assert [drive.to_car for drive in life.drives] == [True, False]
    assert life.worked_s == 2 * 120 + 30 * MINUTE


def test_a_car_that_is_gone_costs_the_way_and_ten_minutes():
    day = live(morning(), noise=Fate({"a": Luck(shows_up=False)}))
    assert day.stories["a"].outcome == "no_show"
    assert of(day).served == 2


def test_a_driver_who_calls_it_off_is_not_visited():
    day = live(morning(), noise=Fate({"c": Luck(cancels=0.5)}), c=0)
    assert day.stories["c"].outcome == "cancelled"
    assert sum(drive.to_car for life in day.lives.values() for drive in life.drives) == 2


def test_a_car_that_takes_less_gets_less():
    day = live(morning(), noise=Fate({"a": Luck(energy=0.5)}))
    assert day.stories["a"].energy_wh == 5_000
    assert of(day).in_full == 1


def test_in_thick_traffic_promises_break():
    numbers = of(live(morning(), noise=Fate(traffic=8.0)))
    assert numbers.served == 3
    assert numbers.promises_kept < 1
    assert numbers.eta_bias_min > 5


def test_a_unit_that_breaks_down_leaves_its_work_to_the_other():
    both = replace(morning(), units=(van(kwh=60), van("van2", kwh=60, place="park")))
    whole = live(both).stories
    broken = {whole["b"].unit: [(at("08:45"), at("16:00"))]}
    day = live(both, noise=Fate(breakdowns=broken))
    assert day.stories["b"].outcome == "served"
    assert day.stories["b"].unit not in broken


def test_at_a_dark_plug_nothing_flows():
    weak = city(ask("a", "mill", 20, latest_s=at("12:00")), units=(van(kwh=20),), plugs=(plug(),))
    day = live(weak, noise=Fate(outages={"plug": [(10 * MINUTE, 30 * MINUTE)]}))
    usual = live(weak)
    assert usual.stories["a"].outcome == day.stories["a"].outcome == "served"
    later_s = (day.stories["a"].start_s or 0) - (usual.stories["a"].start_s or 0)
    assert 15 * MINUTE <= later_s <= 25 * MINUTE


def test_the_same_day_twice_is_the_same_day():
    first, second = (of(live(morning(), "live", Noise(3))) for _ in range(2))
    assert first == second


def test_luck_does_not_depend_on_who_plans():
    for name in ("a", "b"):
        assert Noise(7).luck(name) == Noise(7).luck(name)
    assert Noise(7).luck("a") != Noise(8).luck("a")
    assert Noise(7).breakdowns("van1", 10**7) == Noise(7).breakdowns("van1", 10**7) != []


def test_live_moves_no_locked_stop():
    problem = replace(morning(), horizon_s=2 * HOUR)
    day = RealDay(problem, {"a": 0, "b": 0, "c": 9 * HOUR}, Noise(2))
    operator = Operator(day, make_policy("live", Budget(iterations=3)))
    operator.live()
    assert operator.tally.locked > 0
    assert operator.tally.moved_locks == 0
    assert TICK_S == MINUTE

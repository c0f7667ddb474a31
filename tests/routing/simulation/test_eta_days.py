"""Watching a fleet: what can be known of it while the day runs, and what came of it afterwards."""

from dataclasses import replace

import pytest

from routing.model.problem import Problem
from routing.prediction.pace import Usual
from routing.prediction.way_ahead import look_ahead
from routing.reoptimise import Budget
from routing.simulation.eta_days import Medians, Size, learn_medians, watch_day
from routing.simulation.eta_study import list_lines, main
from routing.simulation.noise import Luck, Noise
from routing.simulation.operating import Operator
from routing.simulation.policies import make_policy
from routing.simulation.real_day import RealDay
from routing.simulation.regimes import Regime
from routing.simulation.watching import list_done, list_steps
from tests.routing.small_city import HOUR, MINUTE, ask, at, city, van

PLAIN = Luck()
TINY = Size(units=3, requests=10, hours=6)


class Fate(Noise):
    """As planned, but for one visit's luck and the traffic."""

    def __init__(self, luck=PLAIN, traffic=1.0):
        super().__init__(None)
        self.lucky, self.traffic = luck, traffic

    def luck(self, request):
        return self.lucky

    def travel(self, origin, target, depart_s):
        return self.traffic


def two_visits() -> Problem:
    problem = city(
        ask("a", "mill", 20, earliest_s=at("08:10"), latest_s=at("12:00")),
        ask("b", "port", 20, earliest_s=at("08:10"), latest_s=at("12:00")),
        units=(van(kwh=60),),
    )
    return replace(problem, horizon_s=9 * HOUR)


class Watched(Operator):
    """Runs the day and keeps what was expected at every minute."""

    def __init__(self, day):
        self.expected = {}
        super().__init__(day, make_policy("insertion", Budget(iterations=0)))

    def _decide(self, now_s):
        super()._decide(now_s)
        for life in self.day.lives.values():
            for one in look_ahead(list_steps(self.day, life, self.plan)):
                self.expected[now_s, one.key] = (now_s + one.arrival_s, now_s + one.ready_s)


def watch(noise) -> Watched:
    day = RealDay(two_visits(), {"a": 0, "b": 0}, noise)
    operator = Watched(day)
    operator.live()
    return operator


def test_on_a_day_that_goes_as_planned_what_is_expected_comes():
    watched = watch(Fate())
    for story in watched.day.stories.values():
        mine = [seen for (_, key), seen in watched.expected.items() if key == story.request.id]
        assert len(mine) > 5
        # Whoever is there is told the rest of the visit; the arrival lies behind then.
        arrivals = [
            a
            for (now_s, key), (a, _) in watched.expected.items()
            if key == story.request.id and now_s < story.start_s
        ]
        assert arrivals == [pytest.approx(story.start_s, abs=MINUTE)] * len(arrivals)
        assert [ready for _, ready in mine] == [pytest.approx(story.end_s, abs=MINUTE)] * len(mine)


def test_a_slow_way_is_seen_by_where_the_unit_is():
    watched = watch(Fate(traffic=10.0))
    first = min(watched.day.stories.values(), key=lambda story: story.start_s)
    key, drive = first.request.id, watched.day.lives["van1"].drives[0]
    on_the_way = [n for n in range(0, 9 * HOUR, MINUTE) if drive.depart_s < n < drive.arrive_s]
    seen = [watched.expected[n, key][0] for n in on_the_way]
    assert len(seen) > 5
    assert seen == sorted(seen)
    assert seen[0] < first.start_s - 5 * MINUTE
    assert seen[-1] == pytest.approx(first.start_s, abs=2 * MINUTE)


def test_a_slow_charge_is_seen_by_its_power_and_an_early_end_by_nobody():
    slow = watch(Fate(Luck(charging=2.0)))
    story = min(slow.day.stories.values(), key=lambda one: one.start_s)
    halfway_s = (story.start_s + story.end_s) // 2 // MINUTE * MINUTE
    assert slow.expected[halfway_s, story.request.id][1] == pytest.approx(story.end_s, abs=2)
    hungry = watch(Fate(Luck(energy=0.5)))
    story = min(hungry.day.stories.values(), key=lambda one: one.start_s)
    before_s = (story.end_s - story.request.wrapup_s - MINUTE) // MINUTE * MINUTE
    assert hungry.expected[before_s, story.request.id][1] > story.end_s + 5 * MINUTE


def test_what_is_over_is_known_with_its_real_length():
    watched = watch(Fate(Luck(handling=2.0), traffic=1.5))
    done = list(list_done(watched.day))
    assert {one.work for one in done} == {"travel", "handling", "flow"}
    for one in done:
        ratio = {"travel": 1.5, "handling": 2.0, "flow": 1.0}[one.work]
        assert one.real_s == pytest.approx(one.planned_s * ratio, abs=2)


@pytest.fixture(scope="module")
def day():
    return watch_day(3, Regime(), TINY, Usual(), Medians())


def test_every_prediction_has_what_came_and_none_comes_before_it(day):
    assert len(day.seen) > 20
    for seen in day.seen:
        one = seen.sample
        assert one.real_arrival_s is not None or one.real_ready_s is not None
        assert one.real_arrival_s is None or one.real_arrival_s > 0
        assert one.arrival_s >= 0
        assert seen.simple_s >= 0


def test_the_same_day_is_watched_the_same(day):
    assert watch_day(3, Regime(), TINY, Usual(), Medians()) == day


def test_medians_are_told_apart_by_where_a_visit_was(day):
    medians = learn_medians([day])
    inside = [visit.seconds for visit in day.visits if visit.is_inside]
    assert set(medians.visit_s) == {visit.is_inside for visit in day.visits}
    assert not inside or min(inside) <= medians.visit_s[True] <= max(inside)


def test_no_line_is_made_of_nothing():
    assert list(list_lines("rain", [])) == []


def test_the_command_refuses_what_it_does_not_know(capsys):
    with pytest.raises(SystemExit):
        main(["--train", "many"])
    assert "invalid int value" in capsys.readouterr().err

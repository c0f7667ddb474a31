"""Roads that go away and come back."""

from dataclasses import dataclass, field

import pytest

from dispatch.city.datastore import load_roads, unload_roads
from routing.model.errors import TravelUnavailable
from routing.travel import CAR, FallbackTravel, GreatCircleTravel, OsrmTravel, Point, Table
from tests.city.monaco import FONTVIEILLE, LARVOTTO, own_prefix

HERE, THERE = Point(43.73, 7.42), Point(43.74, 7.43)
STRAIGHT = GreatCircleTravel()


@dataclass
class Roads:
    """Real ones in all that matters here: they answer, or say that they cannot."""

    there: bool = True
    asked: int = 0
    dataset: str = "town@1"
    cells: Table = field(default_factory=lambda: Table(((60,),), ((700,),)))

    def table(self, profile, places_from, places_to):
        self._answer()
        return self.cells

    def route(self, profile, a, b):
        self._answer()

    def _answer(self):
        self.asked += 1
        if not self.there:
            raise TravelUnavailable("the road data is not loaded")


@pytest.fixture
def roads():
    return Roads()


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def travel(roads, now):
    return FallbackTravel(roads, STRAIGHT, clock=lambda: now[0])


def test_roads_that_stand_are_asked(travel, roads):
    assert travel.table(CAR, [HERE], [THERE]) == roads.cells
    assert not travel.is_away
    assert travel.dataset == "town@1"


def test_no_way_is_an_answer_of_the_roads_and_no_fault(travel):
    assert travel.route(CAR, HERE, THERE) is None
    assert not travel.is_away


def test_without_roads_times_are_guessed_a_quarter_longer_under_another_name(travel, roads):
    roads.there = False
    guess, straight = travel.table(CAR, [HERE], [THERE]), STRAIGHT.table(CAR, [HERE], [THERE])
    assert guess.durations_s[0][0] == pytest.approx(straight.durations_s[0][0] * 1.25, abs=1)
    assert guess.distances_m[0][0] == pytest.approx(straight.distances_m[0][0] * 1.25, abs=1)
    assert travel.is_away
    assert travel.dataset not in {"town@1", STRAIGHT.dataset}


def test_a_way_without_roads_is_the_straight_line_and_agrees_with_the_table(travel, roads):
    roads.there = False
    way = travel.route(CAR, HERE, THERE)
    assert way.coordinates == (HERE, THERE)
    assert way.duration_s == travel.table(CAR, [HERE], [THERE]).durations_s[0][0]


def test_roads_that_are_away_are_left_in_peace_for_five_seconds(travel, roads, now):
    roads.there = False
    for _ in range(3):
        travel.table(CAR, [HERE], [THERE])
    assert roads.asked == 1
    now[0] = 5.0
    travel.table(CAR, [HERE], [THERE])
    assert roads.asked == 2


def test_a_look_finds_roads_that_are_back_and_misses_none_that_went(travel, roads, now):
    roads.there = False
    travel.look(CAR, HERE)
    assert not travel.is_away
    travel.table(CAR, [HERE], [THERE])
    assert travel.is_away
    roads.there, now[0] = True, 5.0
    travel.look(CAR, HERE)
    assert not travel.is_away


def test_the_real_engine_is_missed_while_nothing_is_loaded_and_used_once_it_is(monaco_roads, now):
    prefix = f"{own_prefix()}-late"
    travel = FallbackTravel(OsrmTravel(prefix), STRAIGHT, clock=lambda: now[0])
    guess = travel.table(CAR, [FONTVIEILLE], [LARVOTTO])
    assert travel.is_away
    load_roads(monaco_roads, prefix)
    try:
        now[0] = 5.0
        real = travel.table(CAR, [FONTVIEILLE], [LARVOTTO])
        assert not travel.is_away
        assert real == OsrmTravel(prefix).table(CAR, [FONTVIEILLE], [LARVOTTO]) != guess
    finally:
        unload_roads(prefix)


def test_roads_that_come_back_are_taken_again(travel, roads, now):
    roads.there = False
    travel.table(CAR, [HERE], [THERE])
    roads.there, now[0] = True, 6.0
    assert travel.table(CAR, [HERE], [THERE]) == roads.cells
    assert not travel.is_away
    assert travel.dataset == "town@1"

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from routing.model.errors import TravelUnavailable
from routing.travel import CAR, FOOT, GreatCircleTravel, Located, Point, Route, Table, TravelCache
from routing.travel.matrix import build_matrix


@dataclass
class CountingTravel:
    """The great circle, with a note of every table's size."""

    dataset: str = "great_circle@1"
    asked: list[tuple[int, int]] = field(default_factory=list)
    fails: bool = False

    def table(self, profile: str, places_from: Sequence[Located], places_to: Sequence[Located]) -> Table:
        if self.fails:
            raise TravelUnavailable("the roads are gone")
        self.asked.append((len(places_from), len(places_to)))
        return GreatCircleTravel().table(profile, places_from, places_to)

    def route(self, profile: str, a: Located, b: Located) -> Route | None:
        raise NotImplementedError


def street(count: int, first: int = 0) -> list[Point]:
    return [Point(43.73 + 0.001 * i, 7.42) for i in range(first, first + count)]


@pytest.fixture
def travel() -> CountingTravel:
    return CountingTravel()


def test_the_first_fill_asks_one_square_table_and_the_second_nothing(travel):
    cache = TravelCache()
    cache.fill(travel, CAR, street(5))
    cache.fill(travel, CAR, street(5))
    assert travel.asked == [(5, 5)]


def test_one_new_place_costs_one_row_and_one_column(travel):
    cache = TravelCache()
    cache.fill(travel, CAR, street(9))
    cache.fill(travel, CAR, street(10))
    assert travel.asked == [(9, 9), (1, 10), (9, 1)]


def test_many_new_places_cost_one_square_table(travel):
    cache = TravelCache()
    cache.fill(travel, CAR, street(5))
    cache.fill(travel, CAR, street(10))
    assert travel.asked == [(5, 5), (10, 10)]


def test_two_known_groups_are_joined_by_asking_what_lies_between(travel):
    cache = TravelCache()
    cache.fill(travel, CAR, street(8))
    cache.fill(travel, CAR, street(2, first=8))
    travel.asked.clear()

    matrix = cache.matrix(travel, CAR, [str(i) for i in range(10)], street(10))

    assert travel.asked == [(2, 10), (8, 2)]
    assert matrix == build_matrix(GreatCircleTravel(), CAR, matrix.ids, street(10))


def test_the_matrix_is_the_provider_s(travel):
    ids = [str(i) for i in range(6)]
    assert TravelCache().matrix(travel, FOOT, ids, street(6)) == build_matrix(
        GreatCircleTravel(), FOOT, ids, street(6)
    )


def test_two_names_for_one_spot_share_their_cells(travel):
    matrix = TravelCache().matrix(travel, CAR, ["a", "b"], [Point(43.73, 7.42), Point(43.7300001, 7.42)])
    assert matrix.durations_s == ((0, 0), (0, 0))
    assert travel.asked == [(1, 1)]


def test_profiles_and_states_of_the_roads_are_kept_apart(travel):
    cache = TravelCache()
    cache.fill(travel, CAR, street(3))
    cache.fill(travel, FOOT, street(3))
    travel.dataset = "great_circle@2"
    cache.fill(travel, CAR, street(3))
    assert travel.asked == [(3, 3)] * 3


def test_it_forgets_the_longest_unused_place_first(travel):
    cache = TravelCache(max_places=4)
    cache.fill(travel, CAR, street(4))
    cache.fill(travel, CAR, street(3, first=1))
    cache.fill(travel, CAR, street(1, first=9))
    assert len(cache) == 4
    travel.asked.clear()

    cache.fill(travel, CAR, street(3, first=1))
    assert travel.asked == []
    cache.fill(travel, CAR, street(1))
    assert travel.asked == [(1, 1)]


def test_more_places_than_it_may_keep_are_still_answered(travel):
    cache = TravelCache(max_places=2)
    assert cache.matrix(travel, CAR, ["a", "b", "c"], street(3)).durations_s[0][2] > 0


def test_a_failed_question_leaves_nothing_half_written(travel):
    cache = TravelCache()
    travel.fails = True
    with pytest.raises(TravelUnavailable):
        cache.fill(travel, CAR, street(3))
    travel.fails = False
    cache.fill(travel, CAR, street(3))
    assert travel.asked == [(3, 3)]


def test_many_threads_share_it(travel):
    cache = TravelCache(max_places=20)
    ids = [str(i) for i in range(10)]

    def ask(first: int) -> bool:
        places = street(10, first=first)
        return cache.matrix(travel, CAR, ids, places) == build_matrix(GreatCircleTravel(), CAR, ids, places)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, [i % 30 for i in range(120)]))

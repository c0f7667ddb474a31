"""What a process knows of ways: by road or guessed, and never some of each."""

from dataclasses import replace

import pytest

from dispatch.routing_bridge import roads, travel_book
from dispatch.routing_bridge.travel_book import TravelBook, TravelMissing
from routing.model.errors import TravelUnavailable
from routing.model.place import Place
from routing.model.problem import Problem
from routing.model.travel import Profile, Source, Travel
from routing.travel import CAR, FallbackTravel, GreatCircleTravel, Table

PORT, CASINO = Place(id="port", lat=43.735, lon=7.421), Place(id="casino", lat=43.7396, lon=7.4275)
PLACES = (PORT, CASINO)
KNOWN = Profile(durations_s=((0, 70), (80, 0)), distances_m=((0, 700), (800, 0)))


class Roads:
    """Roads on which every way takes a minute; they answer as often as they are told to."""

    dataset = "town@1"

    def __init__(self) -> None:
        self.answers = 99
        self.asked: list[tuple[int, int]] = []

    def table(self, profile, places_from, places_to):
        self.answers -= 1
        if self.answers < 0:
            raise TravelUnavailable("the road data is not loaded")
        rows, columns = len(places_from), len(places_to)
        self.asked.append((rows, columns))
        return Table(((60,) * columns,) * rows, ((700,) * columns,) * rows)


@pytest.fixture
def town(monkeypatch) -> Roads:
    real = Roads()
    travel = FallbackTravel(real, GreatCircleTravel(), clock=lambda: 0.0)
    for module in (roads, travel_book):
        monkeypatch.setattr(module, "get_roads", lambda: travel)
    return real


def times(book: TravelBook) -> set[int | None]:
    return {book.read(CAR, PLACES).durations_s[i][1 - i] for i in (0, 1)}


def told(provider: Source, dataset: str | None = None, places: tuple[Place, ...] = PLACES) -> Problem:
    travel = Travel(provider=provider, dataset=dataset, profiles={CAR: KNOWN})
    return Problem(start_utc="2026-06-10T10:00:00Z", horizon_s=3600, places=places, travel=travel)


def street(count: int) -> tuple[Place, ...]:
    return tuple(Place(id=f"door {number}", lat=43.7 + number / 1_000, lon=7.4) for number in range(count))


def test_roads_that_stand_fill_it(town):
    book = TravelBook()
    book.fetch(CAR, PLACES)
    assert times(book) == {60}


def test_roads_that_go_between_the_way_there_and_the_way_back_leave_nothing_behind(town):
    book, town.answers = TravelBook(), 1
    book.fetch(CAR, PLACES)
    with pytest.raises(TravelMissing):
        book.read(CAR, PLACES)
    book.fetch(CAR, PLACES)
    assert 60 not in times(book)


def test_what_was_known_by_road_is_forgotten_when_guesses_begin(town):
    book, town.answers = TravelBook(), 2
    book.fetch(CAR, PLACES)
    assert times(book) == {60}
    book.fetch(CAR, (*PLACES, Place(id="station", lat=43.7385, lon=7.4193)))
    with pytest.raises(TravelMissing):
        book.read(CAR, PLACES)


def test_a_document_is_learnt_from_if_it_is_about_the_same(town):
    book = TravelBook()
    book.absorb(told("great_circle"))
    with pytest.raises(TravelMissing):
        book.read(CAR, PLACES)
    book.absorb(told("osrm", "town@1"))
    assert times(book) == {70, 80}


def test_what_was_known_before_a_road_was_closed_is_forgotten(town):
    book = TravelBook()
    book.fetch(CAR, PLACES)
    town.dataset = "town@2"
    book.absorb(told("osrm", "town@1"))
    with pytest.raises(TravelMissing):
        book.read(CAR, PLACES)
    book.fetch(CAR, PLACES)
    assert times(book) == {60}


def test_places_nothing_is_known_of_are_asked_together_and_a_newcomer_alone(town):
    book, doors = TravelBook(), street(6)
    book.fetch(CAR, doors[:5])
    assert town.asked == [(5, 5), (5, 5)]
    book.fetch(CAR, doors)
    assert town.asked[2:] == [(1, 6), (6, 1)]
    assert len(book.read(CAR, doors).durations_s) == 6


def test_a_plan_with_more_places_than_a_book_holds_is_known_however_often_it_is_learnt(town):
    book, doors = TravelBook(most_rows=4), street(10)
    book.fetch(CAR, doors)
    for pair in zip(doors[::2], doors[1::2], strict=True):
        book.absorb(told("osrm", "town@1", pair))
    asked = len(town.asked)
    book.fetch(CAR, doors)
    whole = Travel(provider="osrm", dataset="town@1", profiles={CAR: book.read(CAR, doors)})
    for _ in range(3):
        book.absorb(replace(told("osrm", "town@1"), places=doors, travel=whole))
        assert len(book.read(CAR, (*doors[1:], doors[0])).durations_s) == 10
    assert len(town.asked) > asked, "with two places in hand it does not keep ten"


def test_of_several_plans_that_do_not_fit_the_one_not_learnt_for_longest_is_forgotten(town):
    book, (a, b, c, d, e, f, g, h) = TravelBook(most_rows=4), street(8)
    for pair in [(a, b), (c, d), (e, f), (c, d), (g, h), (g, h)]:
        book.absorb(told("osrm", "town@1", pair))
    assert book.read(CAR, (c, d)) == KNOWN
    with pytest.raises(TravelMissing):
        book.read(CAR, (a, b))


def test_a_book_that_only_asks_the_roads_does_not_grow_with_every_place_it_was_ever_asked(town):
    """A web process asks a dozen places at each accept, and never reads a whole plan."""
    book, doors = TravelBook(most_rows=4), street(60)
    for pair in zip(doors[::2], doors[1::2], strict=True):
        book.fetch(CAR, pair)
        assert len(book.read(CAR, pair).durations_s) == 2
    with pytest.raises(TravelMissing):
        book.read(CAR, doors[:2])

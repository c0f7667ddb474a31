"""What was asked before: travel between places by position, so that only missing cells are asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from routing.model.errors import TravelUnavailable
from routing.travel.entrance import find_road_end
from routing.travel.matrix import Matrix
from routing.travel.provider import Located, Table, TravelProvider

_DEGREE_STEPS = 1_000_000
_MAX_PLACES = 600
_TRIES = 4


class _Spot(NamedTuple):
    """A position and its end of the road in millionths of a degree (0.1 m), under one state of the roads."""

    dataset: str
    profile: str
    lat: int
    lon: int
    road_lat: int
    road_lon: int


type _Cell = tuple[int | None, int | None]


class TravelCache:
    """Remember travel between at most `max_places` places, forgetting the longest unused first.

    Safe to share between threads; the provider is asked outside the lock.
    """

    def __init__(self, max_places: int = _MAX_PLACES) -> None:
        self._max_places = max_places
        self._rows: OrderedDict[_Spot, dict[_Spot, _Cell]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the places remembered."""
        return len(self._rows)

    def fill(self, provider: TravelProvider, profile: str, places: Sequence[Located]) -> None:
        """Ask for what is missing among these places.

        One new place costs one row and one column; many new ones cost one square table.
        """
        self._filled(provider, profile, places)

    def matrix(
        self, provider: TravelProvider, profile: str, ids: Sequence[str], places: Sequence[Located]
    ) -> Matrix:
        """Fill, then read the square table of these places."""
        return Matrix.from_table(ids, self._filled(provider, profile, places))

    def _filled(self, provider: TravelProvider, profile: str, places: Sequence[Located]) -> Table:
        for _ in range(_TRIES):
            dataset = provider.dataset
            table = self._fill_under(dataset, provider, profile, places)
            # The roads may change between two answers: cells of two states are no table.
            if provider.dataset == dataset:
                return table
        raise TravelUnavailable("the roads change faster than they can be asked")

    def _fill_under(
        self, dataset: str, provider: TravelProvider, profile: str, places: Sequence[Located]
    ) -> Table:
        spots = [_spot(dataset, profile, place) for place in places]
        by_spot = dict(zip(spots, places, strict=True))
        with self._lock:
            known = {spot: dict(self._rows.get(spot, {})) for spot in by_spot}
        for origins, destinations in _questions(known):
            answer = provider.table(
                profile, [by_spot[spot] for spot in origins], [by_spot[spot] for spot in destinations]
            )
            _write(known, origins, destinations, answer)
        if provider.dataset == dataset:
            with self._lock:
                self._remember(known)
        return _read(known, spots)

    def _remember(self, known: dict[_Spot, dict[_Spot, _Cell]]) -> None:
        for spot, row in known.items():
            self._rows.setdefault(spot, {}).update(row)
            self._rows.move_to_end(spot)
        while len(self._rows) > max(self._max_places, len(known)):
            gone, _ = self._rows.popitem(last=False)
            for row in self._rows.values():
                row.pop(gone, None)


def _spot(dataset: str, profile: str, place: Located) -> _Spot:
    road = find_road_end(profile, place).spot
    steps = (round(degrees * _DEGREE_STEPS) for degrees in (place.lat, place.lon, road.lat, road.lon))
    return _Spot(dataset, profile, *steps)


def _questions(known: dict[_Spot, dict[_Spot, _Cell]]) -> list[tuple[list[_Spot], list[_Spot]]]:
    """Choose the tables that cover every missing cell and ask little besides."""
    spots = list(known)
    missing = {a: {b for b in spots if b not in known[a]} for a in spots}
    new = _cover(spots, missing)
    if not new:
        return []
    if 3 * len(new) > len(spots):
        return [(spots, spots)]
    old = [spot for spot in spots if spot not in set(new)]
    return [(new, spots), (old, new)]


def _cover(spots: Iterable[_Spot], missing: dict[_Spot, set[_Spot]]) -> list[_Spot]:
    """Pick places whose rows and columns hold all missing cells: the emptiest rows first."""
    chosen: set[_Spot] = set()
    for spot in sorted(spots, key=lambda s: len(missing[s]), reverse=True):
        if missing[spot] - chosen:
            chosen.add(spot)
    return [spot for spot in missing if spot in chosen]


def _write(
    known: dict[_Spot, dict[_Spot, _Cell]], origins: list[_Spot], destinations: list[_Spot], answer: Table
) -> None:
    for a, times, metres in zip(origins, answer.durations_s, answer.distances_m, strict=True):
        known[a].update(zip(destinations, zip(times, metres, strict=True), strict=True))


def _read(known: dict[_Spot, dict[_Spot, _Cell]], spots: Sequence[_Spot]) -> Table:
    cells = [[known[a][b] for b in spots] for a in spots]
    return Table(
        tuple(tuple(cell[0] for cell in row) for row in cells),
        tuple(tuple(cell[1] for cell in row) for row in cells),
    )

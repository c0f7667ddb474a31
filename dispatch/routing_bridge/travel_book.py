"""What this process knows of travel between the places of its plans.

A web process never asks a table of all places: it takes the cells of the plan document it quotes
from, and asks one row and one column for a place that is new. Under the area's lock nothing is asked
at all: a missing cell raises, and the caller comes back after it was fetched.

Times by road and times guessed without roads are never in one table, nor times of two states of the roads
(before a closure and after it): the book is about one of them.
"""

import threading
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import NamedTuple

from dispatch.routing_bridge.roads import get_roads, name_dataset, name_source
from routing.model.place import Place
from routing.model.problem import Problem
from routing.model.travel import Profile, Source

type Cell = tuple[int | None, int | None]
# So many rows are held beside those of the plan in hand, by profile and place.
MOST_ROWS = 800
# The same places come again and again: quotes, accepts and re-plans of one minute.
MOST_TABLES = 16
# Places nothing is known of are asked together.
AT_ONCE = 50


class About(NamedTuple):
    """Where times come from, and of which state of the roads they are; None while they are guessed."""

    source: Source
    dataset: str | None


class TravelMissing(Exception):
    """Travel between these places is not known yet; fetch it outside the lock and come back."""

    def __init__(self, profile: str, places: tuple[Place, ...]) -> None:
        super().__init__(profile, len(places))
        self.profile = profile
        self.places = places


class TravelBook:
    """Cells by profile and place; safe between threads, since rows are only ever added or dropped whole."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._rows: dict[tuple[str, str], dict[str, Cell]] = {}
        self._learnt: dict[tuple[str, str], int] = {}
        self._turn = 0
        self._tables: dict[tuple[str, tuple[str, ...]], Profile] = {}
        self._lock = threading.Lock()
        self._about: About | None = None

    def agree(self) -> About:
        """Forget everything once the roads went away, came back or changed; return what the book is about."""
        with self._lock:
            return self._agree()

    def _agree(self) -> About:
        now = About(name_source(), name_dataset())
        if now != self._about:
            self._about, self._rows, self._tables = now, {}, {}
        return now

    def absorb(self, problem: Problem) -> None:
        """Learn the matrix of a problem, if it comes from where this book's cells do."""
        ids = [place.id for place in problem.places]
        about = About(problem.travel.provider, problem.travel.dataset)
        with self._lock:
            if self._agree() != about:
                return
            self._make_room({(name, place) for name in problem.travel.profiles for place in ids})
            for name, profile in problem.travel.profiles.items():
                self._learn(name, ids, profile)

    def fetch(self, profile: str, places: Sequence[Place]) -> None:
        """Ask the roads for what is missing: rows and columns of the places that are new."""
        with self._lock:
            self._make_room({(profile, place.id) for place in places})
        for batch in self._list_incomplete(profile, places):
            before = self.agree()
            there = get_roads().table(profile, batch, places)
            back = get_roads().table(profile, places, batch)
            with self._lock:
                if self._agree() != before:
                    return  # one of the two may be a guess; whoever misses cells comes back
                for number, place in enumerate(batch):
                    row = self._rows.setdefault((profile, place.id), {})
                    for index, other in enumerate(places):
                        row[other.id] = (there.durations_s[number][index], there.distances_m[number][index])
                        column = self._rows.setdefault((profile, other.id), {})
                        column[place.id] = (back.durations_s[index][number], back.distances_m[index][number])
                    row[place.id] = (0, 0)

    def read(self, profile: str, places: Sequence[Place]) -> Profile:
        """Return the table of these places, or raise `TravelMissing`; asks nobody."""
        key = (profile, tuple(place.id for place in places))
        known = self._tables.get(key)
        return known if known is not None else self._make_table(key, places)

    def _make_table(self, key: tuple[str, tuple[str, ...]], places: Sequence[Place]) -> Profile:
        profile, _ = key
        try:
            cells = [[self._cell(profile, a.id, b.id) for b in places] for a in places]
        except KeyError:
            raise TravelMissing(profile, tuple(places)) from None
        table = Profile(
            durations_s=tuple(tuple(cell[0] for cell in row) for row in cells),
            distances_m=tuple(tuple(cell[1] for cell in row) for row in cells),
        )
        with self._lock:
            if len(self._tables) >= MOST_TABLES:
                self._tables.pop(next(iter(self._tables)))
            self._tables[key] = table
        return table

    def _cell(self, profile: str, start: str, end: str) -> Cell:
        return (0, 0) if start == end else self._rows[profile, start][end]

    def _list_incomplete(self, profile: str, places: Sequence[Place]) -> Iterable[Sequence[Place]]:
        """List places with missing cells: strangers together, then one by one what lacks cells still."""
        ids = [place.id for place in places]
        missing = {
            place.id: sum(
                self._lacks(profile, place.id, other) + self._lacks(profile, other, place.id) for other in ids
            )
            for place in places
        }
        # The emptiest first: once its row and column are there, the others may be complete.
        ordered = sorted(places, key=lambda p: -missing[p.id])
        # Whoever lacks as much as this is a stranger; others lack the ways to strangers alone.
        strangers = [place for place in ordered if missing[place.id] > len(ids)]
        yield from batched(strangers, AT_ONCE)
        for place in ordered:
            if any(self._lacks(profile, place.id, b) or self._lacks(profile, b, place.id) for b in ids):
                yield (place,)

    def _lacks(self, profile: str, start: str, end: str) -> bool:
        return start != end and end not in self._rows.get((profile, start), {})

    def _make_room(self, needed: set[tuple[str, str]]) -> None:
        """Forget the places nobody has planned with for longest; never those that are needed now."""
        self._turn += 1
        self._learnt |= dict.fromkeys(needed, self._turn)
        if len(self._rows) <= self._most_rows + len(needed):
            return
        others = sorted(self._rows.keys() - needed, key=lambda key: self._learnt.get(key, 0))
        kept = needed.union(others[len(others) - self._most_rows // 2 :])
        self._learnt = {key: turn for key, turn in self._learnt.items() if key in kept}
        self._rows = {
            (name, place): {end: cell for end, cell in row.items() if (name, end) in kept}
            for (name, place), row in self._rows.items()
            if (name, place) in kept
        }

    def _learn(self, name: str, ids: list[str], profile: Profile) -> None:
        for i, start in enumerate(ids):
            row = self._rows.setdefault((name, start), {})
            row.update(
                zip(ids, zip(profile.durations_s[i], profile.distances_m[i], strict=True), strict=True)
            )


BOOK = TravelBook()

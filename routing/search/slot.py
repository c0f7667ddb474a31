"""A running plan in compiled arrays, with a slot for one wish: places for it are found in microseconds.

The arrays are made once for a plan; a wish is written into the slot, looked for, and overwritten by the next.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from routing.evaluation.decisions import RouteDecisions, Step
from routing.evaluation.facts import Facts
from routing.evaluation.spur import Hop, Spur
from routing.model.errors import NoPlan
from routing.model.problem import Request
from routing.model.units import Milli, Seconds
from routing.search.compiled.arrays import FOREVER, NO_WAY, NOBODY, OUT_COUNT, OUT_MILLI, Ints
from routing.search.compiled.engine import Field, Row, lay, read_row
from routing.search.compiled.jit import open_doors
from routing.search.compiled.memory import make_calendar, make_pool, make_routes, make_scratch
from routing.search.compiled.tables import HOURS_ROOM, job_of, list_hours, write_request
from routing.search.compiled.wish import WISH, find_place, write_refuges, write_soonest
from routing.search.fleet import Fleet
from routing.search.misses import Misses

_EMPTY: Final = ""
_SOON: Final = 3_600_000_000
"""The price of an hour's wait when only the earliest arrival counts."""
_DEAR: Final = 12_000_000_000_000
"""The price of a minute's lateness: a second of it costs more than a day's wait at that price."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place for a wish: who comes, what that adds at the prices here, and the nodes of the unit's route."""

    unit: str
    added_milli: Milli
    row: Row

    @property
    def start_s(self) -> Seconds:
        """When the visit begins."""
        return next(start_s for node, start_s, _ in self.row if node == WISH)


class Slot:
    """Room for one wish, and the best places for the one that is in it; not for two threads at once.

    Promises to others are kept, or cost what they cost.
    """

    def __init__(self, fleet: Fleet, *, keep_promises: bool = True) -> None:
        problem = fleet.facts.problem
        self.fleet, self.facts = fleet, fleet.facts
        self.units = [ground.unit for ground in fleet.grounds.values()]
        nobody = Request(id=_EMPTY, place=problem.places[0].id, energy_wh=1, value_milli=0)
        self.field = Field(fleet, nobody)
        if keep_promises:
            self.field.tables = replace(self.field.tables, promise_milli=_DEAR)
        self.tables = self.field.tables
        if keep_promises:
            self._hold_promises()
        self.numbers = {name: i for i, name in enumerate(self.field.index.units)}
        self.routes, self.calendar = make_routes(self.tables), make_calendar(problem)
        self.scratch = make_scratch(self.tables, 0, wishes=1)
        self.scratch.blinking[0] = 0
        path = self.scratch.path
        open_doors(self.tables, self.routes, self.calendar, self.scratch, path, make_pool(self.tables, 1))
        if not lay(self.field, self.field.laid_by(fleet), self.routes, self.calendar, path):
            raise NoPlan("the running plan does not hold in the compiled search")
        if not keep_promises:
            self.routes.row["promise"] = FOREVER
        write_soonest(self.tables, self.routes)
        self.refuge_units, self.refuge_targets = self._list_refuges()
        self.wish = nobody
        self.misses = Misses(self.field, self.routes, self.calendar, self.scratch)
        classes = self.tables.unit["cls"].tolist()
        self.examples = [self.units[classes.index(cls)] for cls in range(self.tables.job.shape[0])]

    def _hold_promises(self) -> None:
        """Whoever holds a promise gets it, or, being late already, no later than now."""
        promise = self.tables.node["promise"]
        for tour in self.fleet.tours.values():
            for name, start_s in tour.starts.items():
                number = self.field.index.requests[name]
                promise[number] = max(promise[number], start_s)

    def _list_refuges(self) -> tuple[Ints, Ints]:
        rows = self.field.index.refuges
        targets = np.full((len(rows), max((len(t) for _, t in rows), default=0)), NOBODY, dtype=np.int64)
        for row, (_, places) in enumerate(rows):
            targets[row, : len(places)] = places
        return np.array([unit for unit, _ in rows], dtype=np.int64), targets

    def take(self, wish: Request, spur: Spur | None = None) -> Facts:
        """Write a wish into its slot; return the facts that know it.

        It is at a place of the problem, or at the end of a spur.
        """
        facts = self.facts.wished(wish, spur)
        index = self.field.index
        place = len(index.places) if spur is not None else index.places[wish.place]
        if spur is not None:
            self._write_ways(spur, place)
        node = self.tables.node[WISH]
        write_request(node, wish, place, self.numbers, facts.problem.weights)
        # Whatever it costs is told, not refused: the price of leaving it open has no say here.
        node["price"] = FOREVER - 1
        hours = list_hours(wish)[:HOURS_ROOM]
        for i, span in enumerate(hours):
            self.tables.hours[i] = span
        node["hours_at"], node["hours_end"] = 0, len(hours)
        self._write_jobs(facts, wish)
        write_refuges(self.tables, self.refuge_units, self.refuge_targets, place)
        self.wish = wish
        return facts

    def _write_jobs(self, facts: Facts, wish: Request) -> None:
        for cls, unit in enumerate(self.examples):
            self.tables.job[cls, WISH] = job_of(facts, unit, wish)

    def _write_ways(self, spur: Spur, place: int) -> None:
        ways, index = self.tables.ways, self.field.index
        for name, row in index.profiles.items():
            ways[row, place, :, 1:] = ways[row, :, place, 1:] = NO_WAY
            for origin, hop in spur.there.get(name, {}).items():
                _write_hop(ways[row, index.places[origin], place], hop)
            for target, hop in spur.back.get(name, {}).items():
                _write_hop(ways[row, place, index.places[target]], hop)

    def bind(self, unit: str) -> None:
        """From here on, let one unit alone serve the wish; it must know work."""
        self.tables.node[WISH]["lock_unit"] = self.numbers[unit]

    def look(self) -> Misses:
        """Look closely at what keeps each unit from the wish."""
        self.misses.look_for(self.wish)
        return self.misses

    def find_soonest(self) -> Found | None:
        """Find where the wish is served first; of the same minute where it costs least."""
        found = self._find(self.wish.latest_s, _SOON)
        if found is None or self.wish.start_s is not None:
            return found
        minute_s = found.start_s // 60 * 60
        return self._find(min(self.wish.latest_s, minute_s + 59), 0) or found

    def find_cheapest(self) -> Found | None:
        """Find where the wish costs least, what it does to later stops included."""
        return self._find(self.wish.latest_s, self.wish.wait_milli_per_h)

    def find_between(self, earliest_s: Seconds, latest_s: Seconds) -> Found | None:
        """Find where it costs least in a window of its own; the wait for it costs nothing."""
        return self._find(latest_s, 0, earliest_s)

    def _find(self, latest_s: Seconds, wait_milli: Milli, earliest_s: Seconds | None = None) -> Found | None:
        wish = self.wish
        if wish.start_s is None:
            window = (wish.earliest_s if earliest_s is None else earliest_s, latest_s, wait_milli)
        else:
            window = (wish.start_s, wish.start_s, wait_milli)
        number = find_place(self.tables, self.routes, self.calendar, self.scratch, window)
        if number == NOBODY:
            return None
        path, name = self.scratch.path, self.field.index.units[number]
        added = int(path.out[OUT_MILLI] - self.routes.row[number]["milli"])
        return Found(name, added, read_row(path.stop, int(path.out[OUT_COUNT])))

    def decide(self, found: Found) -> tuple[RouteDecisions, ...]:
        """Return what the unit does in each of its shifts, for the schedule."""
        return tuple(self._named(day) for day in self.field.decisions_of(found.unit, found.row))

    def _named(self, day: RouteDecisions) -> RouteDecisions:
        """Put the wish's name where its slot is."""
        steps = (Step("serve", self.wish.id) if s.subject == _EMPTY else s for s in day.steps)
        return RouteDecisions(day.unit, day.shift, tuple(steps))


def _write_hop(cell: Ints, hop: Hop) -> None:
    metres, durations = hop
    cell[0], cell[1 : 1 + len(durations)] = metres, durations

"""The compiled search as an object: takes routes over, improves them, gives decisions back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from routing.evaluation.decisions import RouteDecisions, Step
from routing.model.problem import Request
from routing.search.compiled.anneal import Run, anneal
from routing.search.compiled.arrays import OK, OUT_COUNT, Calendar, Path, Routes
from routing.search.compiled.jit import open_doors
from routing.search.compiled.memory import make_calendar, make_pool, make_routes, make_scratch
from routing.search.compiled.pool import keep_all
from routing.search.compiled.routes import clear_route, copy_route, put_route, reserve, restore_route
from routing.search.compiled.tables import build_tables
from routing.search.compiled.walk import walk
from routing.search.fleet import Fleet

_NOBODY_NEW = np.zeros(0, dtype=np.int64)
_NO_CHANGE = np.array([0.0, 1.0, 1.0])

type Row = list[tuple[int, int, int]]
"""A unit's nodes, with when a recharge begins, and how much it takes (only told, never asked)."""


type Use = tuple[int, int, int]
"""A plug, from, to."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A route and its turns at plugs."""

    row: Row
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A route that was good once, for the choice across units."""

    unit: int
    milli: int
    requests: tuple[int, ...]
    laid: Laid


class Field:
    """A problem in arrays, and who is who in it; shared by all searches on it."""

    def __init__(self, fleet: Fleet, wish: Request | None = None) -> None:
        self.problem, self.grounds = fleet.facts.problem, fleet.grounds
        self.tables, self.index = build_tables(fleet.facts, fleet.grounds, wish)
        self.requests = list(self.index.requests)
        self.breaks = [key[2] for key in self.index.breaks]

    def laid_by(self, fleet: Fleet) -> dict[str, Laid]:
        """Return the routes of a fleet's tours."""
        plugs = self.index.plugs
        return {
            name: Laid(row, tuple((plugs[plug], begin, end) for plug, begin, end in fleet.tours[name].uses))
            for name, row in self._rows_of(fleet).items()
        }

    def _rows_of(self, fleet: Fleet) -> dict[str, Row]:
        index, t = self.index, self.tables
        home = t.n_requests + t.n_plugs + t.n_breaks
        rows: dict[str, Row] = {}
        for name in index.units:
            tour, row = fleet.tours[name], []
            refills = iter(tour.refills)
            for shift, items in zip(fleet.grounds[name].unit.shifts, tour.days, strict=True):
                for item in items:
                    if item.kind == "serve":
                        row.append((index.requests[item.subject], 0, 0))
                    elif item.kind == "recharge":
                        refill = next(refills)
                        plug = t.n_requests + index.plugs[item.subject]
                        row.append((plug, refill.start_s, refill.energy_wh))
                    else:
                        pause = index.breaks[name, shift.id, item.subject]
                        row.append((t.n_requests + t.n_plugs + pause, 0, 0))
                row.append((home, 0, 0))
                home += 1
            rows[name] = row
        return rows

    def decisions_of(self, name: str, row: Row) -> Iterator[RouteDecisions]:
        """Cut a unit's nodes into its shifts."""
        t = self.tables
        shifts = iter(self.grounds[name].unit.shifts)
        steps: list[Step] = []
        for node, start_s, energy_wh in row:
            if node < t.n_requests:
                steps.append(Step("serve", self.requests[node]))
            elif node < t.n_requests + t.n_plugs:
                plug = self.problem.plugs[node - t.n_requests]
                steps.append(Step("recharge", plug.id, energy_wh, start_s))
            elif node < t.n_requests + t.n_plugs + t.n_breaks:
                steps.append(Step("break", self.breaks[node - t.n_requests - t.n_plugs]))
            else:
                yield RouteDecisions(name, next(shifts).id, tuple(steps))
                steps = []


def read_row(stops: np.ndarray, count: int) -> Row:
    """Return the nodes of a walked route."""
    kept = stops[:count]
    columns = (kept["node"].tolist(), kept["start"].tolist(), kept["energy"].tolist())
    return list(zip(*columns, strict=True))


def lay(field: Field, laid: dict[str, Laid], routes: Routes, calendar: Calendar, path: Path) -> bool:
    """Walk routes into the arrays, recharges at the times they have; False when one of them does not hold.

    Until a unit has been walked, its turns at plugs stand: nobody fills up longer than they leave.
    """
    for number, name in enumerate(field.index.units):
        for use in laid[name].uses:
            reserve(routes, calendar, number, use)
    for number, name in enumerate(field.index.units):
        row = laid[name].row
        for i, (node, begins_s, _) in enumerate(row):
            path.stop[i]["node"], path.stop[i]["not_before"] = node, begins_s
        path.out[OUT_COUNT] = len(row)
        if walk(field.tables, calendar, number, path) != OK:
            return False
        put_route(field.tables, routes, calendar, number, path)
    routes.stop["not_before"][:] = 0
    return True


class Search:
    """One search: routes, plugs, dice and pool of its own, over a shared field."""

    def __init__(self, field: Field, seed: int) -> None:
        self.field, self.t = field, field.tables
        self.current, self.best, self.saved = (make_routes(self.t) for _ in range(3))
        self.calendar = make_calendar(field.problem)
        self.scratch = make_scratch(self.t, seed)
        self.pool = make_pool(self.t)
        open_doors(self.t, self.current, self.calendar, self.scratch, self.scratch.path, self.pool)

    @property
    def _run(self) -> Run:
        return self.current, self.best, self.saved, self.calendar, self.scratch, self.pool

    def load(self, laid: dict[str, Laid]) -> bool:
        """Take routes over, recharges at the times they have; False when one of them does not hold."""
        if not lay(self.field, laid, self.current, self.calendar, self.scratch.path):
            return False
        self._keep_as_best()
        return True

    def _keep_as_best(self) -> None:
        for number in range(self.t.n_units):
            copy_route(self.current, self.best, number)
        self.best.open_milli[0] = self.current.open_milli[0]
        self.scratch.dirty[:] = 0
        keep_all(self.t, self.current, self.scratch, self.pool)

    def improve(self, steps: int, hot: float, cold: float) -> int:
        """Try so many changes, cooling down; return the cost of the best."""
        plan = np.array([steps, hot, cold], dtype=np.float64)
        return int(anneal(self.t, self._run, _NOBODY_NEW, plan))

    def fill(self, order: Iterable[int]) -> None:
        """Insert open requests in an order, and let units recharge where that is cheaper."""
        anneal(self.t, self._run, np.array(list(order), dtype=np.int64), _NO_CHANGE)

    def open_only(self, units: Iterable[int]) -> None:
        """Let nothing but the visits of these units change from here on."""
        self.scratch.closed[:] = 1
        self.scratch.closed[list(units)] = 0

    def milli(self) -> int:
        """Return the cost of the best."""
        return int(self.best.row["milli"].sum() + self.best.open_milli[0])

    def go_on_from(self, other: "Search") -> None:
        """Make the best of another search (or of this one) the current and the best of this one."""
        for number in range(self.t.n_units):
            clear_route(self.t, self.current, self.calendar, number)
        for number in range(self.t.n_units):
            restore_route(self.t, other.best, self.current, self.calendar, number)
        self._give_versions()
        self._keep_as_best()

    def _give_versions(self) -> None:
        """Routes of another search have versions of its own: here they are new."""
        last = int(self.current.stamp[0]) + self.t.n_units
        self.current.row["version"][:] = range(last - self.t.n_units + 1, last + 1)
        self.current.stamp[0] = last

    def rows(self) -> dict[str, Row]:
        """Return the best routes."""
        stop, row = self.best.stop, self.best.row
        names = enumerate(self.field.index.units)
        return {name: read_row(stop[number], row[number]["count"]) for number, name in names}

    def uses(self) -> dict[str, list[tuple[str, int, int]]]:
        """Return the turns at plugs of the best routes."""
        plugs, best = self.field.problem.plugs, self.best
        found: dict[str, list[tuple[str, int, int]]] = {}
        for number, name in enumerate(self.field.index.units):
            taken = best.use[number, : best.row[number]["uses"]].tolist()
            found[name] = [(plugs[plug].id, begin_s, end_s) for plug, begin_s, end_s in taken]
        return found

    def entries(self) -> Iterator[Entry]:
        """List what the pool holds."""
        for at in range(int(self.pool.filled[1])):
            entry = self.pool.entry[at]
            row = read_row(self.pool.kept[at], entry["count"])
            uses = self.pool.use[at, : entry["uses"]]
            turns = zip(uses["plug"].tolist(), uses["begin"].tolist(), uses["end"].tolist(), strict=True)
            served = tuple(node for node, _, _ in row if node < self.t.n_requests)
            yield Entry(int(entry["unit"]), int(entry["milli"]), served, Laid(row, tuple(turns)))

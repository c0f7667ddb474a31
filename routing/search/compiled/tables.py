"""From a problem to the arrays the compiled search reads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from routing.charging.session import pack_filling
from routing.evaluation.cost import unserved_milli
from routing.evaluation.facts import Facts, draw_wh
from routing.evaluation.fitness import fits_apart_from_lock, shape_of
from routing.evaluation.hours import start_bounds
from routing.evaluation.start import Start
from routing.model.problem import Break, Grid, Plug, Request, Shift, Unit, Weights
from routing.search.compiled.arrays import (
    BREAK,
    DAY,
    FOREVER,
    HOME,
    JOB,
    NO_WAY,
    NOBODY,
    NODE,
    NOTHING,
    PIECE,
    RECHARGE,
    SERVE,
    SOCKET,
    SPAN,
    STEP,
    UNIT,
    Ints,
    Records,
    Tables,
)
from routing.search.compiled.roads import Roads, build_roads
from routing.search.ground import Ground

NEAREST = 80
"""How many requests near each are known to the ruin."""
STRANGER = -2
"""The unit that was told is not in the problem: every unit is another."""
HOURS_ROOM = 32
"""How many opening hours a wish may have."""


class Index(NamedTuple):
    """Who has which index in the tables; `refuges`: of each row of them a unit, and where it could go."""

    units: list[str]
    requests: dict[str, int]
    plugs: dict[str, int]
    breaks: dict[tuple[str, str, str], int]
    places: dict[str, int]
    profiles: dict[str, int]
    refuges: list[tuple[int, list[int]]]


class _Day(NamedTuple):
    unit: Unit
    shift: Shift
    start: Start


class _Build:
    """What several tables need, looked up once."""

    def __init__(self, facts: Facts, grounds: Mapping[str, Ground], wish: Request | None) -> None:
        self.facts, self.problem = facts, facts.problem
        self.requests = facts.problem.requests if wish is None else (wish, *facts.problem.requests)
        self.hours_room = 0 if wish is None else HOURS_ROOM
        self.units = [ground.unit for ground in grounds.values()]
        self.days = [
            _Day(ground.unit, shift, start)
            for ground in grounds.values()
            for shift, start in zip(ground.unit.shifts, ground.starts, strict=True)
        ]
        self.roads: Roads = build_roads(self.problem, self.units, spare=int(wish is not None))
        self.index = self._build_index()
        self.classes, self.examples = self._list_classes()

    def _build_index(self) -> Index:
        breaks: dict[tuple[str, str, str], int] = {}
        for unit, shift, start in self.days:
            for pause in start.breaks:
                breaks[unit.id, shift.id, pause.id] = len(breaks)
        return Index(
            units=[unit.id for unit in self.units],
            requests={request.id: i for i, request in enumerate(self.requests)},
            plugs={plug.id: i for i, plug in enumerate(self.problem.plugs)},
            breaks=breaks,
            places={place.id: i for i, place in enumerate(self.problem.places)},
            profiles=self.roads.rows,
            refuges=[],
        )

    def _list_classes(self) -> tuple[list[int], list[Unit]]:
        """Return the class of every unit, and one unit of each class."""
        seen: dict[Any, int] = {}
        classes: list[int] = []
        examples: list[Unit] = []
        for unit in self.units:
            key = (_body_of(unit), unit.pack, tuple(plug.id for plug in self.facts.list_plugs(unit)))
            if key not in seen:
                seen[key] = len(seen)
                examples.append(unit)
            classes.append(seen[key])
        return classes, examples


def build_tables(
    facts: Facts, grounds: Mapping[str, Ground], wish: Request | None = None
) -> tuple[Tables, Index]:
    """Return a problem as arrays, with who is who in them.

    With a wish there is room for one request that comes and goes: it is the first, and the last place is
    for where it is asked.
    """
    b = _Build(facts, grounds, wish)
    weights = b.problem.weights
    hours, grid = _hours_table(b), _grid_table(b.problem.grids)
    rows, refuge = _refuges(b)
    socket, piece = _sockets(b)
    tables = Tables(
        n_units=len(b.units),
        n_requests=len(b.requests),
        n_plugs=len(b.problem.plugs),
        n_breaks=len(b.index.breaks),
        n_breaks_of_one=max(
            (sum(len(d.start.breaks) for d in b.days if d.unit is u) for u in b.units), default=0
        ),
        promise_milli=weights.promise_milli_per_min,
        change_milli=weights.change_milli,
        low_pack_milli=weights.low_pack_milli_per_kwh,
        unit=_unit_table(b),
        day=_day_table(b, rows),
        node=_node_table(b),
        job=_job_table(b),
        socket=socket,
        ways=b.roads.ways,
        slice_from=b.roads.slice_from,
        refuge=refuge,
        piece=piece,
        hours=hours,
        grid=grid,
        near=_near(b),
    )
    return tables, b.index


def _records(rows: Iterable[tuple[float, ...]], of: Any) -> Records:
    return np.array(list(rows), dtype=of)


def _unit_table(b: _Build) -> Records:
    days = [len(unit.shifts) for unit in b.units]
    first = np.concatenate([[0], np.cumsum(days)])
    rows = zip(b.units, b.classes, days, first, strict=False)
    return _records((_unit_row(b, *row) for row in rows), UNIT)


def _unit_row(b: _Build, unit: Unit, cls: int, days: int, first: int) -> tuple[int, ...]:
    profile = b.roads.rows[unit.profile]
    drives = unit.traction != "separate"
    motion = (unit.drive_wh_per_km * unit.consumption_pct * drives, unit.aux_w * drives)
    prices = (unit.cost_per_km_milli, unit.cost_per_h_milli, unit.cost_per_use_milli)
    overtime = unit.overtime_milli_per_h
    pack = (unit.pack.usable_wh, unit.pack.reserve_wh, unit.pack.target_wh, unit.rest_w)
    return (profile, b.roads.slices[profile], cls, *motion, *prices, overtime, *pack, int(first), days)


def _day_table(b: _Build, refuge_rows: Sequence[int]) -> Records:
    def row(day: _Day, refuge: int) -> tuple[int, ...]:
        start, place = day.start, b.index.places[day.start.place]
        limits = (start.floor_wh, start.home_by_s, day.shift.start_s, day.shift.end_s)
        full_by_s = start.home_by_s - day.shift.overtime_s
        return (place, start.at_s, start.energy_wh, *limits, refuge, full_by_s)

    return _records((row(day, refuge) for day, refuge in zip(b.days, refuge_rows, strict=True)), DAY)


# -- nodes


def _node_table(b: _Build) -> Records:
    places, problem = b.index.places, b.problem
    units = {name: i for i, name in enumerate(b.index.units)}
    pauses = [(pause, number) for number, day in enumerate(b.days) for pause in day.start.breaks]
    homes = [(places[day.start.home], number) for number, day in enumerate(b.days)]
    count = len(b.requests) + len(problem.plugs) + len(pauses) + len(homes)
    node = np.zeros(count, dtype=NODE)
    node["day"] = node["lock_unit"] = node["prev_unit"] = node["grid"] = NOBODY
    at = len(b.requests)
    rows = [_read_request(r, places[r.place], units, problem.weights) for r in b.requests]
    for name in rows[0] if rows else ():
        node[name][:at] = [row[name] for row in rows]
    ends = b.hours_room + np.cumsum([len(list_hours(request)) for request in b.requests], dtype=np.int64)
    node["hours_at"][:at] = [b.hours_room, *ends[:-1]] if rows else []
    node["hours_end"][:at] = ends
    for plug in problem.plugs:
        _write_plug(node[at], b, plug)
        at += 1
    for pause, number in pauses:
        _write_break(node[at], pause, number)
        at += 1
    for place, number in homes:
        node[at]["kind"], node[at]["place"], node[at]["day"] = HOME, place, number
        at += 1
    return node


def write_request(
    record: Records, request: Request, place: int, units: Mapping[str, int], weights: Weights
) -> None:
    """Write a request at a place (by index) into its node."""
    for name, value in _read_request(request, place, units, weights).items():
        record[name] = value


def _read_request(request: Request, place: int, units: Mapping[str, int], weights: Weights) -> dict[str, int]:
    """Return what a node holds of a request."""
    earliest_s, latest_s = start_bounds(request)
    return {
        "kind": SERVE,
        "place": place,
        "earliest": earliest_s,
        "latest": latest_s,
        "finish": FOREVER if request.finish_by_s is None else request.finish_by_s,
        "asked_from": request.earliest_s,
        "wait_milli": request.wait_milli_per_h,
        "promise": FOREVER if request.promise_s is None else request.promise_s,
        "price": unserved_milli(weights, request),
        "lock_unit": _unit_index(units, request.unit),
        "prev_unit": _unit_index(units, request.previous_unit),
        "movable": int(request.start_s is None or request.unit is None),
    }


def _write_plug(record: Records, b: _Build, plug: Plug) -> None:
    record["kind"], record["place"], record["power"] = RECHARGE, b.index.places[plug.place], plug.power_w
    if plug.grid is None or plug.id in b.facts.plugs_out:
        return  # what is out of order draws nothing
    first = 0
    for number, grid in enumerate(b.problem.grids):
        last = first + 1 + len(grid.steps)
        if grid.id == plug.grid:
            record["grid"], record["grid_at"], record["grid_end"] = number, first, last
        first = last


def _write_break(record: Records, pause: Break, day: int) -> None:
    record["kind"], record["place"], record["day"] = BREAK, NOBODY, day
    record["earliest"], record["latest"] = pause.earliest_s, pause.latest_s
    record["length"] = pause.duration_s


def _unit_index(units: Mapping[str, int], name: str | None) -> int:
    return NOBODY if name is None else units.get(name, STRANGER)


def list_hours(request: Request) -> tuple[tuple[int, int], ...]:
    """Return the opening hours; none for always open, an hour that never comes for never."""
    if request.access is None:
        return ()
    return request.access or ((FOREVER, FOREVER + 1),)


def _hours_table(b: _Build) -> Records:
    room = [(FOREVER, FOREVER + 1)] * b.hours_room
    return _records([*room, *(span for request in b.requests for span in list_hours(request))], SPAN)


def _grid_table(grids: Iterable[Grid]) -> Records:
    return _records((step for grid in grids for step in ((NOTHING, grid.power_w), *grid.steps)), STEP)


# -- classes of like units


def _body_of(unit: Unit) -> Any:
    """Return what decides whom a unit fits and how long it serves, wherever it recharges."""
    tied_to = {"on_site": unit.site, "placed": unit.state.place}.get(unit.mobility)
    return (unit.kind, unit.mobility, tied_to, unit.height_mm, unit.weight_kg, unit.charger)


def _job_table(b: _Build) -> Records:
    """Return every request as every class sees it.

    Where each unit has a plug of its own there are as many classes as units: what units of one body see is
    worked out once, and of requests alike one is asked whether it fits.
    """
    job = np.zeros((len(b.examples), len(b.requests)), dtype=JOB)
    alike: dict[Any, list[int]] = {}
    for i, request in enumerate(b.requests):
        alike.setdefault(shape_of(b.facts, request), []).append(i)
    first: dict[Any, int] = {}
    for number, unit in enumerate(b.examples):
        known = first.setdefault(_body_of(unit), number)
        job[number] = job[known] if known < number else _jobs_of_class(b, unit, alike.values())
    return job


def _jobs_of_class(b: _Build, unit: Unit, alike: Iterable[list[int]]) -> Records:
    jobs = np.zeros(len(b.requests), dtype=JOB)
    for same in alike:
        if fits_apart_from_lock(b.facts, unit, b.requests[same[0]]):
            for i in same:
                jobs[i] = (1, *_work_of(b.facts, unit, b.requests[i]))
    return jobs


def job_of(facts: Facts, unit: Unit, request: Request) -> tuple[int, int, int]:
    """Return whether a unit could serve a request at some time, how long, and what it draws."""
    if not fits_apart_from_lock(facts, unit, request):
        return 0, 0, 0
    return 1, *_work_of(facts, unit, request)


def _work_of(facts: Facts, unit: Unit, request: Request) -> tuple[int, int]:
    return facts.service_s(unit, request), draw_wh(unit, request.energy_wh)


def _sockets(b: _Build) -> tuple[Records, Records]:
    """Return which plugs a class may use with the pieces of the curve there, and all pieces."""
    socket = np.zeros((len(b.examples), len(b.problem.plugs)), dtype=SOCKET)
    pieces: list[tuple[float, ...]] = []
    known: dict[Any, tuple[int, int]] = {}
    for number, unit in enumerate(b.examples):
        for plug in b.facts.list_plugs(unit):
            key = (unit.pack, plug.power_w, plug.efficiency_pct)
            if key not in known:
                first = len(pieces)
                pieces += pack_filling(*key).list_pieces()
                known[key] = (first, len(pieces))
            socket[number, b.index.plugs[plug.id]] = (1, *known[key])
    return socket, _pieces_table(pieces)


def _pieces_table(pieces: Iterable[tuple[float, ...]]) -> Records:
    return _records(((soc, power, slope, seconds) for soc, power, slope, seconds in pieces), PIECE)


# -- places


def _refuges(b: _Build) -> tuple[list[int], Ints]:
    """Return for every day its row, and in each row what it takes from each request to the nearest refuge."""
    rows: dict[tuple[Any, ...], int] = {}
    chosen: list[int] = []
    energies: list[Ints] = []
    numbers = {unit.id: i for i, unit in enumerate(b.units)}
    for unit, shift, _ in b.days:
        end_place = shift.end_place or shift.start_place or unit.state.place
        plugs = (plug for plug in b.facts.list_plugs(unit) if plug.id not in b.facts.plugs_out)
        targets = sorted({plug.place for plug in plugs} | {end_place})
        draws = (unit.traction, unit.drive_wh_per_km, unit.consumption_pct, unit.aux_w)
        key = (unit.profile, *draws, unit.pack.usable_wh, *targets)
        if key not in rows:
            rows[key] = len(energies)
            there = [b.index.places[name] for name in targets]
            energies.append(_refuge(b, unit, there))
            b.index.refuges.append((numbers[unit.id], there))
        chosen.append(rows[key])
    shape = (len(energies), len(b.requests))
    return chosen, np.array(energies, dtype=np.int64).reshape(shape)


def _refuge(b: _Build, unit: Unit, targets: list[int]) -> Ints:
    """Return the energy from each request's place to the nearest target; unreachable: twice the pack."""
    places = [b.index.places[request.place] for request in b.requests]
    if not places:
        return np.zeros(0, dtype=np.int64)
    seconds, metres = b.roads.between(unit.profile, places, targets)
    driving = metres * unit.drive_wh_per_km * unit.consumption_pct * 3600
    drawn = -(-(driving + seconds * unit.aux_w * 100_000) // 360_000_000)
    drawn = drawn * (unit.traction != "separate")
    least = np.where(seconds >= NO_WAY, FOREVER, drawn).min(axis=1)
    return np.where(least >= FOREVER, 2 * unit.pack.usable_wh, least)


def _near(b: _Build) -> Ints:
    """Return for every request the nearest others by time on the way and by time of day.

    Where a wish comes and goes nothing is ruined, and nobody asks.
    """
    requests = b.requests
    n = len(requests)
    if n < 2 or not b.units or b.hours_room:
        return np.zeros((n, 0), dtype=np.int64)
    places = [b.index.places[request.place] for request in requests]
    apart, _ = b.roads.between(b.units[0].profile, places, places)
    middle = np.array([(r.earliest_s + min(r.latest_s, r.earliest_s + 7200)) // 2 for r in requests])
    apart = apart + np.abs(middle[:, None] - middle[None, :]) // 6
    np.fill_diagonal(apart, -1)
    # Of requests as far away the first comes first: the number is a part of what is ordered.
    ranked = apart * n + np.arange(n)
    if n > NEAREST + 1:
        ranked = np.partition(ranked, NEAREST, axis=1)[:, : NEAREST + 1]
    return np.sort(ranked, axis=1)[:, 1:] % n

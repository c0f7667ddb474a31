"""VROOM: it knows no recharge, so a shift is cut into trips with a recharge of fixed length between them.

- Vehicles: a shift of a unit becomes `trips` vehicles, each with a part of the time and a capacity in
  watt-hours; all but the last end at the nearest plug, the next begins there after a recharge. Plugs are
  dealt out in turn, so that units of one depot do not all come at once.
- Amounts: what a visit draws plus an allowance for the way there. Types: the length of a visit by the kind of
  unit (`service_per_type`). Skills: who fits whom. Priority: the value of serving (0 to 100).
- Price: metres and driving, by a matrix of costs for each kind of unit; the values are no prices here (it
  serves as many as it can, dear ones first); waiting and the target of the pack cannot be said. Breaks can.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import vroom

from routing.charging.session import pack_charge_time_s, pack_energy_in_s
from routing.solver.days import Day
from routing.solver.draft import Draft, Visit
from tests.bench.peers.common import Ground, Kind, Terms, deal_plugs

EXPLORATION = 5
FAR_S, FAR_MILLI = 200_000, 500_000
"""Where there is no way: more than any shift and any detour, and not so much that VROOM fears an overflow."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """Into how many trips a shift is cut, and what share of the time from empty to full a recharge lasts."""

    trips: int
    reload_share: float = 0.5


ENCODINGS = {
    "one trip": Encoding(1),
    "two trips": Encoding(2),
    "three trips": Encoding(3, 0.35),
}


@dataclass(frozen=True, slots=True)
class Trip:
    """A part of a shift: from where to where, when, with how much; and the recharge before it."""

    day: Day
    start: str
    end: str
    window: tuple[int, int]
    room_wh: int
    recharge: Visit | None


def solve(problem, terms: Terms, encoding: Encoding) -> Draft:
    """Return what VROOM would do."""
    ground = Ground(problem)
    if not ground.days or not problem.requests:
        return {}
    trips = [
        trip for index, day in enumerate(ground.days) for trip in list_trips(ground, day, index, encoding)
    ]
    model = vroom.Input()
    for index, kind in enumerate(ground.kinds):
        model.set_durations_matrix(_name(index), np.minimum(kind.legs.seconds, FAR_S).astype(np.uint32))
        model.set_costs_matrix(_name(index), np.minimum(ground.way_milli(kind), FAR_MILLI).astype(np.uint32))
    model.add_vehicle([_vehicle(ground, index, trip) for index, trip in enumerate(trips)])
    model.add_job(list(_list_jobs(ground)))
    timeout = timedelta(seconds=terms.seconds)
    solution = model.solve(exploration_level=EXPLORATION, nb_threads=terms.threads, timeout=timeout)
    return deal_plugs(ground, _read(ground, trips, solution.to_dict()))


def _name(kind: int) -> str:
    return f"kind{kind}"


def list_trips(ground: Ground, day: Day, number: int, encoding: Encoding) -> Iterator[Trip]:
    """Cut a shift into trips; where it cannot recharge it is one."""
    begin_s, end_s = day.start.at_s, max(day.start.at_s, day.start.home_by_s)
    places = ground.plug_places(day)
    room_wh = ground.room_wh(day, day.start.energy_wh)
    if encoding.trips == 1 or not places:
        yield Trip(day, day.start.place, day.start.home, (begin_s, end_s), room_wh, None)
        return
    place = min(
        places,
        key=lambda name: ground.kind(day).legs.seconds[ground.place[name], ground.place[day.start.home]],
    )
    plug = max(ground.plugs_at(day, place), key=lambda p: p.power_w)
    pack = day.unit.pack
    full_s = pack_charge_time_s(pack, plug, pack.reserve_wh, pack.usable_wh)
    length_s = max(600, int(full_s * encoding.reload_share))
    # Units that share the plugs of a depot come one after the other.
    turn_s = (number % 4) * length_s // 2
    at, recharge, from_s = day.start.place, None, begin_s
    for trip in range(encoding.trips):
        last = trip == encoding.trips - 1
        until_s = (
            end_s
            if last
            else begin_s + (end_s - begin_s) * (trip + 1) // encoding.trips - length_s // 2 + turn_s
        )
        until_s = min(max(until_s, from_s), end_s)
        yield Trip(day, at, day.start.home if last else place, (from_s, until_s), room_wh, recharge)
        gained_wh = pack_energy_in_s(pack, plug, pack.reserve_wh, length_s)
        room_wh = ground.room_wh(day, min(pack.usable_wh, pack.reserve_wh + gained_wh))
        recharge, at = Visit("recharge", place, until_s, length_s), place
        from_s = min(until_s + length_s, end_s)


def _vehicle(ground: Ground, index: int, trip: Trip) -> vroom.Vehicle:
    kind = ground.kind_of_unit[trip.day.unit.id]
    from_s, until_s = trip.window
    breaks = [
        vroom.Break(k, [vroom.TimeWindow(p.earliest_s, p.latest_s)], p.duration_s, p.id)
        for k, p in enumerate(trip.day.start.breaks)
        if from_s <= p.earliest_s and p.latest_s + p.duration_s <= until_s
    ]
    return vroom.Vehicle(
        index,
        start=ground.place[trip.start],
        end=ground.place[trip.end],
        profile=_name(kind),
        capacity=[trip.room_wh],
        skills={_skill(kind)},
        time_window=vroom.TimeWindow(from_s, until_s),
        breaks=breaks,
        costs=vroom.VehicleCosts(fixed=trip.day.unit.cost_per_use_milli if trip.recharge is None else 0),
        type=_name(kind),
    )


def _skill(kind: int) -> int:
    return kind + 1


def _list_jobs(ground: Ground) -> Iterator[vroom.Job]:
    """List the requests: one job for all kinds that fit, by a skill that only they have where some do not."""
    dearest = max((ground.value_milli(request) for request in ground.problem.requests), default=1) or 1
    for index, request in enumerate(ground.problem.requests):
        fitting = [k for k, kind in enumerate(ground.kinds) if request.id in kind.fits]
        earliest_s, latest_s = ground.window(request)
        if not fitting or latest_s < earliest_s:
            continue
        yield vroom.Job(
            index,
            location=ground.place[request.place],
            delivery=[ground.load_wh(request)],
            skills=set(),
            priority=ground.value_milli(request) * 100 // dearest,
            time_windows=[vroom.TimeWindow(earliest_s, latest_s)],
            service_per_type={
                _name(k): _service_s(ground, kind, request) for k, kind in enumerate(ground.kinds)
            },
        )


def _service_s(ground: Ground, kind: Kind, request) -> int:
    """Return the length of a visit; longer than any shift where the kind does not fit."""
    return ground.facts.service_s(kind.unit, request) if request.id in kind.fits else FAR_S


def _read(ground: Ground, trips: list[Trip], solution: dict) -> Draft:
    visits: dict[tuple[str, str], list[Visit]] = {}
    steps = {route["vehicle"]: route["steps"] for route in solution["routes"]}
    for index, trip in enumerate(trips):
        row = visits.setdefault((trip.day.unit.id, trip.day.shift.id), [])
        if trip.recharge is not None and index in steps:
            row.append(trip.recharge)
        for step in steps.get(index, ()):
            begins_s = step["arrival"] + step.get("waiting_time", 0)
            if step["type"] == "job":
                row.append(Visit("serve", ground.problem.requests[step["id"]].id, begins_s))
            elif step["type"] == "break":
                row.append(Visit("break", trip.day.start.breaks[step["id"]].id, begins_s))
    for day in ground.days:
        key = day.unit.id, day.shift.id
        visits[key] = _with_missing_breaks(day, visits[key])
    return {key: tuple(row) for key, row in visits.items()}


def _with_missing_breaks(day: Day, row: list[Visit]) -> list[Visit]:
    """Put in the breaks that no trip could hold."""
    told = {visit.subject for visit in row if visit.kind == "break"}
    for pause in day.start.breaks:
        if pause.id not in told:
            place = next((k for k, visit in enumerate(row) if visit.start_s >= pause.earliest_s), len(row))
            row.insert(place, Visit("break", pause.id, pause.earliest_s))
    return row

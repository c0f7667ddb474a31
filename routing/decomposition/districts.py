"""A first division of a large problem: each unit and each request in one district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from routing.decomposition.ground import Point, apart_m, centre_of, positions_m
from routing.model.problem import Problem, Request, Unit
from routing.solver.transport import ship

MOST_REQUESTS: Final = 160
"""A district with more is halved: the plans of two halves are found in less than half of the time."""

STAYING: Final = ("on_site", "placed")
"""Who is where it is: in the district that lies around it."""

type Points = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(slots=True)
class District:
    """Units that work together, and what is asked among them."""

    centre: Point
    requests: list[Request]
    units: list[Unit] = field(default_factory=list)


def divide(problem: Problem) -> list[District]:
    """Divide a problem: the town into cells of as many requests, the fleet among the cells.

    Every cell gets its share of the units, and all units together drive the least from their bases (a
    transportation problem): where much is asked and few live, units come from farther away. Who stays where
    it is belongs to the cell around it; who is told to serve a request keeps it.
    """
    at = positions_m(problem)
    units = [unit for unit in problem.units if unit.shifts]
    if not units or not problem.requests:
        return []
    mobile = [unit for unit in units if unit.mobility not in STAYING]
    districts = [
        District(centre_of([at[r.place] for r in cell]), cell)
        for cell in _cells(list(problem.requests), at, max(1, len(mobile)))
    ]
    _send(mobile, districts, at)
    for unit in units:
        if unit.mobility in STAYING:
            nearest = min(districts, key=lambda one: apart_m(one.centre, at[unit.state.place]))
            nearest.units.append(unit)
    _return_the_told(districts)
    return [district for district in districts if district.units]


def _cells(requests: list[Request], at: Mapping[str, Point], most: int) -> list[list[Request]]:
    """Cut across the longer side at the middle request until every cell is small; at most so many cells."""
    if len(requests) <= MOST_REQUESTS or most < 2:
        return [requests]
    points: Points = np.array([at[request.place] for request in requests])
    axis = int(np.ptp(points, axis=0).argmax())
    order = points[:, axis].argsort(kind="stable").tolist()
    ordered, middle = [requests[number] for number in order], len(requests) // 2
    return [cell for half in (ordered[:middle], ordered[middle:]) for cell in _cells(half, at, most // 2)]


def _send(units: Sequence[Unit], districts: Sequence[District], at: Mapping[str, Point]) -> None:
    """Give every district its share of the units; of one base to each of its districts some of every kind."""
    by_base: dict[str, list[Unit]] = {}
    for unit in sorted(units, key=_kind_of):
        by_base.setdefault(_base_of(unit), []).append(unit)
    bases = sorted(by_base)
    wanted = _shares([len(district.requests) for district in districts], len(units))
    cost = [[round(apart_m(at[base], district.centre)) for district in districts] for base in bases]
    sent = ship([len(by_base[base]) for base in bases], wanted, cost)
    for base, row in zip(bases, sent, strict=True):
        turns = sorted((turn / count, number) for number, count in enumerate(row) for turn in range(count))
        for unit, (_, number) in zip(by_base[base], turns, strict=True):
            districts[number].units.append(unit)


def _kind_of(unit: Unit) -> tuple[Any, ...]:
    return unit.kind, unit.profile, unit.pack.usable_wh, unit.shifts[0].start_s, unit.id


def _base_of(unit: Unit) -> str:
    last = unit.shifts[-1]
    return last.end_place or last.start_place or unit.state.place


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """Share a number out by weights, whole and without a rest: by the largest remainders."""
    exact = [weight * total / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda number: (shares[number] - exact[number], number))
    for number in by_rest[: total - sum(shares)]:
        shares[number] += 1
    return shares


def _return_the_told(districts: Sequence[District]) -> None:
    """Requests that are tied to a unit go with it."""
    home = {unit.id: number for number, district in enumerate(districts) for unit in district.units}
    for number, district in enumerate(districts):
        gone = [r for r in district.requests if home.get(r.unit or "", number) != number]
        district.requests = [r for r in district.requests if home.get(r.unit or "", number) == number]
        for request in gone:
            districts[home[request.unit or ""]].requests.append(request)

"""One unit's part of a plan: a place found in it alone, and the part put back into the whole.

An accepted request changes one route out of fifty. To look at that unit alone, with what the others hold of
its plugs as `busy`, takes a fiftieth of the time; what it says of the unit is as true as in the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from routing.desk import Desk, Placement
from routing.evaluation.cost import cost
from routing.model.errors import InvalidProblem
from routing.model.place import Place, Plug
from routing.model.plan import Plan, Route
from routing.model.problem import Problem, Request
from routing.model.travel import Profile, Slice, Travel


def place_beside(part: Problem, plan: Plan, request: Request) -> Placement | None:
    """Find the cheapest place for a request on the one unit of a part, beside all that it serves.

    None when there is none, or when somebody whom it serves would be left: then look at the whole.

    Raises
    ------
    NoPlan
        When the judge refuses the place.
    """
    desk = Desk(part, plan, without=request.id, settle=True)
    return None if desk.fleet.open else desk.take(request).find_cheapest()


def splice(whole: Problem, plan: Plan, part: Problem, routes: Plan) -> tuple[Problem, Plan]:
    """Return a whole problem and plan with one unit's part in place of what they say of it.

    Of a place that only the part knows no ways are known but the part's own: to the others there is none.

    Raises
    ------
    InvalidProblem
        When the two do not count from the same instant, or not on the same roads.
    """
    _require_alike(whole, part)
    (unit,) = part.units
    before = {stop.request for route in plan.routes if route.unit == unit.id for stop in route.stops}
    asked = {request.id for request in part.requests}
    kept = (request for request in whole.requests if request.id not in before | asked)
    places = {place.id: place for place in (*whole.places, *part.places)}
    problem = replace(
        whole,
        places=tuple(places.values()),
        travel=_join(whole, part, list(places.values())),
        units=tuple(unit if known.id == unit.id else known for known in whole.units),
        plugs=(*whole.plugs, *_list_new_plugs(whole, part)),
        requests=(*kept, *part.requests),
    )
    missed = tuple(one for one in plan.unserved if one.request not in before | asked)
    spliced = replace(plan, routes=tuple(_with(plan.routes, routes.routes)), unserved=missed)
    return problem, replace(spliced, cost=cost(problem, spliced))


def _require_alike(whole: Problem, part: Problem) -> None:
    if whole.start_utc != part.start_utc:
        raise InvalidProblem("start_utc", f"must be {whole.start_utc}, is {part.start_utc}")
    roads, own = ((p.travel.provider, p.travel.dataset) for p in (whole, part))
    if roads != own:
        raise InvalidProblem("travel.dataset", f"must be {roads[1]} of {roads[0]}, is {own[1]} of {own[0]}")
    if not any(unit.id == part.units[0].id for unit in whole.units):
        raise InvalidProblem("units", f"must have {part.units[0].id}")


def _list_new_plugs(whole: Problem, part: Problem) -> Iterable[Plug]:
    known = {plug.id for plug in whole.plugs}
    return (replace(plug, busy=()) for plug in part.plugs if plug.id not in known)


def _with(routes: Iterable[Route], own: tuple[Route, ...]) -> Iterable[Route]:
    """List routes with a unit's own where its first one stands."""
    left = list(own)
    for route in routes:
        if route.unit != own[0].unit:
            yield route
        else:
            yield from left
            left = []
    yield from left


def _join(whole: Problem, part: Problem, places: list[Place]) -> Travel:
    """Join two tables of ways; what neither has is no way."""
    index = {place.id: number for number, place in enumerate(places)}
    profiles = {}
    for name, profile in whole.travel.profiles.items():
        joined = _widen(profile.dense(), len(places))
        more = part.travel.profiles.get(name)
        profiles[name] = joined if more is None else _overlay(joined, more, index, part.places)
    return replace(whole.travel, profiles=profiles)


def _widen(profile: Profile, count: int) -> Profile:
    """Return a table with rows and columns for more places, and no ways there."""

    def wide[T](rows: tuple[tuple[T | None, ...], ...], nothing: T) -> tuple[tuple[T | None, ...], ...]:
        known = len(rows)
        pad = (None,) * (count - known)
        more = (
            tuple(nothing if row == column else None for column in range(count))
            for row in range(known, count)
        )
        return (*(row + pad for row in rows), *more)

    return replace(
        profile,
        durations_s=wide(profile.durations_s, 0),
        distances_m=wide(profile.distances_m, 0) if profile.distances_m else (),
        slices=tuple(replace(part, durations_s=wide(part.durations_s, 0)) for part in profile.slices),
    )


def _overlay(profile: Profile, more: Profile, index: Mapping[str, int], places: tuple[Place, ...]) -> Profile:
    """Write the ways between some places, by index in the whole, over what stands there."""
    rows = [index[place.id] for place in places]

    def over[T](
        table: tuple[tuple[T | None, ...], ...], own: tuple[tuple[T | None, ...], ...]
    ) -> tuple[tuple[T | None, ...], ...]:
        listed = list(table)
        for row, cells in zip(rows, own, strict=True):
            line = list(listed[row])
            for column, cell in zip(rows, cells, strict=True):
                line[column] = cell
            listed[row] = tuple(line)
        return tuple(listed)

    return replace(
        profile,
        durations_s=over(profile.durations_s, more.durations_s),
        distances_m=over(profile.distances_m, more.distances_m) if profile.distances_m else (),
        slices=tuple(
            Slice(from_s=mine.from_s, durations_s=over(mine.durations_s, other.durations_s))
            for mine, other in zip(profile.slices, more.slices, strict=True)
        ),
    )

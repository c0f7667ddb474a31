"""A part of a problem: some units with what they serve, everything else standing still around them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from routing.decomposition.ground import Point, apart_m, centre_of
from routing.model.place import Grid, Plug
from routing.model.plan import Plan, Route
from routing.model.problem import Problem, Request, Unit
from routing.model.travel import Travel
from routing.model.units import Seconds, Watts

PLUG_PLACES = 4
"""Besides those of its own depots a part knows the plugs of so many places nearest to it."""

type Use = tuple[Seconds, Seconds]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What others do while a part is planned: their turns at plugs."""

    uses: Mapping[str, Mapping[str, Sequence[Use]]]
    """By plug, then by unit."""

    def taken(self, plug: str, mine: Collection[str]) -> list[Use]:
        """List when others than these units are at a plug."""
        return [use for unit, uses in self.uses.get(plug, {}).items() if unit not in mine for use in uses]


def surroundings_of(routes: Iterable[Route]) -> Surroundings:
    """Return what routes take from others."""
    uses: dict[str, dict[str, list[Use]]] = {}
    for route in routes:
        for stop in route.stops:
            if stop.kind == "recharge" and stop.plug is not None and stop.end_s > stop.start_s:
                uses.setdefault(stop.plug, {}).setdefault(route.unit, []).append((stop.start_s, stop.end_s))
    return Surroundings(uses)


def cut(
    problem: Problem,
    at: Mapping[str, Point],
    units: Sequence[Unit],
    requests: Sequence[Request],
    around: Surroundings,
) -> Problem:
    """Return the problem of these units and requests alone; a plan for it fits into the whole.

    The turns of other units at a plug are busy, and what they may draw is taken from the grid they share.
    """
    index = {place.id: number for number, place in enumerate(problem.places)}
    mine = {unit.id for unit in units}
    plugs = _choose_plugs(problem, at, units, requests)
    named = {request.place for request in requests} | {plug.place for plug in plugs}
    for unit in units:
        named.add(unit.state.place)
        named |= {place for s in unit.shifts for place in (s.start_place, s.end_place) if place is not None}
    kept = sorted(index[name] for name in named)
    profiles = problem.travel.profiles
    return replace(
        problem,
        places=tuple(problem.places[number] for number in kept),
        travel=Travel(profiles={u.profile: profiles[u.profile].among(kept) for u in _one_a_profile(units)}),
        units=tuple(units),
        plugs=tuple(_with_turns(plug, around.taken(plug.id, mine)) for plug in plugs),
        grids=tuple(_left_of(grid, problem, around, mine) for grid in problem.grids),
        requests=tuple(requests),
    )


def _one_a_profile(units: Sequence[Unit]) -> Iterable[Unit]:
    return {unit.profile: unit for unit in units}.values()


def _choose_plugs(
    problem: Problem, at: Mapping[str, Point], units: Sequence[Unit], requests: Sequence[Request]
) -> list[Plug]:
    """Choose the plugs a part may need: of its own depots and sites, and of the places nearest to it."""
    places = {place.id: place for place in problem.places}
    sites = {unit.site for unit in units if unit.mobility == "on_site"}
    home = {unit.state.place for unit in units}
    home |= {p for unit in units for s in unit.shifts for p in (s.start_place, s.end_place) if p is not None}
    mine, at_once = {unit.id for unit in units}, {unit.state.plug for unit in units}
    centre = centre_of([at[r.place] for r in requests] or [at[unit.state.place] for unit in units])
    open_places = {plug.place for plug in problem.plugs if places[plug.place].site is None} - home
    nearest = set(sorted(open_places, key=lambda name: (apart_m(centre, at[name]), name))[:PLUG_PLACES])
    return [
        plug
        for plug in problem.plugs
        if (plug.unit is None or plug.unit in mine)
        and (
            plug.place in home
            or plug.place in nearest
            or plug.id in at_once
            or plug.unit in mine
            or (places[plug.place].site is not None and places[plug.place].site in sites)
        )
    ]


def _with_turns(plug: Plug, taken: Sequence[Use]) -> Plug:
    return replace(plug, busy=_united([*plug.busy, *taken])) if taken else plug


def _united(spans: list[Use]) -> tuple[Use, ...]:
    """Return spans in order, those that touch or overlap as one."""
    united: list[Use] = []
    for begin_s, end_s in sorted(spans):
        if united and begin_s <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end_s))
        else:
            united.append((begin_s, end_s))
    return tuple(united)


def _left_of(grid: Grid, problem: Problem, around: Surroundings, mine: Collection[str]) -> Grid:
    """Return a grid without what others may draw: as if each drew all its plug has, all the time."""
    turns = [
        (begin_s, end_s, plug.power_w)
        for plug in problem.plugs
        if plug.grid == grid.id
        for begin_s, end_s in around.taken(plug.id, mine)
    ]
    if not turns:
        return grid
    instants = {at_s for begin_s, end_s, _ in turns for at_s in (begin_s, end_s)}
    instants |= {from_s for from_s, _ in grid.steps}

    def left_w(at_s: Seconds) -> Watts:
        drawn = sum(power_w for begin_s, end_s, power_w in turns if begin_s <= at_s < end_s)
        return max(0, grid.power_at(at_s) - drawn)

    return replace(grid, steps=tuple((at_s, left_w(at_s)) for at_s in sorted(instants)))


def part_of(plan: Plan, part: Problem) -> Plan:
    """Return what a plan says of a part."""
    units = {unit.id for unit in part.units}
    return replace(plan, routes=tuple(route for route in plan.routes if route.unit in units), unserved=())

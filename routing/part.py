"""One unit's part of a plan: a place found in it alone, its times anew, and the part put back into the whole.

An accepted request changes one route out of fifty, and a cancelled one too. To look at that unit alone, with
what the others hold of its plugs as `busy`, takes a fiftieth of the time; what it says of the unit is as true
as in the whole.
"""

from collections.abc import Iterable
from dataclasses import replace

from routing.desk import Desk, Placement
from routing.evaluation.cost import route_goals, total_cost, unserved_milli, with_origins
from routing.evaluation.facts import Facts
from routing.model.errors import InvalidProblem
from routing.model.place import Place, Plug
from routing.model.plan import Goals, Plan, Route
from routing.model.problem import Problem, Request
from routing.model.travel import Profile, Travel, grow
from routing.model.units import Seconds
from routing.search.build import fleet_from
from routing.search.compiled.roads import remember_grown
from routing.settling import judged, settle


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


def settle_beside(part: Problem, plan: Plan) -> Plan | None:
    """Return what the one unit of a part does, with the times that follow from how it stands now.

    None when somebody whom it serves would be left: then look at the whole.

    Raises
    ------
    NoPlan
        When what it does does not hold, or the judge refuses it.
    """
    fleet = fleet_from(part, plan)
    return None if fleet.open else judged(part, settle(fleet), fleet)


def put_in(desk: Desk, part: Problem, routes: Plan) -> Desk:
    """Return a desk for the plan with one unit's part in it, no older than the desk.

    Raises
    ------
    NoPlan, InvalidProblem
        When the part does not fit; then the desk is to be opened anew.
    """
    return desk.renewed(*splice(desk.problem, desk.standing.plan, part, routes), part.units[0].id)


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
    found = [one.request for one in plan.unserved if one not in missed]
    less = _goals_of(whole, plan, unit.id, found)
    spliced = replace(plan, routes=tuple(_with(plan.routes, routes.routes)), unserved=missed)
    more = _goals_of(problem, spliced, unit.id, ())
    goals = {name: -getattr(less, name) for name in Goals.__slots__}
    return problem, replace(spliced, cost=total_cost([plan.cost.goals, Goals(**goals), more]))


def _require_alike(whole: Problem, part: Problem) -> None:
    if whole.start_utc != part.start_utc:
        raise InvalidProblem("start_utc", f"must be {whole.start_utc}, is {part.start_utc}")
    roads, own = ((p.travel.provider, p.travel.dataset) for p in (whole, part))
    if roads != own:
        raise InvalidProblem("travel.dataset", f"must be {roads[1]} of {roads[0]}, is {own[1]} of {own[0]}")
    for name, profile in part.travel.profiles.items():
        if name in whole.travel.profiles and _shape(profile) != _shape(whole.travel.profiles[name]):
            raise InvalidProblem(f"travel.profiles.{name}", "must have the slices and metres of the whole's")
    if not any(unit.id == part.units[0].id for unit in whole.units):
        raise InvalidProblem("units", f"must have {part.units[0].id}")


def _shape(profile: Profile) -> tuple[list[Seconds], bool]:
    return [part.from_s for part in profile.slices], bool(profile.distances_m)


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
    rows = [index[place.id] for place in part.places]
    profiles = {}
    for name, profile in whole.travel.profiles.items():
        own = part.travel.profiles.get(name)
        profiles[name] = joined = grow(profile.dense(), len(places), rows, own)
        remember_grown(profile, joined, rows, own)
    return replace(whole.travel, profiles=profiles)


def _goals_of(problem: Problem, plan: Plan, unit: str, missed: Iterable[str | None]) -> Goals:
    """Return what a unit's routes cost, and those who are not served."""
    facts = Facts(problem)
    routes = [route for route in plan.routes if route.unit == unit]
    pairs = with_origins(routes, {unit: facts.units[unit].state.place})
    lost = sum(unserved_milli(problem.weights, facts.requests[name]) for name in missed if name)
    return total_cost([*(route_goals(facts, *pair) for pair in pairs), Goals(unserved=lost)]).goals

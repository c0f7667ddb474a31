"""What a plan costs, goal by goal, in thousandths of the currency."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from routing.evaluation.facts import STAYING, Facts, Leg
from routing.model.plan import Cost, Goals, Plan, Route, Stop
from routing.model.problem import STRANDED, Problem, Request, Shift, Unit, Weights
from routing.model.units import Milli


def cost(problem: Problem, plan: Plan, facts: Facts | None = None) -> Cost:
    """Return the cost of a plan; what the plan itself states as its cost is not looked at."""
    facts = facts or Facts(problem)
    places = {unit.id: unit.state.place for unit in problem.units}
    parts = [route_goals(facts, route, origin) for route, origin in with_origins(plan.routes, places)]
    lost = sum(
        unserved_milli(problem.weights, facts.requests[missed.request])
        for missed in plan.unserved
        if missed.request in facts.requests
    )
    return total_cost([*parts, Goals(unserved=lost)])


def total_cost(parts: Iterable[Goals]) -> Cost:
    """Add up goals."""
    listed = list(parts)
    goals = Goals(**{name: sum(getattr(part, name) for part in listed) for name in Goals.__slots__})
    return Cost(total_milli=goals.total(), goals=goals)


def unserved_milli(weights: Weights, request: Request) -> Milli:
    """Return the price of not serving a request; dear when the driver holds a promise."""
    factor = weights.stranded_factor if request.priority == STRANDED else 1
    promised = request.promise_s is not None or request.previous_unit is not None
    return request.value_milli * factor + (weights.broken_promise_milli if promised else 0)


def waiting_milli(request: Request, start_s: int) -> Milli:
    """Return the price of the time a driver waits from the earliest start on."""
    return max(0, start_s - request.earliest_s) * request.wait_milli_per_h // 3600


def promise_milli(weights: Weights, request: Request, start_s: int) -> Milli:
    """Return the price of arriving later than was promised."""
    late_s = 0 if request.promise_s is None else max(0, start_s - request.promise_s)
    return late_s * weights.promise_milli_per_min // 60


def change_milli(weights: Weights, request: Request, unit: str) -> Milli:
    """Return the price of sending another unit than the driver was told."""
    changed = request.previous_unit not in (None, unit)
    return weights.change_milli if changed else 0


def low_pack_milli(weights: Weights, unit: Unit, energy_wh: int) -> Milli:
    """Return the price of ending a shift with less than the target in the pack."""
    return max(0, unit.pack.target_wh - energy_wh) * weights.low_pack_milli_per_kwh // 1000


def distance_milli(unit: Unit, metres: int) -> Milli:
    """Return the price of driving so far in one shift."""
    return metres * unit.cost_per_km_milli // 1000


def time_milli(unit: Unit, busy_s: int) -> Milli:
    """Return the price of driving and serving so long in one shift."""
    return busy_s * unit.cost_per_h_milli // 3600


def overtime_milli(unit: Unit, shift: Shift, home_s: int) -> Milli:
    """Return the price of being home after the end of the shift."""
    return max(0, home_s - shift.end_s) * unit.overtime_milli_per_h // 3600


def route_goals(facts: Facts, route: Route, origin: str) -> Goals:
    """Return what one route costs when the unit comes from `origin`."""
    unit, weights = facts.units[route.unit], facts.problem.weights
    legs = _list_legs(facts, unit, route, origin)
    serves = [stop for stop in route.stops if stop.kind == "serve"]
    busy_s = sum(leg.seconds for leg in legs) + sum(stop.end_s - stop.start_s for stop in serves)
    asked = [(facts.requests[stop.request or ""], stop.start_s) for stop in serves]
    used = any(stop.kind in ("serve", "recharge") for stop in route.stops)
    return Goals(
        distance=distance_milli(unit, sum(leg.metres for leg in legs)),
        time=time_milli(unit, busy_s),
        unit_use=unit.cost_per_use_milli if used else 0,
        waiting=sum(waiting_milli(request, start_s) for request, start_s in asked),
        promise=sum(promise_milli(weights, request, start_s) for request, start_s in asked),
        change=sum(change_milli(weights, request, unit.id) for request, _ in asked),
        low_pack=low_pack_milli(weights, unit, route.stops[-1].pack_after_wh) if route.stops else 0,
        overtime=sum(overtime_milli(unit, shift, stop.arrive_s) for shift, stop in _list_ends(unit, route)),
    )


def _list_legs(facts: Facts, unit: Unit, route: Route, origin: str) -> list[Leg]:
    """List the ways of a route as they are driven at their time of day."""
    places = [origin, *(stop.place for stop in route.stops)]
    ways = (facts.way(unit, a, b) or STAYING for a, b in pairwise(places))
    return [way.leg_at(stop.depart_s) for way, stop in zip(ways, route.stops, strict=True)]


def _list_ends(unit: Unit, route: Route) -> Iterator[tuple[Shift, Stop]]:
    """List the ways home of a route with the shift they end."""
    for shift in unit.shifts:
        if shift.id == route.shift:
            yield from ((shift, stop) for stop in route.stops[-1:])


def with_origins(routes: Iterable[Route], places: dict[str, str]) -> Iterator[tuple[Route, str]]:
    """Pair every route with the place its unit comes from: where it is, or the end of the route before.

    `places` say where every unit is; they move on.
    """
    for route in routes:
        yield route, places[route.unit]
        if route.stops:
            places[route.unit] = route.stops[-1].place

"""Where a unit waits for what nobody has asked yet: where it is, as long as it can still be home in time.

Waiting where the last visit was, and leaving late, spares the way home and out again when somebody asks
meanwhile (Mitrović-Minić & Laporte 2004, "waiting strategies"). It costs nothing: the way home is driven
anyway, and no later than the end of the shift.
"""

from dataclasses import replace

from routing.evaluation.facts import STAYING, Facts
from routing.model.plan import Plan, Route
from routing.model.problem import Problem


def linger(problem: Problem, plan: Plan) -> Plan:
    """Return the plan with every way home begun as late as the end of its shift allows."""
    facts = Facts(problem)
    homes = {(unit.id, shift.id): shift.end_s for unit in problem.units for shift in unit.shifts}
    places = {unit.id: unit.state.place for unit in problem.units}
    routes: list[Route] = []
    for route in plan.routes:
        routes.append(_leave_late(facts, route, places[route.unit], homes[route.unit, route.shift]))
        places[route.unit] = route.stops[-1].place if route.stops else places[route.unit]
    return replace(plan, routes=tuple(routes))


def _leave_late(facts: Facts, route: Route, origin: str, end_s: int) -> Route:
    if not route.stops or route.stops[-1].kind != "hold":
        return route
    *before, home = route.stops
    place = before[-1].place if before else origin
    way = facts.way(facts.units[route.unit], place, home.place) or STAYING
    if place == home.place or home.arrive_s >= end_s:
        return route
    depart_s = way.departure_s(home.depart_s, end_s)
    leg, as_planned = way.leg_at(depart_s), way.leg_at(home.depart_s)
    if depart_s <= home.depart_s or leg.drawn_wh > as_planned.drawn_wh:
        return route
    arrive_s = depart_s + leg.seconds
    saved_wh = as_planned.drawn_wh - leg.drawn_wh
    late = replace(
        home,
        depart_s=depart_s,
        arrive_s=arrive_s,
        start_s=arrive_s,
        end_s=max(home.end_s, arrive_s),
        pack_before_wh=home.pack_before_wh + saved_wh,
        pack_after_wh=home.pack_after_wh + saved_wh,
    )
    return replace(route, stops=(*before, late))

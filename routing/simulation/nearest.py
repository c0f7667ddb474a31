"""What dispatchers do without a planner: send the nearest that is free, after all it has to do already."""

from collections.abc import Iterator
from dataclasses import replace

from routing.evaluation import schedule, violations
from routing.evaluation.decisions import Decisions, Step, decisions_of
from routing.evaluation.facts import Facts
from routing.evaluation.fitness import list_misfits
from routing.model.plan import Plan, Route
from routing.model.problem import Problem, Request, Unit
from routing.model.units import Seconds
from routing.quote import Placement

MOST_TRIED = 6
"""How many units a dispatcher calls before giving up."""

type Soonest = tuple[Seconds, int, int]
"""When a unit could be there, by which of the plan's routes, after how many of its steps."""


def append_nearest(problem: Problem, plan: Plan, request: Request) -> Placement | None:
    """Return the plan with the request at the end of the day of whoever is there first; None: nobody can."""
    asked = problem.with_requests((*(r for r in problem.requests if r.id != request.id), request))
    facts = Facts(asked)
    for _, number, index in sorted(_list_soonest(facts, plan, request))[:MOST_TRIED]:
        for steps in _list_ways(facts, plan, request, (number, index)):
            placement = _prove(facts, plan, request, (number, steps))
            if placement is not None:
                return placement
    return None


def _list_soonest(facts: Facts, plan: Plan, request: Request) -> Iterator[Soonest]:
    for number, route in enumerate(plan.routes):
        unit = facts.units[route.unit]
        if list_misfits(facts, unit, request):
            continue
        place, free_s, index = _end_of_work(facts, unit, route)
        way = facts.way(unit, place, request.place)
        if way is not None and way.arrival_s(free_s) <= request.latest_s:
            yield max(way.arrival_s(free_s), request.earliest_s), number, index


def _end_of_work(facts: Facts, unit: Unit, route: Route) -> tuple[str, Seconds, int]:
    """Return where and when a unit has served everybody it has to, and after how many steps."""
    last = max((index for index, stop in enumerate(route.stops) if stop.kind == "serve"), default=-1)
    if last < 0:
        shift = next(shift for shift in unit.shifts if shift.id == route.shift)
        return unit.state.place, max(unit.state.at_s, facts.problem.now_s, shift.start_s), 0
    return route.stops[last].place, route.stops[last].end_s, last + 1


def _list_ways(facts: Facts, plan: Plan, request: Request, at: tuple[int, int]) -> Iterator[tuple[Step, ...]]:
    """List what the unit could do then: serve at once, after its break, after a recharge."""
    number, index = at
    mine = decisions_of(plan).routes[number]
    done, rest = mine.steps[:index], mine.steps[index:]
    pauses = tuple(step for step in rest if step.kind == "break")
    serve = Step("serve", request.id)
    yield (*done, serve, *pauses)
    if pauses:
        yield (*done, *pauses, serve)
    full = _fill_up(facts, plan, at)
    if full is not None:
        yield (*done, full, serve, *pauses)
        if pauses:
            yield (*done, *pauses, full, serve)


def _fill_up(facts: Facts, plan: Plan, at: tuple[int, int]) -> Step | None:
    """Return a recharge to four fifths at the nearest plug, after all who are to use it."""
    number, index = at
    route = plan.routes[number]
    unit = facts.units[route.unit]
    before = route.stops[index - 1] if index else None
    place = before.place if before else unit.state.place
    pack_wh = before.pack_after_wh if before else unit.state.energy_wh
    ways = [(leg, plug) for plug in facts.list_plugs(unit) if (leg := facts.leg(unit, place, plug.place))]
    if not ways:
        return None
    leg, plug = min(ways, key=lambda way: (way[0].seconds, way[1].id))
    wanted_wh = unit.pack.usable_wh * 4 // 5 - (pack_wh - leg.drawn_wh)
    taken_s = [stop.end_s for other, stop in plan.iterate_stops() if stop.plug == plug.id and other != route]
    free_s = max([*taken_s, *(until_s for _, until_s in plug.busy)], default=0)
    return Step("recharge", plug.id, wanted_wh, free_s) if wanted_wh > 0 else None


def _prove(
    facts: Facts, plan: Plan, request: Request, changed: tuple[int, tuple[Step, ...]]
) -> Placement | None:
    number, steps = changed
    decided = decisions_of(plan)
    routes = tuple(
        replace(row, steps=steps) if index == number else row for index, row in enumerate(decided.routes)
    )
    missed = tuple(lost for lost in decided.unserved if lost.request != request.id)
    after = schedule(facts.problem, Decisions(routes, missed), facts)
    if violations(facts.problem, after, facts):
        return None
    found = after.find_stop(request.id)
    if found is None:
        return None
    route, stop = found
    added = after.cost.total_milli - plan.cost.total_milli
    return Placement(after, request, route.unit, stop, stop.start_s, stop.end_s, added, "asap")

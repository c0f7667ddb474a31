"""Everything a plan breaks. A plan leaves the engine only when this finds nothing."""

from collections import Counter
from collections.abc import Iterator

from routing.evaluation.facts import Facts
from routing.evaluation.grid_rules import judge_grids
from routing.evaluation.route_rules import RouteJudge
from routing.evaluation.start import first_start, next_start
from routing.model.plan import Plan, Route
from routing.model.problem import Problem, Shift, Unit
from routing.model.rules import Violation
from routing.model.units import Seconds

type Use = tuple[Seconds, Seconds, str | None, str | None, int | None]
"""From, to, and whose: unit, shift, stop; nobody's when it stands already."""


def violations(problem: Problem, plan: Plan, facts: Facts | None = None) -> tuple[Violation, ...]:
    """Find every rule a plan breaks, from the times and energies it states.

    Nothing stated is believed: every time must leave room for what happens before it, every energy must
    be what follows from the start of the route.
    """
    facts = facts or Facts(problem)
    found = [*_list_strangers(facts, plan)]
    if found:
        return tuple(found)
    for unit in problem.units:
        found += judge_unit(facts, unit, plan)
    found += _judge_plugs(facts, plan)
    found += judge_grids(facts, plan)
    found += _judge_requests(facts, plan)
    return tuple(found)


def _list_strangers(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Find what the plan names and the problem does not have; nothing else can be judged then."""
    for route in plan.routes:
        unit = facts.units.get(route.unit)
        if unit is None or route.shift not in {shift.id for shift in unit.shifts}:
            yield _stranger(route.shift, unit=route.unit)
        for index, stop in enumerate(route.stops):
            named = ((stop.place, facts.places), (stop.request, facts.requests), (stop.plug, facts.plugs))
            for subject, known in named:
                if subject is not None and subject not in known:
                    yield _stranger(subject, unit=route.unit, shift=route.shift, stop=index)
    for missed in plan.unserved:
        if missed.request not in facts.requests:
            yield _stranger(missed.request)


def _stranger(
    subject: str, *, unit: str | None = None, shift: str | None = None, stop: int | None = None
) -> Violation:
    return Violation("unknown_reference", 1, "count", unit, shift, stop, subject)


def judge_unit(facts: Facts, unit: Unit, plan: Plan) -> Iterator[Violation]:
    """Judge the routes of a unit one after the other, each from where the one before ended."""
    mine = [route for route in plan.routes if route.unit == unit.id]
    by_shift = {route.shift: route for route in mine}
    for name, count in Counter(route.shift for route in mine).items():
        if count > 1:
            yield Violation("duplicate", count - 1, "count", unit.id, name, subject=name)
    before: Route | None = None
    for shift in unit.shifts:
        route = by_shift.get(shift.id)
        if route is None or not route.stops:
            yield Violation("missing", 1, "count", unit.id, shift.id, subject=shift.id)
            return
        yield from _judge_route(facts, (unit, shift), route, before)
        before = route


def _judge_route(
    facts: Facts, worked: tuple[Unit, Shift], route: Route, before: Route | None
) -> Iterator[Violation]:
    unit, shift = worked
    if before is None:
        start = first_start(facts, unit, shift)
    else:
        last = before.stops[-1]
        start = next_start(facts, unit, shift, (last.place, last.end_s, last.pack_after_wh))
    yield from RouteJudge(facts, unit, shift, start).judge(route)


def _judge_plugs(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """One plug, one unit: no two uses overlap, and none the use that stands already."""
    for plug_id, taken in list_uses(facts, plan).items():
        yield from find_overlaps(plug_id, sorted(taken, key=lambda use: (use[0], use[1])))


def list_uses(facts: Facts, plan: Plan, *, standing: bool = True) -> dict[str, list[Use]]:
    """List who uses each plug and when, in no order; what stands already with it, or only what is planned."""
    uses: dict[str, list[Use]] = {}
    if standing:
        uses = {plug.id: [(a, b, None, None, None) for a, b in plug.busy] for plug in facts.problem.plugs}
    for route in plan.routes:
        for index, stop in enumerate(route.stops):
            if stop.kind == "recharge" and stop.plug is not None and stop.end_s > stop.start_s:
                use = (stop.start_s, stop.end_s, route.unit, route.shift, index)
                uses.setdefault(stop.plug, []).append(use)
    return uses


def find_overlaps(plug_id: str, uses: list[Use]) -> Iterator[Violation]:
    """Compare every use with the one before it that lasts longest."""
    longest = uses[0] if uses else None
    for use in uses[1:]:
        assert longest is not None
        overlap_s = min(longest[1], use[1]) - use[0]
        if overlap_s > 0:
            owner = use if use[2] is not None else longest
            yield Violation("plug_conflict", overlap_s, "s", owner[2], owner[3], owner[4], plug_id)
        if use[1] > longest[1]:
            longest = use


def _judge_requests(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Every request is served once or listed once as not served."""
    served = Counter(stop.request for _, stop in plan.iterate_stops() if stop.kind == "serve")
    missed = Counter(unserved.request for unserved in plan.unserved)
    for request in facts.requests:
        count = served[request] + missed[request]
        if count == 0:
            yield Violation("missing", 1, "count", subject=request)
        elif count > 1:
            yield Violation("duplicate", count - 1, "count", subject=request)

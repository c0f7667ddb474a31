"""The effect of one manual move: what it costs, whom it shifts, whose promise it hurts, or what it breaks.

A move touches two units at most: the one that is freed and the one that takes the request. Both are planned
anew alone, with the plugs as all the others leave them; the others stand. So a preview costs what the two
routes cost, however large the fleet is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from routing.charging.session import Mismatch
from routing.desk import Desk
from routing.evaluation import cost, schedule, violations
from routing.evaluation.decisions import Decisions, RouteDecisions, Step, step_of
from routing.evaluation.facts import Facts
from routing.evaluation.fitness import list_misfits
from routing.model.errors import InvalidProblem, NoPlan
from routing.model.plan import Cost, Goals, Plan, Route, Stop, Unserved
from routing.model.problem import Plug, Problem, Request, Unit
from routing.model.rules import RULES, Rule, Violation
from routing.model.units import Milli, Seconds, WattHours
from routing.reoptimise import rebase

type Routes = tuple[Route, ...]

EASIEST_FIRST: tuple[Rule, ...] = (
    "window", "finish_by", "break", "shift", "plug_conflict", "energy", "way_to_plug", "access", "lock",
)  # fmt: skip
"""Of all positions on a route the one is told whose rule is the easiest to mend."""


@dataclass(frozen=True, slots=True)
class Move:
    """Put a request on a unit, or on none.

    Attributes
    ----------
    request
        Who is moved.
    unit
        Who is to serve it; None gives it to nobody.
    from_s
        Not sooner than this; the first start from then on is held. None: at the least cost, and free.
    """

    request: str
    unit: str | None
    from_s: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One driver who is served earlier or later than before; no time where nobody comes."""

    request: str
    unit: str | None
    before_s: Seconds | None
    after_s: Seconds | None
    promise_s: Seconds | None

    @property
    def hurt_s(self) -> Seconds:
        """By how much more than before the arrival is later than promised."""
        if self.promise_s is None or self.after_s is None:
            return 0
        before_s = 0 if self.before_s is None else max(0, self.before_s - self.promise_s)
        return max(0, self.after_s - self.promise_s - before_s)


@dataclass(frozen=True, slots=True)
class Low:
    """The least a unit's pack holds anywhere on its routes, before and after."""

    unit: str
    before_wh: WattHours
    after_wh: WattHours


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move does.

    Attributes
    ----------
    move
        What was asked.
    request
        The request as it is held after the move.
    plan
        The whole plan with it, judged; None when a rule is broken.
    broken
        The rules in the way at the position that comes closest, the first of them first.
    cost
        What the plan costs more (less when negative), goal by goal.
    moved
        The request itself.
    shifted
        The others whose visit begins earlier or later.
    lows
        The packs of the units that are touched.
    stop
        The visit after the move.
    """

    move: Move
    request: Request
    plan: Plan | None
    broken: tuple[Violation, ...] = ()
    cost: Cost = field(default_factory=Cost)
    moved: Shift | None = None
    shifted: tuple[Shift, ...] = ()
    lows: tuple[Low, ...] = ()
    stop: Stop | None = None

    @property
    def is_feasible(self) -> bool:
        """Say whether no rule is broken."""
        return self.plan is not None

    @property
    def hurt(self) -> tuple[Shift, ...]:
        """Everybody who would be served later than promised, and later than before the move."""
        told = (*((self.moved,) if self.moved else ()), *self.shifted)
        return tuple(shift for shift in told if shift.hurt_s > 0)


def preview(problem: Problem, plan: Plan, move: Move) -> Effect:
    """Compute the effect of a move on a plan that stands.

    Raises
    ------
    InvalidProblem
        When the problem has no such request or unit.
    """
    return preview_units(problem, plan, move.request, (move.unit,), move.from_s)[0]


def preview_units(
    problem: Problem,
    plan: Plan,
    request: str,
    units: Iterable[str | None],
    from_s: Seconds | None = None,
) -> list[Effect]:
    """Compute the effect of moving one request to each of some units; see `preview`."""
    lifted = _Lifted(problem, plan, request)
    return [lifted.put(Move(request, unit, from_s)) for unit in units]


class _Lifted:
    """A plan out of which one request was taken, ready to be put elsewhere."""

    def __init__(self, problem: Problem, plan: Plan, name: str) -> None:
        self.problem, self.plan, self.facts = problem, plan, Facts(problem)
        if name not in self.facts.requests:
            raise InvalidProblem("request", f"unknown request {name!r}")
        self.request = self.facts.requests[name]
        self.routes = {unit.id: tuple(r for r in plan.routes if r.unit == unit.id) for unit in problem.units}
        found = plan.find_stop(name)
        self.source: str | None = None if found is None else found[0].unit
        self.before: Stop | None = None if found is None else found[1]
        self.freed = dict(self.routes)
        if self.source is not None:
            bare = _without(self.routes[self.source], name)
            self.freed[self.source] = self._replanned(self.source, bare, self._asked_of(bare)).routes
        self.cost = cost(problem, plan, self.facts)

    def put(self, move: Move) -> Effect:
        """Put the request where the move says."""
        if move.unit is None:
            return self._effect(move, self.request, self.freed)
        if move.unit not in self.routes:
            raise InvalidProblem("unit", f"unknown unit {move.unit!r}")
        early_s = self.request.earliest_s if move.from_s is None else move.from_s
        wish = replace(self.request, unit=None, start_s=None)
        if early_s > wish.latest_s:
            late = Violation("window", early_s - wish.latest_s, "s", move.unit, subject=wish.id)
            return Effect(move, wish, None, (late,))
        wish = replace(wish, earliest_s=max(wish.earliest_s, early_s))
        routes, broken = self._place(move.unit, wish)
        if routes is None:
            return Effect(move, wish, None, broken)
        return self._effect(move, self._held(move, routes), {**self.freed, move.unit: routes})

    def _place(self, name: str, wish: Request) -> tuple[Routes | None, tuple[Violation, ...]]:
        """Find the routes of a unit with the request in them; or what stands in the way."""
        unit = self.facts.units[name]
        misfits = list_misfits(self.facts, unit, wish)
        if misfits or not unit.shifts:
            return None, tuple(_misfit(unit, wish, misfits))
        own = self.freed[name]
        found = self._ask_desk(name, own, wish)
        if found is not None:
            return found, ()
        return _place_by_hand(self._alone(name, [*self._asked_of(own), wish]), own, wish)

    def _ask_desk(self, name: str, own: Routes, wish: Request) -> Routes | None:
        """Ask for the cheapest place at a desk of the unit alone; promises may be broken, at their price."""
        problem = self._alone(name, self._asked_of(own))
        plan = Plan(start_utc=problem.start_utc, routes=own)
        try:
            desk = Desk(problem, plan, settle=True, keep_promises=False)
            placed = desk.take(wish).find_cheapest()
        except NoPlan:
            return None
        is_whole = placed is not None and set(_served(own)) <= set(_served(placed.plan.routes))
        return placed.plan.routes if placed is not None and is_whole else None

    def _held(self, move: Move, routes: Routes) -> Request:
        """Return the request as the move leaves it: with this unit and, if a time was named, at its start."""
        start_s = None
        if move.from_s is not None:
            start_s = next(stop.start_s for stop in _stops(routes) if stop.request == move.request)
        return replace(self.request, unit=move.unit, start_s=start_s)

    def _alone(self, name: str, requests: Sequence[Request]) -> Problem:
        """Return the problem of one unit alone, with the plugs as all the others leave them."""
        uses = [
            (stop.plug, stop.start_s, stop.end_s)
            for unit, routes in self.freed.items()
            if unit != name
            for stop in _stops(routes)
            if stop.kind == "recharge" and stop.end_s > stop.start_s
        ]
        taken = {plug.id: [(a, b) for key, a, b in uses if key == plug.id] for plug in self.problem.plugs}
        unit = self.facts.units[name]
        # Plugs that are reserved for others are none of its business, unless it hangs at one already.
        mine = [p for p in self.problem.plugs if p.unit in (None, name) or p.id == unit.state.plug]
        plugs = tuple(
            replace(plug, unit=name if plug.unit else None, busy=_merged(plug, taken[plug.id]))
            for plug in mine
        )
        return replace(self.problem, units=(unit,), plugs=plugs, requests=tuple(requests))

    def _replanned(self, name: str, routes: Routes, requests: Sequence[Request]) -> Plan:
        problem = self._alone(name, requests)
        return rebase(problem, Plan(start_utc=problem.start_utc, routes=routes))

    def _asked_of(self, routes: Routes) -> list[Request]:
        return [self.facts.requests[name] for name in _served(routes)]

    def _effect(self, move: Move, held: Request, routes: dict[str, Routes]) -> Effect:
        """Put the routes together, have the judge look, and compare with what stood."""
        problem = self.problem.with_requests(
            held if request.id == held.id else request for request in self.problem.requests
        )
        plan = self._whole(problem, routes, move)
        found = violations(problem, plan)
        if found:
            return Effect(move, held, None, _first_first(found))
        touched = {name for name in (self.source, move.unit) if name is not None}
        after = {name: routes[name] for name in sorted(touched)}
        visits = [shift for name in after for shift in self._compare(name, after[name])]
        found_stop = plan.find_stop(held.id)
        stop = None if found_stop is None else found_stop[1]
        return Effect(
            move=move,
            request=held,
            plan=plan,
            cost=_difference(self.cost, plan.cost),
            moved=Shift(held.id, move.unit, _start(self.before), _start(stop), held.promise_s),
            shifted=tuple(shift for shift in visits if shift.request != held.id),
            lows=tuple(Low(name, _least(self.routes[name]), _least(after[name])) for name in after),
            stop=stop,
        )

    def _whole(self, problem: Problem, routes: dict[str, Routes], move: Move) -> Plan:
        missed = [told for told in self.plan.unserved if told.request != move.request]
        if move.unit is None:
            missed.append(Unserved(request=move.request, code="not_worth_it"))
        together = tuple(route for unit in problem.units for route in routes[unit.id])
        plan = Plan(start_utc=problem.start_utc, routes=together, unserved=tuple(missed))
        return replace(plan, cost=cost(problem, plan))

    def _compare(self, unit: str, after: Routes) -> Iterator[Shift]:
        """Find the requests of a unit whose visit begins at another time."""
        was = {stop.request: stop.start_s for stop in _stops(self.routes[unit]) if stop.request}
        for stop in _stops(after):
            if stop.request in was and was[stop.request] != stop.start_s:
                promise_s = self.facts.requests[stop.request].promise_s
                yield Shift(stop.request, unit, was[stop.request], stop.start_s, promise_s)


def _place_by_hand(
    alone: Problem, routes: Routes, wish: Request
) -> tuple[Routes | None, tuple[Violation, ...]]:
    """Put a request at every position as it is; take the cheapest that holds, or tell what is broken."""
    best: tuple[Milli, Routes] | None = None
    closest: tuple[Violation, ...] = ()
    facts = Facts(alone)
    for decided in _positions(routes, wish):
        plan = schedule(alone, Decisions(tuple(decided)), facts)
        found = _first_first(violations(alone, plan, facts))
        if not found and (best is None or plan.cost.total_milli < best[0]):
            best = plan.cost.total_milli, plan.routes
        elif found and (not closest or _ease(found[0]) < _ease(closest[0])):
            closest = found
    return (best[1], ()) if best else (None, closest)


def _positions(routes: Routes, wish: Request) -> Iterator[list[RouteDecisions]]:
    """List the decisions of a unit with the request at each position of each shift."""
    rows = [[step for stop in route.stops if (step := step_of(stop)) is not None] for route in routes]
    serve = Step("serve", wish.id)
    for day, row in enumerate(rows):
        for index in range(len(row) + 1):
            with_it = [*rows[:day], [*row[:index], serve, *row[index:]], *rows[day + 1 :]]
            yield [
                RouteDecisions(route.unit, route.shift, tuple(steps))
                for route, steps in zip(routes, with_it, strict=True)
            ]


def _misfit(unit: Unit, wish: Request, misfits: Sequence[Mismatch]) -> Iterator[Violation]:
    """Name what keeps a unit from a request at any time."""
    if not unit.shifts:
        yield Violation("shift", 1, "count", unit.id, subject=wish.id)
    for misfit in misfits:
        yield Violation(misfit.rule, misfit.amount, misfit.measure, unit.id, subject=wish.id)


def _first_first(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """Order what is broken: what is hardest to mend is told first."""
    return tuple(sorted(found, key=_ease, reverse=True))


def _ease(broken: Violation) -> tuple[int, int]:
    listed = broken.rule in EASIEST_FIRST
    rank = EASIEST_FIRST.index(broken.rule) if listed else len(EASIEST_FIRST) + RULES.index(broken.rule)
    return rank, broken.amount


def _without(routes: Routes, name: str) -> Routes:
    return tuple(
        replace(route, stops=tuple(stop for stop in route.stops if stop.request != name)) for route in routes
    )


def _stops(routes: Routes) -> Iterator[Stop]:
    return (stop for route in routes for stop in route.stops)


def _served(routes: Routes) -> list[str]:
    return [stop.request for stop in _stops(routes) if stop.request is not None]


def _merged(plug: Plug, taken: Iterable[tuple[Seconds, Seconds]]) -> tuple[tuple[Seconds, Seconds], ...]:
    """Return the use of a plug in order, what overlaps as one."""
    merged: list[tuple[Seconds, Seconds]] = []
    for begin, end in sorted((*plug.busy, *taken)):
        if merged and begin < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((begin, end))
    return tuple(merged)


def _start(stop: Stop | None) -> Seconds | None:
    return None if stop is None else stop.start_s


def _least(routes: Routes) -> WattHours:
    return min((min(stop.pack_before_wh, stop.pack_after_wh) for stop in _stops(routes)), default=0)


def _difference(before: Cost, after: Cost) -> Cost:
    names = Goals.__slots__
    goals = Goals(**{name: getattr(after.goals, name) - getattr(before.goals, name) for name in names})
    return Cost(total_milli=goals.total(), goals=goals)

"""How long a quote takes at a desk that stands: one window and eight, in plans with 570 and 5,700 stops.

All windows are looked at, the three cheapest places are proven by the judge. What opening the desk takes,
once for a plan, stands beside it.

A plan of that size is a plan of `std` as many times as it takes, side by side: each copy has its own units,
plugs and requests at the same places, so that every quote looks at all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from random import Random
from statistics import quantiles
from time import perf_counter

from routing.desk import Desk
from routing.model.plan import Plan, Route, Stop
from routing.model.problem import Problem, Request
from tests.bench import ours, sets
from tests.bench.journal import About, Journal, Line, make_table, say
from tests.bench.peers.common import Terms

METRICS = ("p50_ms", "p99_ms", "offered", "stops", "open_ms")
WINDOW_S = 3600


@dataclass(frozen=True, slots=True)
class Scope:
    """How many stops, how many windows, how many quotes of each."""

    case: str = "std"
    stops: tuple[int, ...] = (570, 5_700)
    windows: tuple[int, ...] = (1, 8)
    quotes: int = 300
    plan_s: float = 30.0
    seed: int = 1


def repeat(problem: Problem, plan: Plan, times: int) -> tuple[Problem, Plan]:
    """Return a problem and its plan as many times side by side."""
    units, plugs, requests, routes, missed = [], [], [], [], []
    for copy in range(times):

        def name(text: str, copy: int = copy) -> str:
            return f"{text}~{copy}"

        units += [
            replace(u, id=name(u.id), state=replace(u.state, plug=u.state.plug and name(u.state.plug)))
            for u in problem.units
        ]
        plugs += [replace(p, id=name(p.id), unit=p.unit and name(p.unit)) for p in problem.plugs]
        requests += [replace(r, id=name(r.id), unit=r.unit and name(r.unit)) for r in problem.requests]
        routes += [_named(route, name) for route in plan.routes]
        missed += [replace(one, request=name(one.request)) for one in plan.unserved]
    larger = replace(problem, units=tuple(units), plugs=tuple(plugs), requests=tuple(requests))
    return larger, replace(plan, routes=tuple(routes), unserved=tuple(missed))


def _named(route: Route, name) -> Route:
    def rename(stop: Stop) -> Stop:
        return replace(stop, request=stop.request and name(stop.request), plug=stop.plug and name(stop.plug))

    return replace(route, unit=name(route.unit), stops=tuple(map(rename, route.stops)))


def list_wishes(problem: Problem, count: int, seed: int) -> Iterator[Request]:
    """Ask like one of the requests of the problem, elsewhere."""
    dice = Random(seed)
    for number in range(count):
        like, there = dice.choice(problem.requests), dice.choice(problem.requests)
        yield replace(
            like,
            id=f"wish{number}",
            place=there.place,
            promise_s=None,
            previous_unit=None,
            unit=None,
            start_s=None,
            finish_by_s=None,
        )


def list_windows(wish: Request, count: int) -> list[tuple[int, int]]:
    """Return one window after the other, from the wish's own on."""
    if count == 1:
        return [(wish.earliest_s, wish.latest_s)]
    firsts = (wish.earliest_s + number * WINDOW_S for number in range(count))
    return [(first, first + WINDOW_S) for first in firsts]


def measure(scope: Scope) -> list[Line]:
    """Run the bench on a frozen set."""
    journal, benchmark = Journal("quotes"), sets.find_hash()
    problem = sets.load_problem(scope.case, scope.seed)
    say(f"planning {scope.case}/{scope.seed}, {scope.plan_s:g} s")
    plan = ours.solve(problem, Terms(scope.plan_s, scope.seed))
    for stops in scope.stops:
        larger, wide = repeat(problem, plan, ceil(stops / max(1, count_stops(plan))))
        for windows in scope.windows:
            note_quotes(journal, scope, (larger, wide), windows, benchmark)
    return journal.lines


def count_stops(plan: Plan) -> int:
    return sum(stop.kind != "hold" for _, stop in plan.iterate_stops())


def note_quotes(
    journal: Journal, scope: Scope, running: tuple[Problem, Plan], windows: int, benchmark: str
) -> None:
    """Ask many times and write down how long it took."""
    problem, plan = running
    begun = perf_counter()
    desk = Desk(problem, plan)
    open_ms = (perf_counter() - begun) * 1000
    wishes = list(list_wishes(problem, scope.quotes + 3, scope.seed))
    for warm in wishes[:3]:
        desk.list_places(warm, list_windows(warm, windows))
    times: list[float] = []
    offered = 0
    for wish in wishes[3:]:
        asked_for = list_windows(wish, windows)
        begun = perf_counter()
        offered += bool(desk.list_places(wish, asked_for))
        times.append((perf_counter() - begun) * 1000)
    cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
    stops = count_stops(plan)
    figures = {
        "p50_ms": (cuts[49], "ms"),
        "p99_ms": (cuts[98], "ms"),
        "offered": (100 * offered / len(times), "%"),
        "stops": (stops, ""),
        "open_ms": (open_ms, "ms"),
    }
    case = f"{stops} stops, {windows} window{'s' if windows > 1 else ''}"
    journal.note(case, "voltrun", figures, About(sum(times) / 1000, scope.seed, benchmark, n=len(times)))
    say(f"{case}: p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms over {len(times)}")


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)


def quick(scope: Scope) -> Scope:
    """Return less time for the same sizes."""
    return replace(scope, quotes=20, plan_s=5.0)

"""A day that becomes known bit by bit: re-planned every minute, and only inserted into, beside hindsight.

Nothing goes otherwise than planned; all that is hard is that most people ask less than an hour ahead. Every
minute what has begun is over with, who asks is heard, and the plan is improved with what is about to leave
locked. At the end the day as it was driven is judged and priced as one plan of the whole problem; hindsight
is the best of several long solves of that problem.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic

from routing.evaluation import cost, violations
from routing.evaluation.cost import unserved_milli
from routing.linger import linger
from routing.model.plan import Plan, Route, Stop, Unserved
from routing.model.problem import Problem, Request
from routing.model.rules import Violation
from routing.quote import place_request
from routing.reoptimise import Budget, rebase, reoptimise
from routing.roll import roll_forward
from routing.simulation.benchmarks.frozen import build_benchmark
from routing.simulation.policies import lock
from tests.bench import ours, sets
from tests.bench.journal import About, Journal, Line, make_table, say
from tests.bench.peers.common import Terms

METRICS = ("cost", "served", "over_hindsight", "closed", "moved_locks", "broken")
MINUTE_S = 60
ROUNDED_S = 2
"""A pack looked at in the middle of a recharge holds up to a watt-hour more than was told."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which days, how long each re-plan takes, and how long hindsight."""

    cases: tuple[str, ...] = ("std",)
    seeds: tuple[int, ...] = (1,)
    replan_s: float = 0.5
    long_s: float = 600.0
    tries: int = 3


@dataclass(slots=True)
class Day:
    """A day under way: the problem and the plan as they are now, and what has been driven."""

    problem: Problem
    plan: Plan
    driven: dict[tuple[str, str], list[Stop]] = field(default_factory=dict)
    moved_locks: int = 0

    def go_on(self, now_s: int) -> None:
        """Let a minute go by as planned."""
        charging: list[tuple[str, str]] = []
        for route in self.plan.routes:
            begun = list(_begun(route, now_s))
            self.driven.setdefault((route.unit, route.shift), []).extend(begun)
            if begun and begun[-1].kind == "recharge" and len(begun) < len(route.stops):
                charging += [(route.unit, route.shift)] if route.stops[len(begun) - 1].end_s > now_s else []
        self.problem, self.plan = roll_forward(self.problem, self.plan, now_s)
        # What a recharge under way has given is told by the state in which it leaves its unit.
        packs = {unit.id: unit.state.energy_wh for unit in self.problem.units}
        for key in charging:
            stop, pack_wh = self.driven[key][-1], packs[key[0]]
            given_wh = pack_wh - stop.pack_before_wh
            self.driven[key][-1] = replace(stop, energy_wh=given_wh, pack_after_wh=pack_wh)

    def as_driven(self, whole: Problem) -> Plan:
        """Return the day as one plan of the whole problem."""
        rest = {(route.unit, route.shift): route.stops for route in self.plan.routes}
        routes = []
        for unit in whole.units:
            for shift in unit.shifts:
                key = (unit.id, shift.id)
                stops = _once_home(whole, [*self.driven.get(key, ()), *rest.get(key, ())])
                driven = _at_home(list(_in_one(stops)), shift.end_s)
                routes.append(Route(unit=unit.id, shift=shift.id, stops=driven))
        served = {stop.request for route in routes for stop in route.stops}
        left = (request.id for request in whole.requests if request.id not in served)
        missed = tuple(Unserved(request=name, code="fleet_saturated") for name in left)
        plan = Plan(start_utc=whole.start_utc, routes=tuple(routes), unserved=missed)
        return replace(plan, cost=cost(whole, plan))


def _begun(route: Route, now_s: int) -> Iterator[Stop]:
    """List the stops of a route that are begun by then; a recharge under way ends there for now."""
    for stop in route.stops:
        if stop.depart_s >= now_s:
            return
        if stop.kind == "recharge" and stop.end_s > now_s:
            yield replace(stop, end_s=max(now_s, stop.start_s))
            return
        yield stop


def _once_home(whole: Problem, stops: list[Stop]) -> Iterator[Stop]:
    """A way home from which a unit was called away again was a way to a plug at which nothing flowed."""
    plugs = {plug.place: plug.id for plug in whole.plugs}
    for stop in stops[:-1]:
        if stop.kind == "hold":
            there = replace(stop, kind="recharge", plug=plugs.get(stop.place), end_s=stop.start_s)
            yield there
        else:
            yield stop
    yield from stops[-1:]


def _at_home(stops: list[Stop], end_s: int) -> tuple[Stop, ...]:
    """A shift that ends beside a plug at home ends there."""
    last = stops[-1]
    if last.kind == "hold":
        return tuple(stops)
    stays_s = max(last.end_s, end_s)
    home = Stop(
        kind="hold",
        place=last.place,
        depart_s=last.end_s,
        arrive_s=last.end_s,
        start_s=last.end_s,
        end_s=stays_s,
        pack_before_wh=last.pack_after_wh,
        pack_after_wh=last.pack_after_wh,
    )
    return (*stops, home)


def list_broken(whole: Problem, plan: Plan) -> list[Violation]:
    """List what the judge finds but for the rounding of recharges that were looked at minute by minute."""
    found = violations(whole, plan)
    return [one for one in found if one.rule != "recharge_power" or one.amount > ROUNDED_S]


def _in_one(stops: Iterable[Stop]) -> Iterator[Stop]:
    """Put the minutes of a recharge together again."""
    kept: Stop | None = None
    for stop in stops:
        same = kept is not None and kept.kind == stop.kind == "recharge" and kept.plug == stop.plug
        if kept is not None and same and kept.end_s == stop.start_s:
            energy_wh = kept.energy_wh + stop.energy_wh
            kept = replace(kept, end_s=stop.end_s, energy_wh=energy_wh, pack_after_wh=stop.pack_after_wh)
            continue
        if kept is not None:
            yield kept
        kept = stop
    if kept is not None:
        yield kept


type Decide = Callable[[Day, list[Request]], None]


def insert(day: Day, heard: list[Request]) -> None:
    """Put everybody at the best place in the plan, once; who does not pay is refused for good."""
    for request in heard:
        placed = place_request(day.problem, day.plan, request)
        price = unserved_milli(day.problem.weights, request)
        if placed is not None and placed.marginal_milli < price:
            day.problem = day.problem.with_requests((*day.problem.requests, request))
            day.plan = placed.plan


def improve(seconds: float, seed: int) -> Decide:
    """Return what plans anew every minute, with all that is still open."""

    def decide(day: Day, heard: list[Request]) -> None:
        asked = day.problem.with_requests((*day.problem.requests, *heard))
        if not asked.requests:
            return
        locked = _told(lock(asked, day.plan))
        held = {request.id: request.unit for request in locked.requests if request.unit is not None}
        plan = reoptimise(locked, day.plan, Budget(seconds=seconds, seed=seed))
        comes = {stop.request: route.unit for route, stop in plan.iterate_stops()}
        day.moved_locks += sum(comes.get(name) != unit for name, unit in held.items())
        day.problem, day.plan = asked, plan

    return decide


def _told(locked: Problem) -> Problem:
    """Whoever has been told a unit is not dropped for somebody who pays better."""
    return locked.with_requests(
        request if request.unit is None else replace(request, previous_unit=request.unit)
        for request in locked.requests
    )


def live_through(problem: Problem, known_s: Mapping[str, int], decide: Decide) -> Day:
    """Live through a day; the planner knows nobody before they ask."""
    asked = sorted(problem.requests, key=lambda r: (known_s[r.id], r.id))
    nobody = problem.with_requests(())
    day = Day(nobody, rebase(nobody, None))
    last_s = max(max(known_s.values()), max(r.latest_s for r in asked))
    for now_s in range(problem.now_s, last_s + MINUTE_S, MINUTE_S):
        if now_s > problem.now_s:
            day.go_on(now_s)
        heard = [request for request in asked if known_s[request.id] <= now_s]
        asked = asked[len(heard) :]
        decide(day, [request for request in heard if request.latest_s >= now_s])
        day.plan = linger(day.problem, day.plan)
    return day


def measure(scope: Scope) -> list[Line]:
    """Run the bench on the frozen sets."""
    journal = Journal("dynamic")
    for case in scope.cases:
        for seed in scope.seeds:
            measure_day(journal, scope, case, seed)
    return journal.lines


def measure_day(journal: Journal, scope: Scope, case: str, seed: int) -> None:
    """One day: hindsight, insertion alone, and every minute."""
    benchmark = build_benchmark(case, seed)
    whole, known_s = benchmark.problem, benchmark.known_s
    runs = {"insertion": insert, "voltrun": improve(scope.replan_s, seed)}
    hindsight = min(
        ours.solve(whole, Terms(scope.long_s, seed * 100 + number)).cost.total_milli
        for number in range(scope.tries)
    )
    costs: dict[str, int] = {}
    for system, decide in runs.items():
        begun = monotonic()
        day = live_through(whole, known_s, decide)
        plan = day.as_driven(whole)
        costs[system] = plan.cost.total_milli
        far, near = costs["insertion"] - hindsight, plan.cost.total_milli - hindsight
        figures = {
            "cost": (plan.cost.total_milli / 1000, "EUR"),
            "served": (len(whole.requests) - len(plan.unserved), ""),
            "over_hindsight": (plan.cost.total_milli / hindsight, ""),
            "closed": (1 - near / far if far > 0 else 1.0, ""),
            "moved_locks": (day.moved_locks, ""),
            "broken": (len(list_broken(whole, plan)), ""),
        }
        about = About(monotonic() - begun, seed, sets.find_hash())
        journal.note(f"{case}, {scope.replan_s:g} s a minute", system, figures, about)
        say(f"{case}/{seed} {system}: " + ", ".join(f"{k} {v:.3f}" for k, (v, _) in figures.items()))


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)


def quick(scope: Scope) -> Scope:
    """Return less time for the same sizes."""
    return replace(scope, replan_s=0.1, long_s=20.0, tries=1)

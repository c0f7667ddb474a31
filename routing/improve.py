"""One run of improvement: several compiled searches, the choice across units, and what is told meanwhile."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic
from typing import Final

from routing.evaluation import schedule
from routing.evaluation.decisions import Decisions
from routing.few_changes import FewChanges
from routing.model.errors import NoPlan
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem, Request
from routing.search.build import fleet_from
from routing.search.clock import Clock
from routing.search.compiled.engine import Entry, Field, Search
from routing.search.fill import most_urgent_first
from routing.settling import judged, settle
from routing.solver.master import Column, Limits, choose_columns

HOT: Final = 10_000.0
COLD: Final = 1_000.0
"""Temperatures in thousandths of the currency: about a half and a twentieth of what a visit costs. Colder,
and nobody is ever given up for somebody else: on `std` two of a hundred more go unserved."""
WARM: Final = 3_000.0
"""Where the search begins when it begins from a plan that runs."""
FROZEN: Final = 100.0
"""For what is polished after the choice."""

SEARCH_SHARE: Final = 0.85
"""So much of the time is searched; then is chosen across units, and the choice polished."""
MEETINGS: Final = 6
"""How often several searches go on from the best of them."""
STEPS_AFTER: Final = 0.1
"""With iterations: so many more, of those wanted, after the choice."""


class Improvement:
    """Searches over one problem; knows its best, tells of it, never returns worse than the start."""

    def __init__(
        self, problem: Problem, plan: Plan | None, seed: int = 0, threads: int = 1, *, fill: bool = True
    ) -> None:
        self.problem, self.seed = problem, seed
        self.fleet = fleet = fleet_from(problem, plan)
        self.facts = fleet.facts
        self.field = Field(fleet)
        self.searches = [Search(self.field, seed * 1_000 + number) for number in range(max(1, threads))]
        first = self.searches[0]
        if not first.load(self.field.laid_by(fleet)):
            raise NoPlan("the running plan does not hold in the compiled search")
        if fill:
            first.fill(self._order(fleet.open.values()))
        for other in self.searches[1:]:
            other.go_on_from(first)
        self.offered: list[Search] = []
        self.is_running = plan is not None

    def _order(self, requests: Iterable[Request]) -> list[int]:
        return [self.field.index.requests[request.id] for request in most_urgent_first(requests)]

    @property
    def best(self) -> Search:
        """The search with the best routes."""
        return min(self.searches, key=Search.milli)

    def offer(self, plan: Plan) -> None:
        """Take over another plan's routes, for the choice and as the best if it is."""
        fleet = fleet_from(self.problem, plan)
        other = Search(self.field, self.seed)
        if other.load(self.field.laid_by(fleet)):
            other.fill(self._order(fleet.open.values()))
            self.offered.append(other)
            if other.milli() < self.best.milli():
                self.searches[0].go_on_from(other)

    def search(self, clock: Clock, tell: Callable[[], None], until: float) -> None:
        """Search until so much of the run is over; several searches meet now and then."""
        hot = WARM if self.is_running else HOT
        meeting = 1
        with ThreadPoolExecutor(len(self.searches)) as pool:
            while (progress := clock.progress()) < until:
                steps = clock.next_chunk()
                heat = FROZEN if until >= 1.0 else hot * (COLD / hot) ** (progress / until)
                begun = monotonic()
                list(pool.map(lambda search: search.improve(steps, heat, heat), self.searches))  # noqa: B023
                clock.note(steps, monotonic() - begun)
                if progress * MEETINGS >= meeting:
                    meeting += 1
                    self._meet()
                tell()

    def change_few(self, plan: Plan, others: int, clock: Clock, tell: Callable[[], None]) -> None:
        """Answer an event: besides the units it is about so many others change, not more."""
        few = FewChanges(self.fleet, self.field, plan, self._order(self.fleet.open.values()), self.seed)
        self.searches = [few.best]
        few.search(others, clock, tell)

    def polish(self, clock: Clock, tell: Callable[[], None]) -> None:
        """Search on from the best, cold, in the time that is left; with iterations, so many more."""
        for other in self.searches:
            other.go_on_from(self.best)
        if clock.iterations is not None:
            steps = int(clock.iterations * STEPS_AFTER)
            self.searches[0].improve(steps, FROZEN, FROZEN)
            return
        self.search(clock, tell, 1.0)

    def _meet(self) -> None:
        best = self.best
        for other in self.searches:
            if other is not best and other.milli() > best.milli():
                other.go_on_from(best)

    def choose_across_units(self, clock: Clock) -> None:
        """Let CP-SAT choose one route a unit out of all that were good once."""
        left_s = clock.left_s()
        limits = Limits(None if left_s is None else left_s * 0.6, self.seed)
        if limits.seconds is not None and limits.seconds < 0.1:
            return
        entries = list(self._entries())
        chosen = choose_columns(self._columns(entries), self._prices(), self._incumbent(entries), limits)
        if chosen is None:
            return
        names = self.field.index.units
        laid = {names[entries[index].unit]: entries[index].laid for index in chosen}
        combined = Search(self.field, self.seed + 7)
        if not combined.load(laid):
            return
        combined.fill(self._order(self.problem.requests))
        if combined.milli() < self.best.milli():
            self.searches[0].go_on_from(combined)

    def _entries(self) -> Iterable[Entry]:
        """List routes from all pools, each once; the best's are among them."""
        seen: set[tuple[int, tuple[int, ...], int]] = set()
        self.best.go_on_from(self.best)
        for search in (*self.searches, *self.offered):
            for entry in search.entries():
                key = (entry.unit, tuple(node for node, _, _ in entry.laid.row), entry.milli)
                if key not in seen:
                    seen.add(key)
                    yield entry

    def _columns(self, entries: list[Entry]) -> list[Column]:
        names, requests, plugs = self.field.index.units, self.problem.requests, self.problem.plugs
        return [
            Column(
                names[entry.unit],
                entry.milli,
                frozenset(requests[number].id for number in entry.requests),
                tuple((plugs[plug].id, begin_s, end_s) for plug, begin_s, end_s in entry.laid.uses),
            )
            for entry in entries
        ]

    def _prices(self) -> dict[str, int]:
        prices = self.field.tables.node["price"]
        return {request.id: int(prices[i]) for i, request in enumerate(self.problem.requests)}

    def _incumbent(self, entries: list[Entry]) -> list[int]:
        wanted = self.best.rows()
        names = self.field.index.units
        found: dict[str, int] = {}
        for index, entry in enumerate(entries):
            if entry.laid.row == wanted[names[entry.unit]]:
                found[names[entry.unit]] = index
        return list(found.values())

    def plan(self) -> Plan:
        """Return the plan of the best routes, judged; why somebody is not served is not looked for.

        Raises
        ------
        NoPlan
            When the judge finds anything in it.
        """
        return self._judged(self.draft())

    def draft(self) -> Plan:
        """Return that plan before it is judged."""
        rows = self.best.rows()
        routes = [part for name, row in rows.items() for part in self.field.decisions_of(name, row)]
        served = {step.subject for route in routes for step in route.steps if step.kind == "serve"}
        left = (request for request in self.problem.requests if request.id not in served)
        missed = tuple(Unserved(request=request.id, code="fleet_saturated") for request in left)
        return schedule(self.problem, Decisions(tuple(routes), missed), self.facts)

    def find_plan(self) -> Plan | None:
        """Find the plan of the best routes; None when the judge refuses it."""
        try:
            return self.plan()
        except NoPlan:
            return None

    def find_settled(self, plan: Plan) -> Plan | None:
        """Find the settled plan; None when the judge refuses it."""
        try:
            return self.settled(plan)
        except NoPlan:
            return None

    def settled(self, plan: Plan) -> Plan:
        """Return the plan with packs filled in waits and the reasons of who is not served.

        Raises
        ------
        NoPlan
            When the judge finds anything in it.
        """
        settled = settle(fleet_from(self.problem, plan))
        # Packs filled elsewhere may give a plug free sooner: what is told is what a rebase would tell.
        settled = settle(fleet_from(self.problem, settled))
        if settled.cost.total_milli > plan.cost.total_milli:
            known = {missed.request: missed for missed in settled.unserved}
            settled = replace(plan, unserved=tuple(known.get(one.request, one) for one in plan.unserved))
        return self._judged(settled)

    def _judged(self, plan: Plan) -> Plan:
        return judged(self.problem, plan, self.fleet)

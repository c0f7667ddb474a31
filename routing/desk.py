"""The desk: a running plan that answers one wish after the other with proven places."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Literal

from routing.evaluation import violations
from routing.evaluation.decisions import RouteDecisions
from routing.evaluation.facts import Facts
from routing.evaluation.one_unit import Standing
from routing.evaluation.schedule import schedule_unit
from routing.evaluation.spur import Spur
from routing.evaluation.violations import judge_unit
from routing.model.errors import NoPlan, TravelUnavailable
from routing.model.place import Place
from routing.model.plan import Plan, Stop
from routing.model.problem import Problem, Request, Unit
from routing.model.rules import Violation
from routing.model.units import Milli, Seconds
from routing.search.build import fleet_from, plan_from, walk_one
from routing.search.diagnosis import Diagnosis, Looks, UnitMiss, diagnose, diagnose_unit, miss_ever
from routing.search.fill import fill, most_urgent_first
from routing.search.fleet import Fleet
from routing.search.ground import Ground
from routing.search.near import Nearby
from routing.search.slot import Found, Slot
from routing.search.top_up import top_up
from routing.search.tour import Item, Tour
from routing.search.walk import walk

type Kind = Literal["asap", "slot"]

type Decided = tuple[RouteDecisions, ...]
"""What one unit does, a row for each of its shifts; empty: nobody comes."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A proven place for a request.

    Attributes
    ----------
    plan
        The whole plan with it, judged.
    request
        As it was placed: a slot begins later than was asked.
    unit, stop
        Who comes, and the visit.
    arrive_s, ready_s
        When the visit begins (this is what is promised) and ends.
    marginal_milli
        What it adds to the cost of the plan, what it does to later stops included.
    """

    plan: Plan
    request: Request
    unit: str
    stop: Stop
    arrive_s: Seconds
    ready_s: Seconds
    marginal_milli: Milli
    kind: Kind


class Desk:
    """A running plan, ready for one more request; not for two threads at once.

    What is found is proven by the judge's reading of the one route that changes.

    Parameters
    ----------
    without
        A request that is asked anew, should the plan have it already.
    settle
        Whether packs are filled up around each place, as they are when a plan is made.
    keep_promises
        Whether no promise may get worse; else it costs what it costs.

    Raises
    ------
    TravelUnavailable
        When the problem has no travel times.
    NoPlan
        When the plan as it stands does not pass the judge.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        *,
        without: str | None = None,
        settle: bool = False,
        keep_promises: bool = True,
    ) -> None:
        if not problem.travel.profiles and problem.units:
            raise TravelUnavailable("the problem has no travel times inline")
        if any(request.id == without for request in problem.requests):
            problem = problem.with_requests(r for r in problem.requests if r.id != without)
        self.problem, self.settle, self.keep_promises = problem, settle, keep_promises
        self.fleet = fleet_from(problem, plan)
        had = {stop.request for _, stop in plan.iterate_stops()}
        lost = [request for request in self.fleet.open.values() if request.id in had]
        fill(self.fleet, most_urgent_first(lost))
        told = {missed.request: missed for missed in plan.unserved}
        unserved = tuple(told[name] for name in self.fleet.open if name in told)
        standing = plan_from(self.fleet, unserved)
        if not settle:
            _hold(violations(problem, standing, self.fleet.facts))
        self._lay_out(standing)

    def _lay_out(self, plan: Plan) -> None:
        self.slot = Slot(self.fleet, keep_promises=self.keep_promises) if self.fleet.tours else None
        self.standing = Standing(self.fleet.facts, plan)
        self.nearby = Nearby(self.problem, plan)

    def renewed(self, problem: Problem, plan: Plan, unit: str) -> "Desk":
        """Open a desk for a plan that differs in the routes of one unit, and in whom it serves.

        What is known of all others is taken over; the unit alone is walked and judged.

        Raises
        ------
        NoPlan
            When what the unit does does not hold.
        """
        before, facts = self.fleet, self.fleet.facts.renewed(problem, unit)
        twin = copy(self)
        twin.problem = problem
        grounds = {
            known.id: Ground(facts, known) if known.id == unit else before.grounds[known.id].wished(facts)
            for known in problem.units
            if known.shifts
        }
        twin.fleet = Fleet(facts, grounds, before.tours)
        if unit in grounds:
            tour = twin.fleet.tours[unit] = walk_one(twin.fleet, plan, unit)
            routes = schedule_unit(facts, facts.units[unit], tuple(grounds[unit].decisions(tour)))
            plan = Standing(facts, plan).with_routes(facts, facts.units[unit], routes)
        twin.fleet.tours = {name: twin.fleet.tours[name] for name in grounds}
        twin.fleet.find_open()
        _hold(list(judge_unit(facts, facts.units[unit], plan)))
        twin._lay_out(plan)  # noqa: SLF001 - a copy of this
        return twin

    def knows(self, place: str) -> bool:
        """Say whether the problem has a place."""
        return place in self.nearby.places

    def list_near(self, place: Place, count: int) -> list[Place]:
        """List the places whose ways to and from a new one are worth asking for."""
        return self.nearby.list_near(place, count)

    def take(self, request: Request, spur: Spur | None = None) -> "Asked":
        """Take a wish at a place of the problem, or at the end of a spur; it counts until the next."""
        return Asked(self, request, spur)

    def list_places(
        self,
        request: Request,
        windows: Sequence[tuple[Seconds, Seconds]],
        count: int = 3,
        spur: Spur | None = None,
    ) -> list[Placement]:
        """Look for the cheapest place in each window; return the best few, proven, in the order of time."""
        asked = self.take(request, spur)
        found = [(window, asked.look_between(*window)) for window in windows]
        there = [(window, spot) for window, spot in found if spot is not None]
        best = sorted(there, key=lambda pair: (pair[1].added_milli, pair[0]))[:count]
        return [asked.prove_between(*pair) for pair in sorted(best, key=lambda pair: pair[0])]


class Asked:
    """A wish at the desk."""

    def __init__(self, desk: Desk, request: Request, spur: Spur | None) -> None:
        self.desk, self.request, self.spur = desk, request, spur
        if desk.slot is None:
            self.facts = desk.fleet.facts.wished(request, spur)
        else:
            self.facts = desk.slot.take(request, spur)

    def again(self, request: Request) -> "Asked":
        """Ask for something else at the same place."""
        return Asked(self.desk, request, self.spur)

    def find_soonest(self, kind: Kind = "asap") -> Placement | None:
        """Find where it is served first; of the same minute where it costs least."""
        found = self.look_soonest()
        return self.prove(found, kind) if found else None

    def find_cheapest(self) -> Placement | None:
        """Find where it costs least, what it does to later stops included."""
        found = self._slot.find_cheapest() if self._slot else None
        return self.prove(found) if found else None

    def find_between(self, earliest_s: Seconds, latest_s: Seconds) -> Placement | None:
        """Find where it costs least in a window of its own; the wait for it costs nothing."""
        found = self.look_between(earliest_s, latest_s)
        return self.prove_between((earliest_s, latest_s), found) if found else None

    def look_between(self, earliest_s: Seconds, latest_s: Seconds) -> Found | None:
        """Look for that place; it is still to be proven."""
        return self._slot.find_between(earliest_s, latest_s) if self._slot else None

    def look_soonest(self) -> Found | None:
        """Look for where it is served first; it is still to be proven."""
        return self._slot.find_soonest() if self._slot else None

    def bind(self, unit: str) -> bool:
        """From here on, look at one unit alone; False when it has no shift."""
        is_known = self._slot is not None and unit in self._slot.numbers
        if is_known and self._slot is not None:
            self._slot.bind(unit)
        return is_known

    def prove(self, found: Found, kind: Kind = "asap") -> Placement:
        """Prove a place that was found."""
        return self._prove(self._decide(found), self.request, kind)

    def prove_between(self, window: tuple[Seconds, Seconds], found: Found) -> Placement:
        """Prove a place that was found in a window."""
        earliest_s, latest_s = window
        request = replace(self.request, earliest_s=earliest_s, latest_s=latest_s, wait_milli_per_h=0)
        return self._prove(self._decide(found), request, "slot")

    def diagnose(self) -> Diagnosis:
        """Say why nobody can come."""
        return diagnose(self.facts, self.request, self._looks())

    def ask(self, unit: Unit) -> Found | UnitMiss:
        """Ask one unit alone: where it would come at the least cost, or the first rule in its way.

        From here on it alone is looked at; see `bind`.
        """
        never = miss_ever(self.facts, unit, self.request)
        if never is not None:
            return never
        self.bind(unit.id)
        found = self._slot.find_cheapest() if self._slot else None
        return found or diagnose_unit(self.facts, unit, self.request, self._looks())

    def _looks(self) -> Looks | None:
        return self._slot.look() if self._slot else None

    @property
    def _slot(self) -> Slot | None:
        return self.desk.slot

    def _decide(self, found: Found | None) -> Decided:
        return () if found is None or self._slot is None else self._slot.decide(found)

    def _settle(self, facts: Facts, decided: Decided) -> Decided:
        """Fill packs up in the waits of the unit, and for the evening."""
        fleet, name = self.desk.fleet.wished(facts), decided[0].unit
        ground = fleet.grounds[name]
        days = tuple(tuple(Item(step.kind, step.subject) for step in day.steps) for day in decided)
        outcome = walk(ground, days, fleet.calendar_for(name))
        if not isinstance(outcome, Tour):
            return decided
        fleet.tours[name] = outcome
        return tuple(ground.decisions(top_up(fleet, name)))

    def _prove(self, decided: Decided, request: Request, kind: Kind) -> Placement:
        """Let the judge read the routes of the unit that comes, and who shares its plugs."""
        standing = self.desk.standing
        facts = self.facts if request is self.request else standing.facts.wished(request, self.spur)
        unit = facts.units[decided[0].unit]
        days = self._settle(facts, decided) if self.desk.settle else decided
        routes = schedule_unit(facts, unit, days)
        plan = standing.with_routes(facts, unit, routes)
        # A desk that answers one wish alone judges its plan once, at the end.
        if self.desk.settle:
            _hold(violations(self.desk.problem, plan, facts))
        else:
            _hold(standing.violations(facts, unit, routes, request.id))
        stop = next(stop for route in routes for stop in route.stops if stop.request == request.id)
        marginal = plan.cost.total_milli - standing.plan.cost.total_milli
        return Placement(plan, request, unit.id, stop, stop.start_s, stop.end_s, marginal, kind)


def _hold(found: Sequence[Violation]) -> None:
    if found:
        raise NoPlan(f"the judge refuses an offer: {found[0]}")

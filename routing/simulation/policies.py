"""Three ways to run a fleet: send the nearest, insert once, or insert and go on improving.

- `nearest`: whoever can be there first after all it has to do already; never between two stops.
- `insertion`: the best place in the running plan, which is then left as it is.
- `live`: the same, and every minute the whole plan is improved; what a driver has been told stays. Others
  make room for who would be refused, visits are made sooner than their price says, units wait where they are.
"""

from dataclasses import dataclass, replace
from typing import Literal, Protocol

from routing.linger import linger
from routing.model.plan import Plan
from routing.model.problem import Problem, Request
from routing.model.units import Seconds
from routing.quote import Placement, place_request, quote
from routing.reoptimise import Budget, reoptimise
from routing.simulation.nearest import append_nearest

type PolicyName = Literal["live", "insertion", "nearest"]

MINUTE_S: Seconds = 60

SOON_S: Seconds = 1_500
"""Others are moved for who would wait longer, and only if it is no longer then."""

HASTE = 2
"""So many times its price does a wait count while a plan is improved: what is done is out of the way of those
who have not asked yet. Without, a plan uses up every minute that it was given."""

FREEZE_S: Seconds = 300
"""Who sets out within this time has told the driver: the stop stays with its unit."""


class Policy(Protocol):
    """How a fleet is run."""

    @property
    def improves(self) -> bool:
        """Say whether it improves the plan every minute."""
        ...

    def offer(self, problem: Problem, plan: Plan, request: Request) -> Placement | None:
        """Return what the driver is offered, None to refuse."""
        ...

    def improve(self, problem: Problem, plan: Plan) -> Plan:
        """Return the plan that runs on; called every minute."""
        ...

    def wait(self, problem: Problem, plan: Plan) -> Plan:
        """Return the plan with units waiting where they should for what nobody has asked yet."""
        ...


def is_now(request: Request, at_s: Seconds) -> bool:
    """Say whether somebody who asks then waits beside the car: the earliest arrival is wanted."""
    return request.earliest_s <= at_s + MINUTE_S


@dataclass(frozen=True, slots=True)
class Insertion:
    """Answer with the best place in the plan; change nothing else."""

    @property
    def improves(self) -> bool:
        """Not at all."""
        return False

    def offer(self, problem: Problem, plan: Plan, request: Request) -> Placement | None:
        """Insert: the soonest place for who waits, the cheapest for who books."""
        if not is_now(request, problem.now_s):
            placed = place_request(problem, plan, request)
            return placed and replace(placed, kind="slot")
        offers = quote(problem, plan, request, count=1).offers
        return offers[0] if offers else None

    def improve(self, problem: Problem, plan: Plan) -> Plan:
        """Leave the plan alone."""
        return plan

    def wait(self, problem: Problem, plan: Plan) -> Plan:
        """Wait at home."""
        return plan


@dataclass(frozen=True, slots=True)
class Nearest:
    """Send whoever can be there first after its other work."""

    @property
    def improves(self) -> bool:
        """Not at all."""
        return False

    def offer(self, problem: Problem, plan: Plan, request: Request) -> Placement | None:
        """Append."""
        return append_nearest(problem, plan, request)

    def improve(self, problem: Problem, plan: Plan) -> Plan:
        """Leave the plan alone."""
        return plan

    def wait(self, problem: Problem, plan: Plan) -> Plan:
        """Wait at home."""
        return plan


@dataclass(frozen=True, slots=True)
class Live(Insertion):
    """Insert, then improve with what is told locked."""

    budget: Budget

    @property
    def improves(self) -> bool:
        """Every minute."""
        return True

    def offer(self, problem: Problem, plan: Plan, request: Request) -> Placement | None:
        """Insert; where that is not soon, look whether others can make room without coming too late."""
        placed = Insertion.offer(self, problem, plan, request)
        soon_s = problem.now_s + SOON_S if is_now(request, problem.now_s) else request.latest_s
        if placed is not None and placed.arrive_s <= soon_s:
            return placed
        found = self._make_room(problem, plan, request, placed)
        return found if found is not None and found.arrive_s <= soon_s else placed

    def _make_room(
        self, problem: Problem, plan: Plan, request: Request, placed: Placement | None
    ) -> Placement | None:
        start = plan if placed is None else placed.plan
        asked = lock(problem.with_requests((*problem.requests, request)), start)
        found = reoptimise(asked, start, self.budget)
        visit = found.find_stop(request.id)
        hurt = found.cost.goals.promise > start.cost.goals.promise
        lost = {one.request for one in found.unserved} - {one.request for one in start.unserved}
        if visit is None or hurt or lost - {request.id}:
            return None
        route, stop = visit
        if placed is not None and stop.start_s + MINUTE_S > placed.arrive_s:
            return None
        added = found.cost.total_milli - plan.cost.total_milli
        kind: Literal["asap", "slot"] = "asap" if is_now(request, problem.now_s) else "slot"
        return Placement(found, request, route.unit, stop, stop.start_s, stop.end_s, added, kind)

    def improve(self, problem: Problem, plan: Plan) -> Plan:
        """Search from the running plan; the judge and the locks decide whether it replaces it."""
        locked = lock(problem, plan)
        hasty = (replace(r, wait_milli_per_h=HASTE * r.wait_milli_per_h) for r in locked.requests)
        return reoptimise(locked.with_requests(hasty), plan, self.budget)

    def wait(self, problem: Problem, plan: Plan) -> Plan:
        """Wait where the last visit was."""
        return linger(problem, plan)


def lock(problem: Problem, plan: Plan) -> Problem:
    """Return the problem with every request whose unit is about to set out locked to it."""
    until_s = problem.now_s + FREEZE_S
    soon = {stop.request: route.unit for route, stop in plan.iterate_stops() if stop.depart_s <= until_s}
    return problem.with_requests(
        replace(request, unit=soon[request.id]) if request.id in soon else request
        for request in problem.requests
    )


def make_policy(name: PolicyName, budget: Budget) -> Policy:
    """Return a policy by its name."""
    if name == "live":
        return Live(budget)
    return Insertion() if name == "insertion" else Nearest()

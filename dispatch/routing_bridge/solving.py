"""Ask the solver server for a better plan of an area; no lock is held meanwhile."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings

from dispatch.routing_bridge.ground import read_ground
from dispatch.routing_bridge.problem_from_db import build_problem
from dispatch.routing_bridge.running_plan import build_running_plan
from dispatch.routing_bridge.solver_server import SolverServer
from dispatch.routing_bridge.standing import learn_travel
from dispatch.routing_bridge.travel_book import BOOK
from routing.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the solver offers to publish; nothing when it had no judged plan in time."""

    plan: Plan | None


@cache
def get_server() -> SolverServer:
    """Return this worker's solver server."""
    return SolverServer(settings.VAR_DIR / "run")


CALM = {"request.booked", "request.cancelled", "eta.drifted", "charge.drifted"}
"""What happens all day long, and is about one unit: it is answered so that few others notice. Each of the
answers may change other units, so the plan still moves on; now and then it is made anew as a whole."""
FEW = 2


def count_others(causes: Collection[str]) -> int | None:
    """Return how many units may get other visits for these causes; None: as many as pays."""
    return FEW if causes and CALM.issuperset(causes) else None


def solve_area(area_id: UUID, now: datetime, seconds: float, causes: Collection[str] = ()) -> Candidate:
    """Solve an area as its rows stand."""
    ground = read_ground(area_id, now)
    problem = learn_travel(area_id, build_problem(ground))
    if not problem.requests:
        return Candidate(None)
    running = build_running_plan(ground)
    solved = get_server().solve(problem, running, seconds, problem.seed, count_others(causes))
    if solved.problem is not None:
        BOOK.absorb(solved.problem)
    return Candidate(solved.plan)

"""The plan as it stands at this moment: rows read, travel known, times made anew, judged.

The three writers of a plan all begin here. `prepare` fetches travel and runs outside the area's lock;
`stand` asks nobody and runs inside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dispatch.routing_bridge.documents import find_document
from dispatch.routing_bridge.ground import Ground, read_ground
from dispatch.routing_bridge.problem_from_db import build_problem
from dispatch.routing_bridge.relax import relax
from dispatch.routing_bridge.running_plan import build_running_plan
from dispatch.routing_bridge.travel_book import BOOK
from routing.model.place import Place, Profile
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.reoptimise import rebase


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows, the problem they make, and the running plan on it.

    `whole` holds every open request; `problem` may leave one out that is about to be placed.
    """

    ground: Ground
    whole: Problem
    problem: Problem
    plan: Plan


def prepare(area_id: UUID, now: datetime, extra: Iterable[Place] = ()) -> None:
    """Learn the travel that `stand` will need; may ask the roads, so never call it under the lock."""
    document = find_document(area_id)
    if document is not None:
        BOOK.absorb(document.problem)
    problem = build_problem(read_ground(area_id, now))
    places = tuple({place.id: place for place in (*problem.places, *extra)}.values())
    for profile in list_profiles(problem):
        BOOK.fetch(profile, places)


def stand(area_id: UUID, now: datetime, *, without: UUID | None = None) -> Standing:
    """Build what stands, perhaps without one request; raises `TravelMissing`, asks nobody."""
    ground = read_ground(area_id, now)
    whole = relax(with_travel(build_problem(ground)))
    problem = whole.with_requests(item for item in whole.requests if item.id != str(without))
    return Standing(ground, whole, problem, rebase(problem, build_running_plan(ground)))


def with_travel(problem: Problem) -> Problem:
    """Give a problem the travel times that this process knows."""
    tables: dict[str, Profile] = {name: BOOK.read(name, problem.places) for name in list_profiles(problem)}
    return replace(problem, travel=replace(problem.travel, profiles=tables))


def list_profiles(problem: Problem) -> list[str]:
    return sorted({unit.profile for unit in problem.units})

"""The plan as it stands at this moment: rows read, travel known, times made anew, judged.

The three writers of a plan all begin here, without a lock: what they found is written under the area's
lock if the area's revision is still the same. Under the lock itself nobody is asked for travel.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.documents import Document, find_document
from dispatch.routing_bridge.ground import Ground, read_ground, read_ground_of
from dispatch.routing_bridge.problem_from_db import build_problem
from dispatch.routing_bridge.roads import look_again
from dispatch.routing_bridge.running_plan import build_running_plan
from dispatch.routing_bridge.timeline import Timeline
from dispatch.routing_bridge.travel_book import BOOK, TravelMissing
from routing.model.plan import Plan, Unserved
from routing.model.problem import Problem
from routing.model.travel import Profile, Travel
from routing.reoptimise import rebase
from routing.roll import roll_forward


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows, the problem they make, and the running plan on it.

    `whole` holds every open request; `problem` leaves out the one that is about to be placed.
    """

    ground: Ground
    whole: Problem
    problem: Problem
    plan: Plan


def stand(
    area_id: UUID,
    now: datetime,
    asked: Demand | None = None,
    told: tuple[Unserved, ...] = (),
    *,
    may_ask: bool = True,
) -> Standing:
    """Build what stands; asks nobody for travel unless it may, and raises `TravelMissing` then.

    Why somebody is not served takes longer to find than all the rest: who was told a reason, by `told` or
    else by the rows, is told it again. The solver looks for them anew.
    """
    ground = read_ground(area_id, now)
    whole = build_problem(ground, () if asked is None else (asked,))
    whole = learn_travel(area_id, whole) if may_ask else with_travel(whole)
    problem = whole
    if asked is not None:
        problem = whole.with_requests(item for item in whole.requests if item.id != str(asked.id))
    reasons = (*_list_told(ground), *told)
    return Standing(ground, whole, problem, rebase(problem, build_running_plan(ground), reasons))


def stand_alone(
    area_id: UUID,
    unit_id: UUID,
    now: datetime,
    document: Document,
    asked: Demand | None = None,
    *,
    may_ask: bool = True,
) -> Standing | None:
    """Build what stands of one unit, beside what the others hold of its plugs; None when it does not work.

    It counts from the instant the document does, so that it can be put in there.
    """
    ground = read_ground_of(area_id, unit_id, now, Timeline.from_text(document.problem.start_utc))
    if not ground.units:
        return None
    whole = build_problem(ground, () if asked is None else (asked,))
    whole = _learn_few(whole) if may_ask else with_travel(whole)
    return Standing(ground, whole, whole, build_running_plan(ground))


def _learn_few(problem: Problem) -> Problem:
    """Give a problem of a dozen places its travel times: to ask is quicker than to learn a document."""
    for place in problem.places[:1]:
        look_again(place, list_profiles(problem))
    try:
        return with_travel(problem)
    except TravelMissing:
        for name in list_profiles(problem):
            BOOK.fetch(name, problem.places)
    return with_travel(problem)


def roll_document(area_id: UUID, now: datetime) -> tuple[Timeline, Problem, Plan] | None:
    """Roll the running plan's document forward, with all ways between its places; None: there is none yet.

    Where parts were put in, the ways between their places and all others are learnt now.
    """
    document = find_document(area_id)
    if document is None:
        return None
    time, problem = Timeline.from_text(document.problem.start_utc), document.problem
    if document.parts and BOOK.agree() == (problem.travel.provider, problem.travel.dataset):
        problem = learn_travel(area_id, problem)
    return time, *roll_forward(problem, document.plan, max(time.seconds(now), problem.now_s))


def _list_told(ground: Ground) -> tuple[Unserved, ...]:
    return tuple(
        Unserved(request=str(key), code=was["code"], detail=was["detail"])
        for key, was in ground.not_served.items()
        if isinstance(was, dict)
    )


def learn_travel(area_id: UUID, problem: Problem) -> Problem:
    """Give a problem its travel times: known ones, those of the running plan's document, or fresh ones."""
    for place in problem.places[:1]:
        look_again(place, list_profiles(problem))
    for _ in range(3):
        try:
            return with_travel(problem)
        except TravelMissing:
            _fetch(area_id, problem)
    # Others learn at the same time, and what is known grew too large meanwhile.
    return with_travel(problem)


def _fetch(area_id: UUID, problem: Problem) -> None:
    document = find_document(area_id)
    if document is not None:
        for known in (document.whole, *(part.problem for part in document.parts)):
            BOOK.absorb(known)
    for name in list_profiles(problem):
        BOOK.fetch(name, problem.places)


def with_travel(problem: Problem) -> Problem:
    """Give a problem the travel times that this process knows, and say whether they are by road."""
    about = BOOK.agree()
    tables: dict[str, Profile] = {name: BOOK.read(name, problem.places) for name in list_profiles(problem)}
    if BOOK.agree() != about:
        # The roads went, came or changed between two profiles: the tables are not of one state.
        raise TravelMissing(next(iter(tables), ""), problem.places)
    return replace(problem, travel=Travel(provider=about.source, dataset=about.dataset, profiles=tables))


def list_profiles(problem: Problem) -> list[str]:
    return sorted({unit.profile for unit in problem.units})

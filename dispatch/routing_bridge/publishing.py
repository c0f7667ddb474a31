"""Publishing: rows as a difference, the documents they were judged on, and the next version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.models import Plan as PlanRow
from dispatch.models import ServiceArea
from dispatch.routing_bridge.documents import Document, pack, shelve
from dispatch.routing_bridge.plan_to_db import write_plan
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import Standing, stand
from routing.evaluation import violations
from routing.model.errors import NoPlan
from routing.model.plan import Plan
from routing.quote import place_request
from routing.reoptimise import rebase

_HOUSE = Caller.system()
# A plan that is better by less than this is not worth a change on anybody's screen.
WORTH_MILLI = 500
# Web processes quote from the document: it is renewed when it grows this old, even unchanged.
RENEWED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Published:
    """What a writer changed: the new version, and ids of what looks different now."""

    version: int
    units: frozenset[UUID]
    requests: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an accepted request found its place."""

    unit_id: UUID
    arrival: datetime
    ready: datetime
    published: Published | None


def publish_accepted(area_id: UUID, request_id: UUID, latest: datetime, now: datetime) -> Placed | None:
    """Insert a request whose row was just written; None when no unit can be there by `latest`.

    Runs under the area's lock. Promises to others are never hurt for it.
    """
    standing = stand(area_id, now, without=request_id)
    time = standing.ground.timeline
    request = next(item for item in standing.whole.requests if item.id == str(request_id))
    limit = min(request.latest_s, time.seconds(latest))
    if limit < request.earliest_s:
        return None
    placement = place_request(standing.problem, standing.plan, replace(request, latest_s=limit))
    if placement is None:
        return None
    published = _publish(standing, placement.plan, "accept", ["request.booked"])
    stop = placement.stop
    return Placed(UUID(placement.unit), time.instant(stop.start_s), time.instant(stop.end_s), published)


def publish_solved(
    area_id: UUID, solved: Candidate, causes: Sequence[str], now: datetime
) -> Published | None:
    """Publish the solver's plan if, on what stands now, it beats the running one.

    Requests accepted since the solve began are inserted, vanished ones dropped, and what is under way
    stays. When the running plan stands, its new times are published if anybody would notice.
    """
    standing = stand(area_id, now)
    plan = standing.plan
    if solved.plan is not None:
        candidate = rebase(standing.problem, solved.plan)
        if candidate.cost.total_milli + WORTH_MILLI <= plan.cost.total_milli:
            plan = candidate
    return _publish(standing, plan, "publish", causes)


def _publish(standing: Standing, plan: Plan, writer: str, causes: Sequence[str]) -> Published | None:
    ground = standing.ground
    found = violations(standing.whole, plan)
    if found:
        raise NoPlan(f"refused to publish: {found[0]}")
    difference = write_plan(ground, plan)
    if not difference and not _is_old(ground.area, ground.now):
        return None
    version = ground.area.plan_version + 1
    ServiceArea.objects.of(_HOUSE).filter(id=ground.area.id).update(plan_version=version)
    PlanRow.objects.of(_HOUSE).create(
        operator_id=ground.area.operator_id,
        area=ground.area,
        version=version,
        published_at=ground.now,
        writer=writer,
        causes=list(causes),
        difference=difference.to_json(),
        cost={"total_milli": plan.cost.total_milli},
        problem=pack(standing.whole.to_json()),
        plan=pack(plan.to_json()),
    )
    document = Document(version, standing.whole, plan)
    transaction.on_commit(partial(shelve, ground.area.id, document), robust=True)
    return Published(version, frozenset(difference.units), frozenset(difference.requests))


def _is_old(area: ServiceArea, now: datetime) -> bool:
    latest = PlanRow.objects.of(_HOUSE).filter(area=area, version=area.plan_version)
    published = latest.values_list("published_at", flat=True).first()
    return published is None or now - published > RENEWED

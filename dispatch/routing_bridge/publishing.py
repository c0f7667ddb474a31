"""Publishing: a plan is drafted without a lock, and written under it in a few statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.expressions import Combinable

from accounts.callers import Caller
from dispatch.models import Plan as PlanRow
from dispatch.models import ServiceArea
from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.desks import find_unit
from dispatch.routing_bridge.documents import Document, find_revised, pack, read_revision, shelve
from dispatch.routing_bridge.plan_to_db import Changes, build_changes, write_changes
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import Standing, stand, stand_alone
from routing.evaluation import violations
from routing.model.errors import InvalidProblem, NoPlan
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.request import Request
from routing.part import place_beside
from routing.quote import Placement, place_request
from routing.reoptimise import rebase

log = structlog.get_logger(__name__)
_HOUSE = Caller.system()
# A plan that is better by less than this is not worth a change on anybody's screen.
WORTH_MILLI = 500
# Web processes quote from the document: it is renewed when it grows this old, even unchanged.
RENEWED = timedelta(minutes=10)
# A process that begins reads them all.
MOST_PARTS = 300

type _Find = Callable[[Problem, Plan, Request], Placement | None]


@dataclass(frozen=True, slots=True)
class Published:
    """What a writer changed: the new version, ids of what looks different now, and why each visit moved."""

    version: int
    units: frozenset[UUID]
    requests: frozenset[UUID]
    why: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A judged plan, compared with the rows and packed: what is left to do is writing it.

    It holds for one revision of its area. Whoever carries it to `write_draft` reads the first two alone.
    """

    revision: int
    unit_id: UUID | None
    now: datetime
    area: ServiceArea = field(repr=False)
    changes: Changes = field(repr=False)
    document: Document = field(repr=False)
    part_of: int | None
    packed: tuple[bytes, bytes] = field(repr=False)


class Offered(NamedTuple):
    """The unit that was offered, and the version of the plan it was found in."""

    unit_id: UUID
    version: int


def draft_accepted(
    area_id: UUID, demand: Demand, latest: datetime, now: datetime, offered: Offered, *, may_ask: bool = True
) -> Draft | None:
    """Insert one more request into what stands; None when no unit can be there by `latest`.

    The unit that was offered is looked at alone, or, when the plan has changed since, the one that would come
    now; the whole, when that one cannot, or when rows have changed of which the running plan does not know:
    somebody may have been freed. Promises to others are never hurt for it.
    """
    revision, document, says_all = find_revised(area_id)
    if document is not None and _may_grow(document, now):
        unit_id: UUID | None = offered.unit_id
        if document.version != offered.version:
            # Somebody may have got that place; under the lock the roads are not asked for it again.
            unit_id = find_unit(area_id, document, demand, latest, now, may_ask=may_ask)
        if unit_id is None and says_all:
            return None
        if unit_id is not None:
            alone = stand_alone(area_id, unit_id, now, demand, document, may_ask=may_ask)
            drafted = None if alone is None else _draft_part(revision, document, alone, demand, latest)
            if drafted is not None:
                return drafted
    standing = stand(area_id, now, demand, may_ask=may_ask)
    placement = _place(standing, demand, latest, place_request)
    if placement is None:
        return None
    changes = build_changes(standing.ground, placement.plan, demand)
    return build_draft(revision, standing, placement.plan, changes, UUID(placement.unit))


def _draft_part(
    revision: int, document: Document, alone: Standing, demand: Demand, latest: datetime
) -> Draft | None:
    """Draft one unit's part; None when it cannot come, or not without leaving somebody, or roads changed."""
    placement = _place(alone, demand, latest, place_beside)
    if placement is None:
        return None
    try:
        return _build_part(revision, alone, placement, demand, document)
    except InvalidProblem as error:
        log.info("part_does_not_fit", detail=str(error))
        return None


def _may_grow(document: Document, now: datetime) -> bool:
    """Say whether one more part may be put into a document; its whole is published anew now and then."""
    return len(document.parts) < MOST_PARTS and now - document.whole_at <= RENEWED


def _place(standing: Standing, demand: Demand, latest: datetime, find: _Find) -> Placement | None:
    request = next(item for item in standing.whole.requests if item.id == str(demand.id))
    limit = min(request.latest_s, standing.ground.timeline.seconds(latest))
    if limit < request.earliest_s:
        return None
    try:
        placement = find(standing.problem, standing.plan, replace(request, latest_s=limit))
    except NoPlan as error:
        log.error("accept_refused_by_judge", detail=str(error))
        return None
    return placement if placement and _is_judged(standing, placement.plan) else None


def _build_part(
    revision: int, alone: Standing, placement: Placement, demand: Demand, document: Document
) -> Draft:
    """Pack one unit's new plan, as a part of the running one."""
    area, part, plan = alone.ground.area, alone.whole, placement.plan
    return Draft(
        revision=revision,
        unit_id=UUID(placement.unit),
        now=alone.ground.now,
        area=area,
        changes=build_changes(alone.ground, plan, demand),
        document=document.with_part(part, plan),
        part_of=document.version,
        packed=(pack(part.to_json()), pack(plan.to_json())),
    )


def draft_solved(area_id: UUID, solved: Candidate, now: datetime, *, may_ask: bool = True) -> Draft | None:
    """Choose between the solver's plan, on what stands now, and the running one; None: nothing to write.

    Requests accepted since the solve began are inserted, vanished ones dropped, and what is under way
    stays. When the running plan stands, its new times are written if anybody would notice.
    """
    revision = read_revision(area_id)
    told = () if solved.plan is None else solved.plan.unserved
    standing = stand(area_id, now, told=told, may_ask=may_ask)
    for plan in _choose(standing, solved):
        if _is_judged(standing, plan):
            changes = build_changes(standing.ground, plan)
            if not changes.is_noticeable and not _is_old(standing.ground.area, now):
                return None
            return build_draft(revision, standing, plan, changes, None)
    return None


def write_draft(
    draft: Draft, writer: str, causes: Sequence[str], span: tuple[datetime, datetime] | None = None
) -> Published:
    """Write a draft as the next version; the caller holds the area's lock at the draft's revision.

    `span` tells, on the human clock, when it was first wanted and when it was made.
    """
    area, document = draft.area, draft.document
    write_changes(draft.changes)
    ServiceArea.objects.of(_HOUSE).filter(id=area.id).update(
        plan_version=document.version, planned_revision=_known_revision(draft)
    )
    PlanRow(
        operator_id=area.operator_id,
        area=area,
        version=document.version,
        part_of=draft.part_of,
        published_at=draft.now,
        wanted_at=span and span[0],
        made_at=span and span[1],
        writer=writer,
        causes=list(causes),
        difference=draft.changes.to_json(),
        cost={"total_milli": document.plan.cost.total_milli},
        problem=draft.packed[0],
        plan=draft.packed[1],
    ).save(force_insert=True)
    transaction.on_commit(partial(shelve, area.id, document), robust=True)
    changes = draft.changes
    return Published(document.version, frozenset(changes.units), frozenset(changes.requests), changes.visits)


def _known_revision(draft: Draft) -> Combinable:
    """Say up to which revision the plan knows the rows: a part does not know what the whole did not."""
    if draft.part_of is None:
        return F("revision")
    return Case(When(planned_revision=draft.revision, then=F("revision")), default=F("planned_revision"))


def _choose(standing: Standing, solved: Candidate) -> list[Plan]:
    """List the plans worth publishing, the best first."""
    if solved.plan is None:
        return [standing.plan]
    candidate = rebase(standing.problem, solved.plan, solved.plan.unserved)
    better = candidate.cost.total_milli + WORTH_MILLI <= standing.plan.cost.total_milli
    return [candidate, standing.plan] if better else [standing.plan]


def _is_judged(standing: Standing, plan: Plan) -> bool:
    found = violations(standing.whole, plan)
    if found:
        log.error("judge_refused", first=str(found[0]), more=len(found) - 1)
    return not found


def build_draft(
    revision: int, standing: Standing, plan: Plan, changes: Changes, unit_id: UUID | None
) -> Draft:
    """Pack a judged plan and what it changes, for one revision of its area."""
    area, now = standing.ground.area, standing.ground.now
    return Draft(
        revision=revision,
        unit_id=unit_id,
        now=now,
        area=area,
        changes=changes,
        document=Document.of_whole(area.plan_version + 1, standing.whole, plan, now),
        part_of=None,
        packed=(pack(standing.whole.to_json()), pack(plan.to_json())),
    )


def _is_old(area: ServiceArea, now: datetime) -> bool:
    latest = PlanRow.objects.of(_HOUSE).filter(area=area, version=area.plan_version)
    published = latest.values_list("published_at", flat=True).first()
    return published is None or now - published > RENEWED

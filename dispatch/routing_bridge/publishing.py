"""Publishing: what was drafted is packed without a lock, and written under it in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.expressions import Combinable

from accounts.callers import Caller
from dispatch.models import Plan as PlanRow
from dispatch.models import ServiceArea
from dispatch.routing_bridge.documents import Document, pack, shelve
from dispatch.routing_bridge.plan_to_db import Changes, write_changes
from dispatch.routing_bridge.standing import Standing
from routing.evaluation import violations
from routing.model.errors import InvalidProblem
from routing.model.plan import Plan
from routing.model.problem import Problem

log = structlog.get_logger(__name__)
_HOUSE = Caller.system()
# Web processes quote from the document: it is renewed when it grows this old, even unchanged.
RENEWED = timedelta(minutes=10)
# A process that begins reads them all.
MOST_PARTS = 300


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


def note_known(area_id: UUID, revision: int) -> None:
    """Note that the running plan still says what the rows say, if nobody has changed them meanwhile."""
    ServiceArea.objects.of(_HOUSE).filter(id=area_id, revision=revision).update(planned_revision=revision)


def _known_revision(draft: Draft) -> Combinable:
    """Say up to which revision the plan knows the rows: a part does not know what the whole did not."""
    if draft.part_of is None:
        return F("revision")
    return Case(When(planned_revision=draft.revision, then=F("revision")), default=F("planned_revision"))


def build_draft(
    revision: int, standing: Standing, plan: Plan, changes: Changes, unit_id: UUID | None
) -> Draft:
    """Pack a judged plan and what it changes, for one revision of its area."""
    area, now = standing.ground.area, standing.ground.now
    return replace(build_whole(revision, area, now, (standing.whole, plan), changes), unit_id=unit_id)


def build_whole(
    revision: int, area: ServiceArea, now: datetime, found: tuple[Problem, Plan], changes: Changes
) -> Draft:
    """Pack the whole plan of an area and the problem it was judged on."""
    problem, plan = found
    return Draft(
        revision=revision,
        unit_id=None,
        now=now,
        area=area,
        changes=changes,
        document=Document.of_whole(area.plan_version + 1, problem, plan, now),
        part_of=None,
        packed=(pack(problem.to_json()), pack(plan.to_json())),
    )


def build_part(
    revision: int, alone: Standing, plan: Plan, changes: Changes, document: Document
) -> Draft | None:
    """Pack one unit's new plan, as a part of the running one; None when it does not fit in there."""
    (unit,) = alone.whole.units
    try:
        grown = document.with_part(alone.whole, plan)
    except InvalidProblem as error:
        log.info("part_does_not_fit", detail=str(error))
        return None
    return Draft(
        revision=revision,
        unit_id=UUID(unit.id),
        now=alone.ground.now,
        area=alone.ground.area,
        changes=changes,
        document=grown,
        part_of=document.version,
        packed=(pack(alone.whole.to_json()), pack(plan.to_json())),
    )


def may_grow(document: Document, now: datetime) -> bool:
    """Say whether one more part may be put into a document; its whole is published anew now and then."""
    return len(document.parts) < MOST_PARTS and now - document.whole_at <= RENEWED


def is_judged(problem: Problem, plan: Plan) -> bool:
    """Let the judge look; what he refuses is a fault of ours."""
    found = violations(problem, plan)
    if found:
        log.error("judge_refused", first=str(found[0]), more=len(found) - 1)
    return not found

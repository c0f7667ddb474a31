"""Re-planning: what the solver found is put on what stands now, if it is worth a change to anybody."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db.models import Q

from accounts.callers import Caller
from dispatch.models import Lock, ServiceArea, StopState
from dispatch.models import Plan as PlanRow
from dispatch.routing_bridge.documents import Document, Revised, find_document, find_revised, read_revision
from dispatch.routing_bridge.plan_to_db import build_changes
from dispatch.routing_bridge.publishing import RENEWED, Draft, build_draft, build_whole, is_judged, note_known
from dispatch.routing_bridge.refreshing import settle_alone
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import Standing, learn_travel, stand, stand_alone, with_travel
from dispatch.routing_bridge.timeline import Timeline
from routing.model.errors import InvalidProblem
from routing.model.plan import Plan
from routing.reoptimise import rebase

log = structlog.get_logger(__name__)
_HOUSE = Caller.system()
# A plan that is better by less than this is not worth a change on anybody's screen.
WORTH_MILLI = 500


def draft_solved(area_id: UUID, solved: Candidate, now: datetime, *, may_ask: bool = True) -> Draft | None:
    """Choose between the solver's plan, on what stands now, and the running one; None: nothing to write.

    Requests accepted since the solve began are inserted, vanished ones dropped, and what is under way
    stays. When the running plan stands, its new times are written if anybody would notice, or if quotes would
    be made of a plan that knows a visit the rows do not, or lacks one.
    """
    revision = read_revision(area_id)
    told = () if solved.plan is None else solved.plan.unserved
    standing = stand(area_id, now, told=told, may_ask=may_ask)
    for plan in _choose(standing, solved):
        if is_judged(standing.whole, plan):
            changes = build_changes(standing.ground, plan)
            if not changes.is_noticeable and _holds(area_id, standing, now):
                note_known(area_id, revision)
                return None
            return build_draft(revision, standing, plan, changes, None)
    return None


def follow(draft: Draft, now: datetime, *, may_ask: bool = True) -> Draft | None:
    """Put what others have published since into a draft of the whole; None: it is to be drafted anew.

    An accept or a cancellation changes one unit, and who is told that a unit comes is held to it. As long as
    the draft decides nothing new of those units, they are read again, and all the rest of it still holds.
    """
    area_id = draft.area.id
    revised = find_revised(area_id)
    units = _list_changed(draft, revised)
    if units is None or units & draft.changes.decided:
        return None
    grown, changes, area = draft.document, draft.changes, draft.area
    for unit_id in sorted(units):
        alone = stand_alone(area_id, unit_id, now, grown, may_ask=may_ask)
        plan = None if alone is None else settle_alone(alone)
        if alone is None or plan is None:
            return None
        try:
            grown = grown.with_part(alone.whole, plan)
        except InvalidProblem as error:
            log.info("part_does_not_fit", detail=str(error))
            return None
        area = alone.ground.area
        changes = changes.with_own(unit_id, build_changes(alone.ground, plan))
    whole = learn_travel(area_id, grown.problem) if may_ask else with_travel(grown.problem)
    if not is_judged(whole, grown.plan):
        return None
    return build_whole(revised.revision, area, now, (whole, grown.plan), changes)


def _list_changed(draft: Draft, now: Revised) -> set[UUID] | None:
    """List the units that were published one by one or held since a draft; None when more was written."""
    if now.document is None:
        return None
    parts, since = now.document.parts, now.document.version - draft.area.plan_version
    if since > len(parts):
        return None
    units = {UUID(part.problem.units[0].id) for part in parts[len(parts) - since :]}
    # Who publishes takes the lock once and makes one version.
    if now.revision - draft.revision == since:
        return units
    return units | _list_held(draft) if now.says_all else None


def _list_held(draft: Draft) -> set[UUID]:
    """List units that were held since a draft, and all that are by hand: since when is not kept."""
    held = Lock.objects.of(_HOUSE).filter(stop__route__area=draft.area, stop__state=StopState.PLANNED)
    since = held.filter(Q(created_at__gte=draft.now) | Q(what="both"))
    return set(since.values_list("stop__unit", flat=True))


def _choose(standing: Standing, solved: Candidate) -> list[Plan]:
    """List the plans worth publishing, the best first."""
    if solved.plan is None:
        return [standing.plan]
    candidate = rebase(standing.problem, solved.plan, solved.plan.unserved)
    better = candidate.cost.total_milli + WORTH_MILLI <= standing.plan.cost.total_milli
    return [candidate, standing.plan] if better else [standing.plan]


def _holds(area_id: UUID, standing: Standing, now: datetime) -> bool:
    """Say whether the running plan's document may be quoted from for longer."""
    document = find_document(area_id)
    return document is not None and not _is_old(standing.ground.area, now) and _agrees(document, standing)


def _agrees(document: Document, standing: Standing) -> bool:
    """Say whether a document has the visits that stand: who was freed since would be thought busy."""
    now_s = Timeline.from_text(document.problem.start_utc).seconds(standing.ground.now)
    told = {(route.unit, stop.request): stop.depart_s for route, stop in document.plan.iterate_stops()}
    ahead = {visit for visit, depart_s in told.items() if visit[1] is not None and depart_s >= now_s}
    stands = {(route.unit, stop.request) for route, stop in standing.plan.iterate_stops() if stop.request}
    return ahead <= stands <= told.keys()


def _is_old(area: ServiceArea, now: datetime) -> bool:
    latest = PlanRow.objects.of(_HOUSE).filter(area=area, version=area.plan_version)
    published = latest.values_list("published_at", flat=True).first()
    return published is None or now - published > RENEWED

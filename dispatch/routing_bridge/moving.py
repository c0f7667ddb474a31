"""A dispatcher's move: what it would do, from the plan's document; and the draft that does it, from rows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from dispatch.routing_bridge.documents import read_revision
from dispatch.routing_bridge.plan_to_db import build_changes
from dispatch.routing_bridge.publishing import Draft, build_draft
from dispatch.routing_bridge.sentences import build_rule_sentence
from dispatch.routing_bridge.standing import roll_document, stand
from dispatch.routing_bridge.timeline import Timeline
from routing.model.errors import NoPlan
from routing.model.plan import Goals
from routing.model.problem import Problem
from routing.model.rules import Violation, code_for
from routing.others import rank_units
from routing.preview import Effect, Move, Shift, preview, preview_units


@dataclass(frozen=True, slots=True)
class MovedVisit:
    """A driver who is served earlier or later; `late_s`: how much later than was promised, on top."""

    request_id: UUID
    before: datetime | None
    after: datetime | None
    late_s: int


@dataclass(frozen=True, slots=True)
class PackLow:
    """The least in a unit's pack on its way, before and after."""

    unit_id: UUID
    before_wh: int
    after_wh: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule in the way, and by how much."""

    rule: str
    code: str
    amount: int
    measure: str
    text: str
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """What putting a request on one unit does; with anything broken it cannot be done."""

    unit_id: UUID | None
    start: datetime | None = None
    end: datetime | None = None
    milli: int = 0
    goals: dict[str, int] = field(default_factory=dict)
    hurt: tuple[MovedVisit, ...] = ()
    shifted: tuple[MovedVisit, ...] = ()
    packs: tuple[PackLow, ...] = ()
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """A move that holds, judged and ready to be written at its draft's revision."""

    draft: Draft
    effect: MoveEffect

    @property
    def revision(self) -> int:
        """The revision of the area it holds for."""
        return self.draft.revision


def preview_moves(
    area_id: UUID, request_id: UUID, units: Iterable[UUID | None], start: datetime | None, now: datetime
) -> list[MoveEffect] | None:
    """Say what moving a request to each of some units would do; None when the plan has it no more."""
    rolled = roll_document(area_id, now)
    if rolled is None:
        return None
    time, problem, plan = rolled
    if not _asks(problem, request_id):
        return None
    wanted = list(units)
    known = [None if key is None else str(key) for key in wanted if _may_work(problem, key)]
    from_s = None if start is None else time.seconds(start)
    found = iter(preview_units(problem, plan, str(request_id), known, from_s))
    return [_effect(next(found), time) if _may_work(problem, key) else _idle(key) for key in wanted]


def preview_best(
    area_id: UUID, request_id: UUID, others: Collection[UUID], count: int, now: datetime
) -> list[MoveEffect]:
    """Say what moving a request to the few of some units would do that look best for it."""
    rolled = roll_document(area_id, now)
    if rolled is None or not _asks(rolled[1], request_id):
        return []
    time, problem, plan = rolled
    names = {str(key) for key in others}
    try:
        ranked = [name for name in rank_units(problem, plan, str(request_id)) if name in names]
    except NoPlan:
        # The plan as it stands is broken somewhere: each is looked at as it is.
        ranked = [unit.id for unit in problem.units if unit.id in names]
        count = len(ranked)
    return [_effect(done, time) for done in preview_units(problem, plan, str(request_id), ranked[:count])]


def draft_moved(
    area_id: UUID, request_id: UUID, unit_id: UUID, start: datetime | None, now: datetime, *, may_ask: bool
) -> MoveDraft | MoveEffect | None:
    """Move a request in what stands: a draft, or what stands in the way; None when it is asked no more."""
    revision = read_revision(area_id)
    standing = stand(area_id, now, may_ask=may_ask)
    time = standing.ground.timeline
    if not _asks(standing.problem, request_id):
        return None
    if not _may_work(standing.problem, unit_id):
        return _idle(unit_id)
    from_s = None if start is None else time.seconds(start)
    done = preview(standing.problem, standing.plan, Move(str(request_id), str(unit_id), from_s))
    effect = _effect(done, time)
    if done.plan is None:
        return effect
    whole = standing.whole.with_requests(
        done.request if item.id == done.request.id else item for item in standing.whole.requests
    )
    changes = build_changes(standing.ground, done.plan, by_hand=request_id)
    standing = replace(standing, whole=whole)
    return MoveDraft(build_draft(revision, standing, done.plan, changes, unit_id), effect)


def _asks(problem: Problem, request_id: UUID) -> bool:
    return any(item.id == str(request_id) for item in problem.requests)


def _may_work(problem: Problem, unit_id: UUID | None) -> bool:
    return unit_id is None or any(unit.id == str(unit_id) for unit in problem.units)


def _idle(unit_id: UUID | None) -> MoveEffect:
    """A unit that is not in the plan at all."""
    out = Broken("shift", "no_unit_on_shift", 0, "count", "is out of service")
    return MoveEffect(unit_id, broken=(out,))


def _effect(done: Effect, time: Timeline) -> MoveEffect:
    unit_id = None if done.move.unit is None else UUID(done.move.unit)
    stop = done.stop
    return MoveEffect(
        unit_id=unit_id,
        start=None if stop is None else time.instant(stop.start_s),
        end=None if stop is None else time.instant(stop.end_s),
        milli=done.cost.total_milli,
        goals={name: value for name in Goals.__slots__ if (value := getattr(done.cost.goals, name))},
        hurt=tuple(_visit(shift, time) for shift in done.hurt),
        shifted=tuple(_visit(shift, time) for shift in done.shifted),
        packs=tuple(PackLow(UUID(low.unit), low.before_wh, low.after_wh) for low in done.lows),
        broken=tuple(_broken(found, done.move.request) for found in done.broken),
    )


def _visit(shift: Shift, time: Timeline) -> MovedVisit:
    before = None if shift.before_s is None else time.instant(shift.before_s)
    after = None if shift.after_s is None else time.instant(shift.after_s)
    return MovedVisit(UUID(shift.request), before, after, shift.hurt_s)


def _broken(found: Violation, moved: str) -> Broken:
    subject = found.subject or moved
    about = UUID(subject) if found.rule in _OF_REQUESTS else None
    text = build_rule_sentence(found.rule, found.amount, found.measure)
    return Broken(found.rule, code_for(found.rule), found.amount, found.measure, text, about)


_OF_REQUESTS = {"window", "finish_by", "access", "connector", "power", "voltage", "height", "weight", "kind"}

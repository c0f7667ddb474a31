"""Ways out of a risk: the best other unit, proven on the running plan; and taking it, proven on the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.errors import Conflict, DispatchError, NotFound
from dispatch.models import Promise, RiskItem, RiskKind, ServiceArea, Stop, StopState
from dispatch.routing_bridge.moving import MoveEffect, preview_best
from dispatch.selectors.documents.move import MoveDone
from dispatch.selectors.documents.risk import RiskFix
from dispatch.selectors.margins import p90_margin
from dispatch.selectors.render import iso
from dispatch.selectors.risks.rules import rank_of
from dispatch.services.moves import Order, move_stop
from dispatch.services.previews import is_told, list_fleet
from dispatch.services.risks import Difference, tell_risks

# Another unit helps with these: each names a visit that may be moved.
FIXABLE = (
    RiskKind.CHARGER_FAULT,
    RiskKind.ACCESS_CLOSED,
    RiskKind.PREDICTED_LATE,
    RiskKind.LOW_SOC,
    RiskKind.STALE,
    RiskKind.PROMISE_AT_RISK,
)
# Who has one of these is no way out for others.
_TROUBLED = (RiskKind.CHARGER_FAULT, RiskKind.LOW_SOC, RiskKind.STALE)
_LATE = (RiskKind.PREDICTED_LATE, RiskKind.PROMISE_AT_RISK)
# So much sooner another unit must be to be worth a change.
WORTH = timedelta(minutes=2)
# Taken, it may come so much later than was shown.
SLACK = timedelta(minutes=2)
# So many in one turn, the worst first.
AT_ONCE = 2
# What a few do that look best is computed to the end; of them is chosen.
PREVIEWED = 4
# While a plan is wanted, what is sought on the one before is soon of no use: so long a risk waits for its
# first way out.
PATIENCE = timedelta(seconds=30)
WHY = "risk"
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class _Sought:
    """A risk, the visit that may be moved, and what its driver was promised."""

    row: RiskItem
    stop: Stop
    promise: Promise


def seek_fixes(area: ServiceArea, now: datetime, *, at_leisure: bool = True) -> int:
    """Seek ways out of risks that have none yet, or whose plan has changed; returns how many were sought.

    Not `at_leisure` it gives way to the planner: only who has waited long for a first answer gets one.
    """
    rows = list(RiskItem.objects.of(_HOUSE).filter(area=area))
    troubled = {row.unit_id for row in rows if row.kind in _TROUBLED}
    urgent = rows if at_leisure else [row for row in rows if not row.tried and row.since <= now - PATIENCE]
    sought = _list_sought(area, urgent) if urgent else []
    told = False
    for one in sought[:AT_ONCE]:
        told |= _seek(area, one, troubled, now)
    if told:
        with transaction.atomic():
            tell_risks(area, now, Difference())
    return len(sought[:AT_ONCE])


def _list_sought(area: ServiceArea, rows: Sequence[RiskItem]) -> list[_Sought]:
    wanted = sorted(
        (row for row in rows if row.kind in FIXABLE and row.stop is not None),
        key=lambda row: rank_of(row.kind),
    )
    stops = _list_movable(row.stop for row in wanted if row.stop is not None)
    promises = _list_promises(stop.request_id for stop in stops.values() if stop.request_id is not None)
    sought = []
    for row in wanted:
        stop = stops.get(row.stop) if row.stop is not None else None
        if stop is None or stop.request_id not in promises:
            continue
        mark = f"{area.plan_version}:{stop.id}:{stop.revision}:{is_told(stop)}"
        if row.tried != mark:
            row.tried = mark
            sought.append(_Sought(row, stop, promises[stop.request_id]))
    return sought


def _list_movable(ids: Iterable[UUID]) -> dict[UUID, Stop]:
    rows = Stop.objects.of(_HOUSE).filter(id__in=list(ids), state=StopState.PLANNED, kind=Stop.Kind.SERVE)
    return {stop.id: stop for stop in rows.prefetch_related("locks")}


def _list_promises(requests: Iterable[UUID]) -> dict[UUID, Promise]:
    rows = Promise.objects.of(_HOUSE).filter(request__in=list(requests))
    return {row.request_id: row for row in rows.order_by("request", "-version").distinct("request")}


def _seek(area: ServiceArea, one: _Sought, troubled: set[UUID | None], now: datetime) -> bool:
    """Seek one way out and keep it; says whether it is another than was told."""
    row, stop = one.row, one.stop
    assert stop.request_id is not None, "only visits to cars are movable"
    others = [key for key in list_fleet(_HOUSE, area.id) if key != stop.unit_id and key not in troubled]
    effects = preview_best(area.id, stop.request_id, others, PREVIEWED, now)
    best = _choose(one, effects, now)
    fix = None if best is None else _show(one, best, now)
    changed = bool(RiskItem.objects.of(_HOUSE).filter(id=row.id).update(fix=fix, tried=row.tried))
    return changed and fix != row.fix


def _choose(one: _Sought, effects: Sequence[MoveEffect], now: datetime) -> MoveEffect | None:
    """Choose who keeps the promise best, and of those the cheapest; nobody may be hurt for it."""
    possible = [
        (late, effect.milli, effect)
        for effect in effects
        if not effect.broken and not effect.hurt and effect.start is not None
        for late in (_late(effect.start, one, now),)
        if late <= _most_late(one)
    ]
    return min(possible, key=lambda item: item[:2])[2] if possible else None


def _late(start: datetime, one: _Sought, now: datetime) -> timedelta:
    """Say how much later than promised it would be: for a promise at risk, in nine cases of ten."""
    at_risk = one.row.kind == RiskKind.PROMISE_AT_RISK
    arrival = start + p90_margin(start - now) if at_risk else start
    return max(arrival - one.promise.arrival_p90, timedelta())


def _most_late(one: _Sought) -> timedelta:
    if one.row.kind not in _LATE:
        return timedelta()
    return max(timedelta(seconds=one.row.facts.get("late_s", 0)) - WORTH, timedelta())


def _show(one: _Sought, effect: MoveEffect, now: datetime) -> RiskFix:
    assert effect.start is not None, "chosen by when it comes"
    late = max(effect.start - one.promise.arrival_p90, timedelta())
    return {
        "verb": "move",
        "stop": str(one.stop.id),
        "revision": one.stop.revision,
        "request": str(one.stop.request_id),
        "unit": str(effect.unit_id),
        "arrival_p50": iso(effect.start),
        "arrival_p90": iso(effect.start + p90_margin(effect.start - now)),
        "late_s": round(late.total_seconds()),
        "cost_milli": effect.milli,
        "told": is_told(one.stop),
    }


def take_fix(
    caller: Caller, risk_id: UUID, unit_id: UUID, revision: int, now: datetime, wall: datetime
) -> MoveDone:
    """Do what was shown, if it still holds.

    Raises `no_fix` when there is none, `fix_changed` with the one there is now, and `fix_gone` with the
    reason when it cannot be done on what stands; then it is shown no more.
    """
    rows = RiskItem.objects.of(caller).filter(id=risk_id, operator_id__in=caller.dispatched)
    row = rows.select_related("area").first()
    if row is None:
        raise NotFound
    fix: RiskFix | None = row.fix
    if fix is None:
        raise Conflict("no_fix", "There is no proven way out of this risk.")
    if (fix["unit"], fix["revision"]) != (str(unit_id), revision):
        raise Conflict("fix_changed", "There is another way out by now.", fix=fix)
    order = Order(
        stop_id=UUID(fix["stop"]),
        revision=revision,
        unit_id=unit_id,
        why=WHY,
        may_retell=True,
        not_after=datetime.fromisoformat(fix["arrival_p50"]) + SLACK,
    )
    try:
        with transaction.atomic():
            return move_stop(caller, order, now, wall)
    except DispatchError as error:
        if not isinstance(error, Conflict | NotFound):
            raise
        _forget(row, now)
        raise Conflict("fix_gone", "It does not hold any more.", reason=error.code) from error


@transaction.atomic
def _forget(row: RiskItem, now: datetime) -> None:
    RiskItem.objects.of(_HOUSE).filter(id=row.id).update(fix=None)
    tell_risks(row.area, now, Difference())

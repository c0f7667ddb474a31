"""Preview: what moving a planned visit would do, before anybody does it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from dispatch.errors import Conflict, Invalid, NotFound
from dispatch.models import ChargeRequest, Lock, Stop, StopState, Unit
from dispatch.routing_bridge.moving import MovedVisit, MoveEffect, preview_moves
from dispatch.selectors.documents.move import MovedVisitView, MoveOption, MovePreview
from dispatch.selectors.margins import p90_margin
from dispatch.selectors.render import iso, iso_or_none, kilo

_HOUSE = Caller.system()


def preview_move(
    caller: Caller, stop_id: UUID, units: Sequence[UUID | None] | None, start: datetime | None, now: datetime
) -> MovePreview:
    """Say what moving a visit to each of some units (or of all) would do."""
    stop = find_movable(caller, stop_id)
    assert stop.request_id is not None, "only visits to cars are movable"
    fleet = list_fleet(caller, stop.route.area_id)
    wanted = list(fleet) if units is None else list(units)
    for key in wanted:
        if key is not None and key not in fleet:
            raise Invalid("unknown_unit", "There is no such unit.", path="units")
    effects = preview_moves(stop.route.area_id, stop.request_id, wanted, start, now)
    if effects is None:
        raise Conflict("not_in_that_state", "The running plan has this visit no more.", state=stop.state)
    return {
        "stop": str(stop.id),
        "revision": stop.revision,
        "request": str(stop.request_id),
        "unit": str(stop.unit_id),
        "told": is_told(stop),
        "options": list_options(effects, now),
    }


def find_movable(caller: Caller, stop_id: UUID) -> Stop:
    """Find a planned visit to a car; another's is not there, one under way does not move."""
    rows = Stop.objects.of(caller).filter(id=stop_id, operator_id__in=caller.dispatched)
    stop = rows.select_related("route").prefetch_related("locks").first()
    if stop is None:
        raise NotFound
    if stop.state != StopState.PLANNED or stop.kind != Stop.Kind.SERVE:
        raise Conflict("not_in_that_state", f"The {stop.kind} stop is {stop.state}.", state=stop.state)
    return stop


def list_fleet(caller: Caller, area_id: UUID) -> list[UUID]:
    """List the units a visit of an area may be put on."""
    rows = Unit.objects.of(caller).filter(area=area_id, in_service=True).order_by("name")
    return list(rows.values_list("id", flat=True))


def is_told(stop: Stop) -> bool:
    """Say whether the planner holds it: its driver knows which unit comes."""
    locks: Iterable[Lock] = stop.locks.all()
    return any(not lock.is_by_hand for lock in locks)


def list_options(effects: Sequence[MoveEffect], now: datetime) -> list[MoveOption]:
    """Show effects; whom they touch is looked up in one query."""
    touched = {visit.request_id for effect in effects for visit in (*effect.hurt, *effect.shifted)}
    rows = ChargeRequest.objects.of(_HOUSE).filter(id__in=touched)
    places = dict(rows.values_list("id", "place_text"))
    return [_option(effect, places, now) for effect in effects]


def _option(effect: MoveEffect, places: dict[UUID, str], now: datetime) -> MoveOption:
    late = None if effect.start is None else effect.start + p90_margin(effect.start - now)
    return {
        "unit": None if effect.unit_id is None else str(effect.unit_id),
        "feasible": not effect.broken,
        "arrival_p50": iso_or_none(effect.start),
        "arrival_p90": iso_or_none(late),
        "ready_p50": iso_or_none(effect.end),
        "cost_milli": None if effect.broken else effect.milli,
        "goals": effect.goals,
        "hurt": [_visit(visit, places) for visit in effect.hurt],
        "shifted": [_visit(visit, places) for visit in effect.shifted],
        "packs": [
            {"unit": str(low.unit_id), "before_kwh": kilo(low.before_wh), "after_kwh": kilo(low.after_wh)}
            for low in effect.packs
        ],
        "broken": [
            {
                "rule": found.rule,
                "code": found.code,
                "amount": found.amount,
                "measure": found.measure,
                "text": found.text,
                "request": None if found.request_id is None else str(found.request_id),
            }
            for found in effect.broken
        ],
    }


def _visit(visit: MovedVisit, places: dict[UUID, str]) -> MovedVisitView:
    return {
        "request": str(visit.request_id),
        "place_text": places.get(visit.request_id, ""),
        "before": None if visit.before is None else iso(visit.before),
        "after": None if visit.after is None else iso(visit.after),
        "late_s": visit.late_s,
    }

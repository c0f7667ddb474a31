"""Move: the third writer of a plan. A dispatcher puts a planned visit on another unit or at another time.

The move is worked out on what stands, judged, and written under the area's lock; then the visit is held,
or the solver would put it back where it was.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Conflict, Invalid
from dispatch.models import Lock, ServiceArea, Stop
from dispatch.routing_bridge.moving import MoveDraft, MoveEffect, draft_moved
from dispatch.routing_bridge.publishing import write_draft
from dispatch.selectors.documents.move import MoveDone
from dispatch.selectors.routes import get_route_view, list_route_views
from dispatch.services.actors import actor_of
from dispatch.services.areas import write_drafted
from dispatch.services.facts import list_facts
from dispatch.services.previews import find_movable, is_told, list_fleet, list_options
from dispatch.services.replans import want_replan
from dispatch.services.stages import follow_stops

CAUSE = "moved_by_dispatcher"
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Order:
    """What a dispatcher wants: the visit as they saw it, and where it is to go.

    `confirmed`: hurting a promise, or sending another unit than was told, is meant; `may_retell`: the
    latter alone. A visit that gets a time (`start`) is held to it; `not_after` is no time it gets, but the
    latest arrival for which it is worth doing.
    """

    stop_id: UUID
    revision: int
    unit_id: UUID
    start: datetime | None = None
    why: str = ""
    until: datetime | None = None
    confirmed: bool = False
    may_retell: bool = False
    not_after: datetime | None = None


def move_stop(caller: Caller, order: Order, now: datetime, wall: datetime) -> MoveDone:
    """Move a visit.

    Raises `stop_changed` with the visit as it is when somebody was faster, `move_infeasible` with the rules
    broken, `promises_hurt` or `told_to_driver` when it must be confirmed first.
    """
    seen = _find_seen(caller, order, now)
    area_id, was = seen.route.area_id, seen.unit_id
    if order.unit_id not in list_fleet(caller, area_id):
        raise Invalid("unknown_unit", "There is no such unit.", path="unit")

    def draft(may_ask: bool) -> MoveDraft:
        stop = _find_seen(caller, order, now)
        assert stop.request_id is not None, "only visits to cars are movable"
        made = draft_moved(area_id, stop.request_id, order.unit_id, order.start, now, may_ask=may_ask)
        if made is None:
            raise _changed(stop, now)
        if isinstance(made, MoveEffect):
            raise _infeasible(made, now)
        _require_meant(order, stop, made, now)
        return made

    def write(area: ServiceArea, made: MoveDraft) -> MoveDone:
        version = _write(caller, area, order, made, now)
        want_replan(area.id, CAUSE, wall)
        routes = list_route_views(caller, now, units=sorted({was, order.unit_id}))
        return {"version": version, "routes": routes, "effect": list_options([made.effect], now)[0]}

    done = write_drafted(area_id, draft, write)
    assert done is not None, "a move that cannot be drafted raises"
    return done


def _find_seen(caller: Caller, order: Order, now: datetime) -> Stop:
    """Find the visit if it still is what the dispatcher saw."""
    stop = find_movable(caller, order.stop_id)
    if stop.revision != order.revision:
        raise _changed(stop, now)
    return stop


def _changed(stop: Stop, now: datetime) -> Conflict:
    route = get_route_view(_HOUSE, stop.id, now)
    fresh = next((view for view in route["stops"] if view["id"] == str(stop.id)), None)
    return Conflict(
        "stop_changed", "Somebody has changed this visit meanwhile.", unit=str(stop.unit_id), stop=fresh
    )


def _infeasible(effect: MoveEffect, now: datetime) -> Conflict:
    option = list_options([effect], now)[0]
    first = option["broken"][0]["text"] if option["broken"] else ""
    return Conflict("move_infeasible", f"The unit {first}.", violations=option["broken"])


def _require_meant(order: Order, stop: Stop, made: MoveDraft, now: datetime) -> None:
    """Let nobody hurt a promise, or break a word about the unit, without meaning it."""
    start = made.effect.start
    if order.not_after is not None and (start is None or start > order.not_after):
        raise Conflict("arrives_later", "The unit would arrive later than was shown.")
    if order.confirmed:
        return
    if is_told(stop) and order.unit_id != stop.unit_id and not order.may_retell:
        raise Conflict("told_to_driver", "The driver knows already which unit comes.")
    if made.effect.hurt:
        option = list_options([made.effect], now)[0]
        raise Conflict("promises_hurt", "A promise would be kept later than told.", hurt=option["hurt"])


def _write(caller: Caller, area: ServiceArea, order: Order, made: MoveDraft, now: datetime) -> int:
    published = write_draft(made.draft, "move", [CAUSE, f"stop:{order.stop_id}"])
    stops = Stop.objects.of(_HOUSE).filter(id=order.stop_id)
    # Whoever looks at the visit must see that it was changed, also if it stands where it stood.
    stops.filter(revision=order.revision).update(revision=F("revision") + 1)
    Lock.objects.of(_HOUSE).filter(stop=order.stop_id).delete()
    lock = Lock(
        operator_id=area.operator_id,
        stop_id=order.stop_id,
        what="unit" if order.start is None else "both",
        who=actor_of(caller),
        why=order.why,
        created_at=now,
        until=order.until,
    )
    lock.save(force_insert=True)
    moved = stops.values_list("request", flat=True).get()
    requests = published.requests | ({moved} if moved is not None else set())
    facts = list_facts(
        area.id,
        "stop.moved",
        requests=follow_stops(requests, now, CAUSE, {**published.why, moved: CAUSE}),
        units=sorted(published.units | {order.unit_id}),
        plan=published.version,
        cause=CAUSE,
    )
    record(area.operator_id, actor_of(caller), now, facts)
    return published.version

"""Where a request stands: a function of its stop and of what the driver was told, in one place."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.callers import Caller
from dispatch.models import LIVE, OPEN, ChargeRequest, Lock, Status, Stop, StopState
from dispatch.selectors.render import iso

OF_STOP = {
    StopState.DISPATCHED: Status.EN_ROUTE,
    StopState.ARRIVED: Status.ON_SITE,
    StopState.WORKING: Status.CHARGING,
    StopState.DONE: Status.COMPLETED,
}
HOLD_UNIT = ("unit", "both")
NO_REASONS: Mapping[UUID, str] = MappingProxyType({})
_HOUSE = Caller.system()
Heard = tuple[UUID, str]


def status_of(state: str | None, *, told: bool) -> Status:
    """Compute where an open request stands from its live stop's state, None when it has none.

    `told`: the stop is held to its unit, so the driver knows which one comes.
    """
    if state is None:
        return Status.BOOKED
    if state == StopState.PLANNED:
        return Status.ASSIGNED if told else Status.BOOKED
    return OF_STOP[StopState(state)]


def follow_stops(
    requests: Iterable[UUID], at: datetime, cause: str = "", why: Mapping[UUID, str] = NO_REASONS
) -> list[Heard]:
    """Let open requests follow their stops; returns what their drivers hear.

    `why`: the reason of a plan for what it did to a request. The caller holds the area's lock.
    """
    wanted = sorted(set(requests))
    if not wanted:
        return []
    live = dict(_live_stops(wanted))
    heard: list[Heard] = []
    rows = ChargeRequest.objects.of(_HOUSE).filter(id__in=wanted, status__in=OPEN)
    for row in rows.order_by("id"):
        state, told = live.get(row.id, (None, False))
        reason = why.get(row.id, cause)
        heard += follow(row, status_of(state, told=told), at, reason) or _stay(row, why)
    return heard


def _stay(request: ChargeRequest, why: Mapping[UUID, str]) -> list[Heard]:
    """Say why a request's times are others, though its status stays."""
    reason = why.get(request.id, request.cause)
    if reason != request.cause:
        request.cause = reason
        request.save(update_fields=["cause"])
    return [(request.id, "updated")]


def _live_stops(requests: list[UUID]) -> Iterable[tuple[UUID, tuple[str, bool]]]:
    rows = Stop.objects.of(_HOUSE).filter(request__in=requests, state__in=LIVE)
    told = Exists(Lock.objects.of(_HOUSE).filter(stop=OuterRef("id"), what__in=HOLD_UNIT))
    for key, state, locked in rows.annotate(told=told).values_list("request", "state", "told"):
        yield key, (state, locked)


def follow(request: ChargeRequest, status: Status, at: datetime, cause: str = "") -> list[Heard]:
    """Move an open request to a status, through those a driver must have heard of; [] when it is there."""
    if request.status == status:
        return []
    if status == Status.BOOKED:
        _go_back(request, cause)
        return [(request.id, "updated")]
    heard: list[Heard] = []
    if status == Status.EN_ROUTE and request.status == Status.BOOKED:
        # It set out before the sweep told the driver which unit comes: both are true now.
        heard += follow(request, Status.ASSIGNED, at)
    _reach(request, status, at, cause)
    return [*heard, (request.id, str(status))]


def end_request(request: ChargeRequest, status: Status, at: datetime, cause: str) -> list[Heard]:
    """End a request other than by completing it; the caller holds its area's lock."""
    _reach(request, status, at, cause)
    return [(request.id, str(status))]


def _reach(request: ChargeRequest, status: Status, at: datetime, cause: str) -> None:
    request.status, request.cause, request.not_served = status, cause, None
    request.stage_at = {**request.stage_at, str(status): iso(at)}
    _save(request)


def _go_back(request: ChargeRequest, cause: str) -> None:
    """What is left is planned again: stages it had reached are not reached any more."""
    request.status, request.cause = Status.BOOKED, cause
    booked = str(Status.BOOKED)
    request.stage_at = {stage: at for stage, at in request.stage_at.items() if stage == booked}
    _save(request)


def _save(request: ChargeRequest) -> None:
    request.version += 1
    request.save(update_fields=["status", "version", "cause", "stage_at", "not_served"])

"""Looks at everything again, from what was stored: plans by the judge, streams by their numbers,
stops and requests by each other, sessions by their readings, prices by their lines.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef

from accounts.callers import Caller
from dispatch.models import (
    LIVE,
    OPEN,
    ChargeRequest,
    ChargingSession,
    Event,
    Lock,
    Offer,
    Plan,
    ServiceArea,
    Status,
    Stop,
    StopState,
    StreamCounter,
)
from dispatch.models.money import PriceValue, adds_up
from dispatch.routing_bridge.judging import judge_plan
from dispatch.services.charging.readings import recount
from dispatch.services.charging.witness import list_contradictions
from dispatch.services.stages import HOLD_UNIT, status_of

_HOUSE = Caller.system()


@dataclass(slots=True)
class Audit:
    """What was looked at, and what does not hold."""

    plans: int = 0
    events: int = 0
    sessions: int = 0
    requests: int = 0
    findings: list[str] = field(default_factory=list)


@contextmanager
def one_moment() -> Iterator[None]:
    """See the rows of one moment: a house that is at work changes them between one look and the next."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def audit() -> Audit:
    """Check everything; findings are sentences that name their object."""
    found = Audit(
        plans=Plan.objects.of(_HOUSE).count(),
        events=Event.objects.of(_HOUSE).count(),
        sessions=ChargingSession.objects.of(_HOUSE).count(),
        requests=ChargeRequest.objects.of(_HOUSE).count(),
    )
    checks = (
        _plans,
        _versions,
        _streams,
        _stops,
        _requests,
        _statuses,
        _sessions,
        list_contradictions,
        _prices,
    )
    for check in checks:
        found.findings.extend(check())
    return found


def _plans() -> Iterator[str]:
    # The documents of old ones are forgotten: they name where cars stood.
    rows = Plan.objects.of(_HOUSE).exclude(problem=b"").order_by("area", "version")
    for key, version in rows.values_list("id", "version"):
        for broken in judge_plan(key):
            yield f"plan {version}: {broken}"


def _versions() -> Iterator[str]:
    for area in ServiceArea.objects.of(_HOUSE):
        plans = Plan.objects.of(_HOUSE).filter(area=area)
        seen = plans.aggregate(count=Count("id"), first=Min("version"), last=Max("version"))
        if (seen["last"] or 0) != area.plan_version:
            yield f"area {area.slug}: its number is {area.plan_version}, its last plan {seen['last']}"
        if seen["count"] and seen["count"] != seen["last"] - seen["first"] + 1:
            yield f"area {area.slug}: versions of its plans have gaps"


def _streams() -> Iterator[str]:
    counters = StreamCounter.objects.of(_HOUSE).values_list("stream", "seq", "forgotten")
    counted = {stream: seq for stream, seq, _ in counters}
    forgotten = {stream: gone for stream, _, gone in counters}
    rows = (
        Event.objects.of(_HOUSE)
        .values("stream")
        .annotate(count=Count("id"), first=Min("seq"), last=Max("seq"))
    )
    for row in rows:
        gone = forgotten.get(row["stream"], 0)
        gapless = row["first"] == gone + 1 and row["count"] == row["last"] - gone
        if not gapless or counted.pop(row["stream"], None) != row["last"]:
            yield f"stream {row['stream']}: {row['count']} events, the last is {row['last']}"
    for stream, seq in counted.items():
        if seq > forgotten[stream]:
            yield f"stream {stream}: counts {seq} events and has none"


def _stops() -> Iterator[str]:
    done = Stop.objects.of(_HOUSE).filter(kind=Stop.Kind.SERVE, state=StopState.DONE)
    twice = done.values("request").annotate(count=Count("id")).filter(count__gt=1)
    for row in twice:
        yield f"request {row['request']}: served {row['count']} times"
    unmetered = done.filter(sessions__isnull=True)
    for key in unmetered.values_list("id", flat=True):
        yield f"stop {key}: done without a session"


def _requests() -> Iterator[str]:
    requests = ChargeRequest.objects.of(_HOUSE)
    done = Exists(Stop.objects.of(_HOUSE).filter(request=OuterRef("id"), state=StopState.DONE))
    live = Exists(Stop.objects.of(_HOUSE).filter(request=OuterRef("id"), state__in=LIVE))
    for row in requests.filter(~done, status=Status.COMPLETED):
        yield f"request {row.id}: completed without a stop that is done"
    for row in requests.filter(done, status__in=OPEN):
        yield f"request {row.id}: its stop is done, it is {row.status}"
    for row in requests.filter(live).exclude(status__in=OPEN):
        yield f"request {row.id}: it is {row.status}, a stop for it is not"
    for row in requests.filter(promises__isnull=True):
        yield f"request {row.id}: nothing was promised"


def _statuses() -> Iterator[str]:
    """An open request stands where its stop says."""
    held = Exists(Lock.objects.of(_HOUSE).filter(stop=OuterRef("id"), what__in=HOLD_UNIT))
    live = Stop.objects.of(_HOUSE).filter(state__in=LIVE, request__isnull=False)
    states = {row.request_id: (row.state, row.held) for row in live.annotate(held=held)}
    for row in ChargeRequest.objects.of(_HOUSE).filter(status__in=OPEN):
        state, told = states.get(row.id, (None, False))
        if row.status != status_of(state, told=told):
            yield f"request {row.id}: it is {row.status}, its stop is {state or 'not there'}"


def _sessions() -> Iterator[str]:
    sessions = ChargingSession.objects.of(_HOUSE)
    over = [StopState.DONE, StopState.FAILED]
    for row in sessions.filter(stop__state__in=over, ended_at__isnull=True):
        yield f"session {row.id}: its stop is over, it never ended"
    for row in sessions.select_related("charger").prefetch_related("readings").iterator(chunk_size=500):
        said = row.energy_wh
        recount(row, row.charger.power_w)
        if row.energy_wh != said:
            yield f"session {row.id}: {said} Wh, its readings say otherwise: {row.energy_wh} Wh"


def _prices() -> Iterator[str]:
    for name, rows in (("offer", Offer.objects.of(_HOUSE)), ("request", ChargeRequest.objects.of(_HOUSE))):
        priced: Iterator[tuple[object, PriceValue]] = rows.values_list("id", "price").iterator()
        for key, price in priced:
            if not adds_up(price):
                yield f"{name} {key}: its price is not the sum of its lines"

"""Looks at everything again, from what was stored: plans by the judge, streams by their numbers,
stops and requests by each other, sessions by their readings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Min

from accounts.callers import Caller
from dispatch.models import (
    OPEN,
    ChargeRequest,
    ChargingSession,
    Event,
    Plan,
    ServiceArea,
    Status,
    Stop,
    StopState,
    StreamCounter,
)
from dispatch.routing_bridge.judging import judge_plan

_HOUSE = Caller.system()


@dataclass(slots=True)
class Audit:
    """What was looked at, and what does not hold."""

    plans: int = 0
    events: int = 0
    sessions: int = 0
    requests: int = 0
    findings: list[str] = field(default_factory=list)


def audit() -> Audit:
    """Check everything; findings are sentences that name their object."""
    found = Audit(
        plans=Plan.objects.of(_HOUSE).count(),
        events=Event.objects.of(_HOUSE).count(),
        sessions=ChargingSession.objects.of(_HOUSE).count(),
        requests=ChargeRequest.objects.of(_HOUSE).count(),
    )
    for check in (_plans, _versions, _streams, _stops, _requests, _sessions):
        found.findings.extend(check())
    return found


def _plans() -> Iterator[str]:
    for key in Plan.objects.of(_HOUSE).order_by("area", "version").values_list("id", flat=True):
        plan = Plan.objects.of(_HOUSE).get(id=key)
        for broken in judge_plan(plan.id):
            yield f"plan {plan.version}: {broken}"


def _versions() -> Iterator[str]:
    for area in ServiceArea.objects.of(_HOUSE):
        plans = Plan.objects.of(_HOUSE).filter(area=area)
        seen = plans.aggregate(count=Count("id"), first=Min("version"), last=Max("version"))
        if seen["count"] and (
            seen["last"] != area.plan_version or seen["count"] != seen["last"] - seen["first"] + 1
        ):
            yield f"area {area.slug}: versions of its plans have gaps, or its number is not the last"


def _streams() -> Iterator[str]:
    counted = dict(StreamCounter.objects.of(_HOUSE).values_list("stream", "seq"))
    rows = Event.objects.of(_HOUSE).values("stream").annotate(count=Count("id"), last=Max("seq"))
    for row in rows:
        if row["count"] != row["last"] or counted.get(row["stream"]) != row["last"]:
            yield f"stream {row['stream']}: {row['count']} events, the last is {row['last']}"


def _stops() -> Iterator[str]:
    done = Stop.objects.of(_HOUSE).filter(kind=Stop.Kind.SERVE, state=StopState.DONE)
    twice = done.values("request").annotate(count=Count("id")).filter(count__gt=1)
    for row in twice:
        yield f"request {row['request']}: served {row['count']} times"


def _requests() -> Iterator[str]:
    requests = ChargeRequest.objects.of(_HOUSE)
    completed = requests.filter(status=Status.COMPLETED).exclude(stops__state=StopState.DONE)
    for row in completed:
        yield f"request {row.id}: completed without a stop that is done"
    stale = requests.filter(stops__kind=Stop.Kind.SERVE, stops__state=StopState.DONE, status__in=OPEN)
    for row in stale:
        yield f"request {row.id}: its stop is done, it is {row.status}"
    for row in requests.filter(promises__isnull=True):
        yield f"request {row.id}: nothing was promised"


def _sessions() -> Iterator[str]:
    sessions = ChargingSession.objects.of(_HOUSE)
    for row in sessions.filter(meter_end_wh__lt=F("meter_start_wh")):
        yield f"session {row.id}: the register went backwards"
    for row in sessions.filter(stop__state=StopState.DONE, ended_at__isnull=True):
        yield f"session {row.id}: its stop is done, it never ended"
    for row in sessions.filter(ended_at__isnull=False).prefetch_related("readings"):
        registers = [reading.register_wh for reading in row.readings.all()]
        if not registers or max(registers) - min(registers) != row.energy_wh:
            yield f"session {row.id}: {row.energy_wh} Wh, its readings say otherwise"

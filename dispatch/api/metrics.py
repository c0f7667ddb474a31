"""Figures for whoever watches the house, in Prometheus' text form."""

from datetime import datetime

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from accounts.callers import Caller
from dispatch import clock
from dispatch.api.admission import COUNTS
from dispatch.models import OPEN, ChargeRequest, Plan, ReplanWanted, ServiceArea, UnitState
from dispatch.selectors.eta_quality import find_quarter_hour_quality
from dispatch.selectors.replan_times import find_replan_times
from dispatch.selectors.units import is_stale

_HOUSE = Caller.system()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the present figures; computed when asked, so that any process may answer."""
    try:
        gauges = _list_gauges(clock.now(), clock.wall())
    except Error as error:
        return HttpResponse(type(error).__name__, status=503, content_type="text/plain")
    registry = CollectorRegistry()
    for name, text, value in gauges:
        Gauge(name, text, registry=registry).set(value)
    return HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4")


def _list_gauges(now: datetime, wall: datetime) -> list[tuple[str, str, float]]:
    return [
        ("voltrun_open_requests", "requests that are owed energy", _open_requests()),
        ("voltrun_stale_units", "units not heard of lately", _stale_units(wall)),
        ("voltrun_replans_waiting", "areas that want a plan", _waiting()),
        ("voltrun_quotes_taken", "quotes this process worked at since it started", COUNTS.taken),
        ("voltrun_quotes_turned_away", "quotes it turned away for being too many", COUNTS.turned_away),
        ("voltrun_plan_age_seconds", "world seconds since the oldest running plan", _plan_age(now)),
        *_list_replan_gauges(wall),
        *_list_eta_gauges(now),
    ]


def _list_replan_gauges(wall: datetime) -> list[tuple[str, str, float]]:
    """How long events of the last hour waited for their plan; nothing where none came."""
    times = find_replan_times(_HOUSE, wall)
    if times is None:
        return []
    return [
        ("voltrun_replans", "plans published in the last hour that answered an event", times.count),
        ("voltrun_replan_p50_seconds", "from an event to the plan that answers it, the middle", times.p50_s),
        ("voltrun_replan_p95_seconds", "from an event to the plan that answers it, 95 of 100", times.p95_s),
    ]


def _list_eta_gauges(now: datetime) -> list[tuple[str, str, float]]:
    """How good arrivals a quarter of an hour ahead were in the last day; nothing where none has come."""
    good = find_quarter_hour_quality(_HOUSE, now)
    if good is None:
        return []
    return [
        (
            "voltrun_eta_samples",
            "predictions a quarter of an hour ahead, of the last world day",
            good["count"],
        ),
        ("voltrun_eta_bias_seconds", "how late the truth was against the P50, on average", good["bias_s"]),
        ("voltrun_eta_mae_seconds", "how far it was off", good["mae_s"]),
        ("voltrun_eta_covers_p90", "which share came by the P90", good["covers_p90"]),
        ("voltrun_eta_covers_p10_p90", "which share came between P10 and P90", good["covers_p10_p90"] or 0.0),
    ]


def _open_requests() -> int:
    return ChargeRequest.objects.of(_HOUSE).filter(status__in=OPEN).count()


def _stale_units(wall: datetime) -> int:
    return sum(is_stale(state, wall) for state in UnitState.objects.of(_HOUSE))


def _waiting() -> int:
    return sum(row.wanted > row.done for row in ReplanWanted.objects.of(_HOUSE))


def _plan_age(now: datetime) -> float:
    ages = [0.0]
    for area in ServiceArea.objects.of(_HOUSE):
        published = (
            Plan.objects.of(_HOUSE)
            .filter(area=area, version=area.plan_version)
            .values_list("published_at", flat=True)
            .first()
        )
        if published is not None:
            ages.append((now - published).total_seconds())
    return max(ages)

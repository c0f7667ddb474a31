"""How it goes at present: the pace of what was finished lately, and bounds that follow what came out."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from accounts.callers import Caller
from dispatch.models import EtaSample, ServiceArea, Stop, StopState
from dispatch.routing_bridge.forecasting import (
    Finished,
    Watched,
    follow_outcomes,
    measure,
    weigh_window,
)
from dispatch.services.eta_samples import lock_state

_HOUSE = Caller.system()


def measure_present(area: ServiceArea, now: datetime) -> None:
    """Bring an area's pace and bounds up to now."""
    with transaction.atomic():
        state = lock_state(area)
        done = list_finished(area, now - weigh_window(), now)
        state.pace = measure(done, now, state.model)
        samples = list(_list_news(area))
        if state.model is not None:
            state.arrival_drift = follow_outcomes(state.arrival_drift, _arrivals(samples))
            state.ready_drift = follow_outcomes(state.ready_drift, _readies(samples))
        EtaSample.objects.of(_HOUSE).filter(id__in=[one.id for one in samples]).update(followed=True)
        state.measured_at = now
        state.save(update_fields=["pace", "arrival_drift", "ready_drift", "measured_at"])


def _list_news(area: ServiceArea) -> Iterable[EtaSample]:
    """List what has come out since the bounds heard of it last, visit by visit."""
    rows = EtaSample.objects.of(_HOUSE).filter(area=area, over=True, followed=False)
    return rows.order_by("arrived_at", "request", "at")


def _arrivals(samples: Iterable[EtaSample]) -> Iterator[list[Watched]]:
    for _, visit in groupby(samples, key=lambda one: one.request_id):
        watched = [
            Watched(
                one.at,
                one.arrival_s,
                (one.arrival_p10, one.arrival_p50, one.arrival_p90),
                one.arrived_at,
            )
            for one in visit
            if one.arrived_at is not None and one.model_version is not None
        ]
        if watched:
            yield watched


def _readies(samples: Iterable[EtaSample]) -> Iterator[list[Watched]]:
    """Of being ready nobody is told a P10."""
    for _, visit in groupby(samples, key=lambda one: one.request_id):
        watched = [
            Watched(one.at, one.ready_s, (None, one.ready_p50, one.ready_p90), one.ready_at)
            for one in visit
            if one.ready_at is not None and one.model_version is not None
        ]
        if watched:
            yield watched


def list_finished(area: ServiceArea, since: datetime, until: datetime) -> list[Finished]:
    """List what units of an area finished in that time, planned and real."""
    rows = Stop.objects.of(_HOUSE).filter(
        route__area=area, state=StopState.DONE, done_at__gt=since, done_at__lte=until
    )
    return [piece for stop in rows.prefetch_related("sessions") for piece in _pieces(stop)]


def _pieces(stop: Stop) -> Iterator[Finished]:
    if stop.departed_at is not None and stop.arrived_at is not None:
        planned, real = stop.arrive_at - stop.depart_at, stop.arrived_at - stop.departed_at
        yield Finished("travel", stop.arrived_at, planned, real)
    ended = max((one.ended_at for one in stop.sessions.all() if one.ended_at is not None), default=None)
    if stop.kind != Stop.Kind.SERVE or ended is None:
        return
    if stop.arrived_at is None or stop.worked_from is None or stop.done_at is None:
        return
    handling = timedelta(seconds=stop.setup_s + stop.wrapup_s)
    ended = min(max(ended, stop.worked_from), stop.done_at)
    real = (stop.worked_from - stop.arrived_at) + (stop.done_at - ended)
    yield Finished("handling", stop.done_at, handling, real)
    yield Finished("flow", stop.done_at, stop.end_at - stop.start_at - handling, ended - stop.worked_from)

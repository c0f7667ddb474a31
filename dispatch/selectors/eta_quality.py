"""How good predicted arrivals were: what was shown against what came, by lead time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.callers import Caller
from dispatch.models import EtaModel, EtaSample, EtaState, ServiceArea
from dispatch.routing_bridge.judging_etas import QUARTER_OF_AN_HOUR_S, Shown, judge_shown
from dispatch.selectors.documents.eta_quality import EtaModelView, EtaPace, EtaQuality, EtaQualityBoard
from dispatch.selectors.render import iso

WINDOW = timedelta(days=7)
MOST_SAMPLES = 50_000


def get_quality_board(caller: Caller, area: ServiceArea, now: datetime) -> EtaQualityBoard:
    """Return how good an area's predictions were in the last week."""
    since = now - WINDOW
    state = EtaState.objects.of(caller).filter(area=area).first()
    used = None if state is None else state.model_id
    models = _list_models(caller, area.id, used)
    return {
        "since": iso(since),
        "until": iso(now),
        "model": next((model for model in models if model["in_use"]), None),
        "models": models,
        "pace": None if state is None else _pace(state),
        "arrival": judge_arrivals(caller, area.id, since),
        "ready": judge_readies(caller, area.id, since),
    }


def _list_models(caller: Caller, area_id: UUID, used: UUID | None) -> list[EtaModelView]:
    rows = EtaModel.objects.of(caller).filter(area=area_id).defer("document").order_by("-version")
    return [
        {
            "version": row.version,
            "trained_at": iso(row.trained_at),
            "window_from": iso(row.window_from),
            "window_to": iso(row.window_to),
            "samples": row.samples,
            "visits": row.visits,
            "in_use": row.id == used,
        }
        for row in rows
    ]


def _pace(state: EtaState) -> EtaPace | None:
    if not state.pace:
        return None
    return {"travel": state.pace["travel"], "handling": state.pace["handling"], "flow": state.pace["flow"]}


def find_quarter_hour_quality(caller: Caller, now: datetime) -> EtaQuality | None:
    """Find how good arrivals a quarter of an hour ahead were in the last day, in all areas of the caller."""
    rows = EtaSample.objects.of(caller).filter(at__gt=now - timedelta(days=1), arrived_at__isnull=False)
    quarter_h = QUARTER_OF_AN_HOUR_S / 60
    return next((one for one in _judge_arrivals(rows) if one["lead_from_min"] == quarter_h), None)


def judge_arrivals(caller: Caller, area_id: UUID, since: datetime) -> list[EtaQuality]:
    """Judge the arrivals that were shown."""
    rows = EtaSample.objects.of(caller).filter(area=area_id, at__gt=since, arrived_at__isnull=False)
    return _judge_arrivals(rows)


def _judge_arrivals(rows: QuerySet[EtaSample]) -> list[EtaQuality]:
    columns = rows.values_list("at", "arrival_p10", "arrival_p50", "arrival_p90", "arrived_at")
    return _judge(
        Shown(at, p10, p50, p90, real)
        for at, p10, p50, p90, real in columns.order_by("-at")[:MOST_SAMPLES]
        if real is not None
    )


def judge_readies(caller: Caller, area_id: UUID, since: datetime) -> list[EtaQuality]:
    """Judge when cars were said to be ready; nobody is told a P10 of that."""
    rows = EtaSample.objects.of(caller).filter(area=area_id, at__gt=since, ready_at__isnull=False)
    columns = rows.values_list("at", "ready_p50", "ready_p90", "ready_at").order_by("-at")[:MOST_SAMPLES]
    return _judge(Shown(at, None, p50, p90, real) for at, p50, p90, real in columns if real is not None)


def _judge(shown: Iterable[Shown]) -> list[EtaQuality]:
    return [
        {
            "lead_from_min": low_s / 60,
            "lead_to_min": None if high_s is None else high_s / 60,
            "count": good.count,
            "bias_s": good.bias_s,
            "mae_s": good.mae_s,
            "covers_p10_p90": good.covers_p10_p90,
            "covers_p90": good.covers_p90,
            "width_s": good.width_s,
            "pinball_s": good.pinball_s,
        }
        for low_s, high_s, good in judge_shown(shown)
    ]

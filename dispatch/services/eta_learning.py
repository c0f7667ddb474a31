"""A model is made anew when enough has happened; it takes over only where it beats what was shown before."""

from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min, QuerySet

from accounts.callers import Caller
from dispatch.models import EtaModel, EtaSample, EtaState, ServiceArea
from dispatch.routing_bridge.forecasting import fit_model
from dispatch.services.eta_present import list_finished
from dispatch.services.eta_samples import KEPT, lock_state

# So many visits make the first model; then so many new ones, and not oftener than this.
FIRST_VISITS, MORE_VISITS = 120, 40
APART = timedelta(hours=12)
MODELS_KEPT = 12
_HOUSE = Caller.system()
log = structlog.get_logger(__name__)


def learn_arrivals(area: ServiceArea, now: datetime) -> EtaModel | None:
    """Make a model of an area, if it is time to; None when not, or when too little has happened."""
    last = EtaModel.objects.of(_HOUSE).filter(area=area).order_by("-version").defer("document").first()
    samples = EtaSample.objects.of(_HOUSE).filter(area=area, over=True, at__gt=now - KEPT)
    if not _is_due(samples, last, now):
        return None
    span = samples.aggregate(first=Min("at"), last=Max("at"))
    finished = list_finished(area, span["first"], now)
    document = fit_model(samples.order_by("at", "id").iterator(), finished, now)
    if document is None:
        return None
    about = document["about"]
    model = EtaModel(
        operator_id=area.operator_id,
        area=area,
        version=1 if last is None else last.version + 1,
        trained_at=now,
        window_from=span["first"],
        window_to=span["last"],
        samples=about["samples"],
        visits=about["visits"],
        quality=about["quality"],
        document=document,
    )
    return _take_over(area, model)


def _is_due(samples: QuerySet[EtaSample], last: EtaModel | None, now: datetime) -> bool:
    if last is None:
        return _count_visits(samples) >= FIRST_VISITS
    if now - last.trained_at < APART:
        return False
    return _count_visits(samples.filter(at__gt=last.trained_at)) >= MORE_VISITS


def _count_visits(samples: QuerySet[EtaSample]) -> int:
    visits: int = samples.aggregate(visits=Count("request", distinct=True))["visits"]
    return visits


def _take_over(area: ServiceArea, model: EtaModel) -> EtaModel | None:
    """Store a model, and use it if it beats what was shown; None when another has come first."""
    better = _is_better(model)
    try:
        with transaction.atomic():
            state = lock_state(area)
            model.save(force_insert=True)
            if better:
                state.model, state.arrival_drift, state.ready_drift = model, {}, {}
                state.save(update_fields=["model", "arrival_drift", "ready_drift"])
    except IntegrityError:
        return None
    log.info("arrivals learnt", area=str(area.id), version=model.version, used=better, quality=model.quality)
    _forget_old(area, model.version)
    return model


def _is_better(model: EtaModel) -> bool:
    """Say whether it beats what was shown of the same visits; where none came, nobody can say."""
    learnt, shown = model.quality.get("arrival"), model.quality.get("shown")
    return bool(learnt and shown and learnt["pinball_s"] <= shown["pinball_s"])


def _forget_old(area: ServiceArea, version: int) -> None:
    """Keep the last ones, and whichever is in use."""
    used = EtaState.objects.of(_HOUSE).filter(area=area, model__isnull=False).values("model")
    old = EtaModel.objects.of(_HOUSE).filter(area=area, version__lte=version - MODELS_KEPT)
    old.exclude(id__in=used).delete()

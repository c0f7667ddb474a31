"""Predictions are written down as they are shown, and what came of them: to learn from and to judge by."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery

from accounts.callers import Caller
from dispatch.models import OPEN, ChargeRequest, EtaSample, EtaState, ServiceArea, Stop, StopState, Unit
from dispatch.routing_bridge.outlook import Foreseen
from dispatch.selectors.etas import Expected, foresee_units, spread_of, state_spread

# So often, in world time, every open visit is predicted for the record.
EVERY = timedelta(minutes=5)
KEPT = timedelta(days=60)
_HOUSE = Caller.system()


def take_samples(area: ServiceArea, now: datetime) -> int:
    """Write down what is expected of every visit now; once every few minutes, whoever asks."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Losing a few with the power costs a little knowledge; waiting for the disk costs more.
            cursor.execute("SET LOCAL synchronous_commit = off")
        state = lock_state(area)
        if state.sampled_at is not None and state.sampled_at <= now < state.sampled_at + EVERY:
            return 0
        units = Unit.objects.of(_HOUSE).filter(area=area).values_list("id", flat=True)
        version = None if state.model is None else state.model.version
        rows = [_sample(area, one, now, version) for one in foresee_units(units, now).list_each()]
        EtaSample.objects.of(_HOUSE).bulk_create(rows)
        state.sampled_at = now
        state.save(update_fields=["sampled_at"])
        return len(rows)


def lock_state(area: ServiceArea) -> EtaState:
    """Lock what is known of an area's arrivals until the transaction ends; made when it is not there yet."""
    rows = EtaState.objects.of(_HOUSE)
    rows.get_or_create(area=area, defaults={"operator_id": area.operator_id})
    return rows.select_for_update(of=("self",)).select_related("model").get(area=area)


def _sample(area: ServiceArea, one: Foreseen, now: datetime, version: int | None) -> EtaSample:
    there = one.stop.arrived_at
    assert one.stop.request_id is not None, "only visits are foreseen"
    arrival = there or now + timedelta(seconds=one.arrival_s)
    expected = Expected(arrival, now + timedelta(seconds=one.ready_s), now)
    shown = spread_of(one, now) or state_spread(expected, now)
    return EtaSample(
        operator_id=area.operator_id,
        area=area,
        request_id=one.stop.request_id,
        at=now,
        row=[round(value, 3) for value in one.row],
        arrival_s=one.arrival_s,
        ready_s=one.ready_s,
        arrival_p10=shown.arrival_p10,
        arrival_p50=shown.arrival_p50,
        arrival_p90=shown.arrival_p90,
        ready_p50=shown.ready_p50,
        ready_p90=shown.ready_p90,
        model_version=None if one.range is None else version,
        was_there=there is not None,
    )


def resolve_samples(area: ServiceArea) -> None:
    """Add what came to the samples that wait for it; two statements, however many."""
    waiting = EtaSample.objects.of(_HOUSE).filter(area=area, over=False)
    stops = Stop.objects.of(_HOUSE).filter(request=OuterRef("request"))
    arrived = stops.filter(arrived_at__gt=OuterRef("at")).order_by("arrived_at")
    coming = waiting.filter(Exists(arrived), was_there=False, arrived_at__isnull=True)
    coming.update(arrived_at=Subquery(arrived.values("arrived_at")[:1]))
    done = stops.filter(state=StopState.DONE).order_by("-done_at").values("done_at")
    closed = ChargeRequest.objects.of(_HOUSE).filter(area=area).exclude(status__in=OPEN)
    ended = waiting.filter(request__in=closed.values("id"))
    ended.update(over=True, ready_at=Subquery(done[:1]))


def forget_samples(now: datetime) -> int:
    """Forget what is older than anybody learns from."""
    return EtaSample.objects.of(_HOUSE).filter(at__lt=now - KEPT).delete()[0]

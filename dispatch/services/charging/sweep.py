"""Every second: what a lost answer, a dropped line or a killed process left undone is said again."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.callers import Caller
from dispatch.errors import Conflict, NotFound
from dispatch.models import (
    Charger,
    ChargerCommand,
    ChargingSession,
    CommandStatus,
    MeterReading,
    Stop,
    StopState,
)
from dispatch.models.charger import FAULTED
from dispatch.services.charging import interlock
from dispatch.services.charging.commands import expire
from dispatch.services.stops import Report, fail_stop

# A charger that was told is given so long before it is told again.
PATIENCE = timedelta(seconds=15)
# So long a car may pause, and a charger be broken, before the unit is wanted elsewhere (world clock).
IDLE, BROKEN = timedelta(minutes=3), timedelta(minutes=2)
NOTHING_TAKEN = "car_takes_nothing"
_HOUSE = Caller.system()
_VERB = ChargerCommand.Verb


def press_on(now: datetime, wall: datetime) -> None:
    """End commands nobody took, tell chargers again what they should be doing, and free who waits in vain."""
    expire(wall)
    for charger, stop in _list_waiting(wall):
        interlock.allow(stop, charger, wall)
    for session in _list_left_running(wall):
        interlock.queue_stop(session.charger, session, "stop_is_over", wall)
    for session in _list_idle(now):
        interlock.queue_stop(session.charger, session, NOTHING_TAKEN, wall)
    for stop_id, reason in [*_list_refused(), *_list_faulted(now)]:
        _give_up(stop_id, reason, now, wall)


def _list_waiting(wall: datetime) -> list[tuple[Charger, Stop]]:
    """List stops that are worked on, and whose charger listens and has not begun."""
    begun = ChargingSession.objects.of(_HOUSE).filter(stop=OuterRef("id"))
    told = ChargerCommand.objects.of(_HOUSE).filter(
        stop=OuterRef("id"), verb=_VERB.START, queued_at__gt=wall - PATIENCE
    )
    rows = Stop.objects.of(_HOUSE).filter(~Exists(begun), ~Exists(told), state=StopState.WORKING)
    listening = Q(kind=Stop.Kind.SERVE, unit__charger__state__link__isnull=False) | Q(
        kind=Stop.Kind.RECHARGE, plug__charger__state__link__isnull=False
    )
    joined = rows.filter(listening).select_related(
        "unit__pack", "unit__state", "unit__charger", "plug__charger"
    )
    return [(_charger_of(stop), stop) for stop in joined]


def _charger_of(stop: Stop) -> Charger:
    if stop.kind == Stop.Kind.SERVE:
        return stop.unit.charger
    assert stop.plug is not None, "a recharge has a plug: the database holds it"
    return stop.plug.charger


def _list_left_running(wall: datetime) -> list[ChargingSession]:
    """List sessions that go on though nobody works there any more, and were not told to stop lately."""
    told = ChargerCommand.objects.of(_HOUSE).filter(
        Q(status__in=[CommandStatus.QUEUED, CommandStatus.SENT]) | Q(queued_at__gt=wall - PATIENCE),
        session=OuterRef("id"),
        verb=_VERB.STOP,
    )
    rows = ChargingSession.objects.of(_HOUSE).filter(~Exists(told), ended_at__isnull=True)
    over = Q(stop__isnull=True) | ~Q(stop__state=StopState.WORKING)
    listening = rows.filter(over, charger__state__link__isnull=False).exclude(charger__identity="")
    return list(listening.select_related("charger"))


def _list_idle(now: datetime) -> list[ChargingSession]:
    """List sessions whose car has taken nothing for a while: it is full, or does not want to."""
    drawn = MeterReading.objects.of(_HOUSE).filter(session=OuterRef("id"), power_w__gt=0).order_by("-at")
    rows = ChargingSession.objects.of(_HOUSE).filter(
        state=ChargingSession.State.SUSPENDED_EV,
        ended_at__isnull=True,
        stop__kind=Stop.Kind.SERVE,
        stop__state=StopState.WORKING,
        started_at__lte=now - IDLE,
        charger__state__link__isnull=False,
    )
    last = Subquery(drawn.values("at")[:1])
    idle = rows.annotate(drawn_at=last).filter(Q(drawn_at__isnull=True) | Q(drawn_at__lte=now - IDLE))
    return list(idle.select_related("charger"))


def _list_refused() -> list[tuple[UUID, str]]:
    """List stops whose car would not take a watt-hour, and was given up by the charger."""
    told = ChargerCommand.objects.of(_HOUSE).filter(why=NOTHING_TAKEN, session__stop=OuterRef("id"))
    flowed = ChargingSession.objects.of(_HOUSE).filter(stop=OuterRef("id"))
    rows = Stop.objects.of(_HOUSE).filter(Exists(told), state=StopState.WORKING, kind=Stop.Kind.SERVE)
    still = Q(ended_at__isnull=True) | Q(energy_wh__gt=0)
    return [
        (key, "ev_refuses") for key in rows.exclude(Exists(flowed.filter(still))).values_list("id", flat=True)
    ]


def _list_faulted(now: datetime) -> list[tuple[UUID, str]]:
    """List stops whose charger has been broken for a while: what is left is for another unit."""
    rows = Stop.objects.of(_HOUSE).filter(
        state=StopState.WORKING,
        kind=Stop.Kind.SERVE,
        unit__charger__state__status=FAULTED,
        unit__charger__state__status_at__lte=now - BROKEN,
    )
    return [(key, "charger_fault") for key in rows.values_list("id", flat=True)]


def _give_up(stop_id: UUID, reason: str, now: datetime, wall: datetime) -> None:
    # Its crew may have done so in the same moment.
    with suppress(Conflict, NotFound):
        fail_stop(_HOUSE, stop_id, Report(reason=reason), now, wall)

"""Every second: what a lost answer, a dropped line or a killed process left undone is said again."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.callers import Caller
from dispatch.models import (
    Charger,
    ChargerCommand,
    ChargingSession,
    CommandStatus,
    Stop,
    StopState,
)
from dispatch.services.charging import interlock
from dispatch.services.charging.commands import expire

# A charger that was told is given so long before it is told again.
PATIENCE = timedelta(seconds=15)
_HOUSE = Caller.system()
_VERB = ChargerCommand.Verb


def press_on(wall: datetime) -> None:
    """End commands nobody took, and tell chargers again what they should be doing."""
    expire(wall)
    for charger, stop in _list_waiting(wall):
        interlock.allow(stop, charger, wall)
    for session in _list_left_running(wall):
        interlock.queue_stop(session.charger, session, "stop_is_over", wall)


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

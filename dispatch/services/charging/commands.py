"""What chargers are told: a row for each, `queued > sent > accepted | rejected | timed_out`.

A message of the channel layer wakes the socket; losing it loses nothing, every process looks for queued
rows of its own sockets by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts.callers import Caller
from dispatch.broadcast.channel import send
from dispatch.broadcast.committed import after_commit
from dispatch.broadcast.groups import CHARGERS
from dispatch.models import Charger, ChargerCommand, ChargerState, ChargingSession, CommandStatus, Stop
from dispatch.services.charging.links import Link, Replaced

# What nobody took for so long is not wanted any more.
LIVES = timedelta(seconds=90)
_HOUSE = Caller.system()
_OPEN = (CommandStatus.QUEUED, CommandStatus.SENT)


@dataclass(frozen=True, slots=True)
class Order:
    """A command on its way out."""

    id: UUID
    verb: str
    said: dict[str, Any]


def queue_command(  # noqa: PLR0913  # a command is what, to whom, by whom, why, and about what
    charger: Charger,
    verb: ChargerCommand.Verb,
    said: dict[str, Any],
    *,
    who: str,
    why: str,
    wall: datetime,
    stop: Stop | None = None,
    session: ChargingSession | None = None,
) -> ChargerCommand:
    """Write a command down; the charger's socket is woken once that is committed."""
    row = ChargerCommand(
        operator_id=charger.operator_id,
        charger=charger,
        stop=stop,
        session=session,
        verb=verb,
        said=said,
        who=who,
        why=why,
        queued_at=wall,
        expires_at=wall + LIVES,
    )
    row.save(force_insert=True)
    after_commit(send, CHARGERS, {"type": "ocpp.wake", "charger": str(charger.id)})
    return row


@transaction.atomic
def claim_order(link: Link, wall: datetime) -> Order | None:
    """Take the next command of a socket's charger; None while there is none, or one is unanswered."""
    state = ChargerState.objects.of(_HOUSE).select_for_update().get(charger=link.charger_id)
    if state.link != link.id:
        raise Replaced
    rows = ChargerCommand.objects.of(_HOUSE).filter(charger=link.charger_id)
    # What an earlier socket sent was never answered: nobody knows whether it was heard.
    rows.filter(status=CommandStatus.SENT).exclude(link=link.id).update(
        status=CommandStatus.TIMED_OUT, answered_at=wall
    )
    if rows.filter(status=CommandStatus.SENT).exists():
        return None
    rows.filter(status=CommandStatus.QUEUED, expires_at__lte=wall).update(
        status=CommandStatus.TIMED_OUT, answered_at=wall
    )
    row = rows.filter(status=CommandStatus.QUEUED).order_by("queued_at", "id").first()
    if row is None:
        return None
    row.status, row.link, row.sent_at = CommandStatus.SENT, link.id, wall
    row.save(update_fields=["status", "link", "sent_at"])
    return Order(row.id, row.verb, row.said)


def settle_order(order_id: UUID, status: CommandStatus, answer: Any, wall: datetime) -> None:
    """Store what became of a command; the first word on it stands."""
    rows = ChargerCommand.objects.of(_HOUSE).filter(id=order_id, status=CommandStatus.SENT)
    rows.update(status=status, answer=answer, answered_at=wall)


def list_waiting(chargers: Iterable[UUID]) -> set[UUID]:
    """List those of these chargers for whom something is queued, or was sent on a line that is gone."""
    rows = ChargerCommand.objects.of(_HOUSE).filter(charger__in=list(chargers), status__in=_OPEN)
    left = Q(status=CommandStatus.QUEUED) | ~Q(link=F("charger__state__link"))
    return set(rows.filter(left).values_list("charger_id", flat=True))


def expire(wall: datetime) -> int:
    """End what nobody took in time, or was taken by a process that is gone."""
    rows = ChargerCommand.objects.of(_HOUSE).filter(status__in=_OPEN, expires_at__lte=wall)
    return rows.update(status=CommandStatus.TIMED_OUT, answered_at=wall)

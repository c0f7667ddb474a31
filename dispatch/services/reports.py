"""What a crew reports beside its stops, and what it notes with them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import Invalid, NotFound
from dispatch.models import Message, Stop, Unit
from dispatch.services.actors import actor_of
from dispatch.services.facts import list_facts
from dispatch.services.step import Report


@transaction.atomic
def keep_report(
    caller: Caller, unit_id: UUID, kind: str, now: datetime, text: str = "", stop_id: UUID | None = None
) -> None:
    """Keep an incident: its words in a row of their own, its kind alone in the event log."""
    unit = Unit.objects.of(caller).filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    if stop_id is not None and not Stop.objects.of(caller).filter(id=stop_id, unit=unit).exists():
        raise Invalid("unknown_stop", "That is no stop of yours.", path="stop")
    _keep(caller, unit, stop_id, kind, text, now)
    facts = list_facts(unit.area_id, "crew.report", units=[unit_id], cause=kind)
    record(unit.operator_id, actor_of(caller), now, facts)


def keep_note(caller: Caller, stop: Stop, report: Report, at: datetime) -> None:
    """Keep the words that came with an action, if there were any."""
    if report.note:
        _keep(caller, stop.unit, stop.id, report.reason or "note", report.note, at)


def _keep(caller: Caller, unit: Unit, stop_id: UUID | None, kind: str, text: str, at: datetime) -> None:
    Message(
        operator_id=unit.operator_id,
        unit=unit,
        stop_id=stop_id,
        kind=kind,
        text=text,
        at=at,
        by=actor_of(caller),
    ).save(force_insert=True)

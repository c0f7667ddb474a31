"""What a crew reports beside its stops."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.errors import NotFound
from dispatch.models import Unit
from dispatch.services.actors import actor_of
from dispatch.services.facts import list_facts


@transaction.atomic
def keep_report(caller: Caller, unit_id: UUID, kind: str, now: datetime) -> None:
    """Keep what kind of incident it was; free text has no place in the event log."""
    unit = Unit.objects.of(caller).filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    facts = list_facts(unit.area_id, "crew.report", units=[unit_id], cause=kind)
    record(unit.operator_id, actor_of(caller), now, facts)

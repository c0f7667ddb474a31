"""Everything we keep of a person that is theirs to read, as the register says, in one document."""

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db import transaction

from accounts.models import Act
from accounts.services.acts import note_act
from dispatch.errors import NotFound
from dispatch.models.privacy import REGISTER
from dispatch.services.keeping.whose import WHOSE, list_readable, list_rows


class KeptFields(TypedDict):
    """Why some fields are kept, and how long."""

    fields: list[str]
    purpose: str
    kept_days: int | None


class KeptRows(TypedDict):
    """The person's rows of one kind."""

    why: list[KeptFields]
    rows: list[dict[str, Any]]


class PersonExport(TypedDict):
    """All that is kept of a person and theirs to read."""

    made_at: str
    person: str
    kept: dict[str, KeptRows]


def export_person(person_id: UUID, wall: datetime) -> PersonExport:
    """Gather a person's rows; the names are those of the register."""
    kept: dict[str, KeptRows] = {
        label: {"why": _why(label), "rows": list(list_rows(label, person_id).values(*list_readable(label)))}
        for label in WHOSE
    }
    if not kept["accounts.Person"]["rows"]:
        raise NotFound
    return {"made_at": wall.isoformat(), "person": str(person_id), "kept": kept}


@transaction.atomic
def hand_out(person_id: UUID, *, actor: UUID | None, wall: datetime) -> PersonExport:
    """Gather it for somebody who asked, and note that they did."""
    gathered = export_person(person_id, wall)
    note_act(Act.EXPORTED, actor=actor, person=person_id)
    return gathered


def _why(label: str) -> list[KeptFields]:
    rules = dict.fromkeys(REGISTER[label][name] for name in list_readable(label))
    return [
        {
            "fields": [name for name in list_readable(label) if REGISTER[label][name] == rule],
            "purpose": rule.purpose,
            "kept_days": rule.kept_days,
        }
        for rule in rules
    ]

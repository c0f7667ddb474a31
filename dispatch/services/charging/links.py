"""Who speaks for a charger: one socket at a time, decided by one row.

A new socket takes the row; the old one is told, and fenced off should it not hear: each of its frames
looks at the row first, under its lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.channel import send
from dispatch.broadcast.committed import after_commit
from dispatch.broadcast.groups import CHARGERS
from dispatch.broadcast.outbox import Fact
from dispatch.models import Charger, ChargerState, ChargingSession, Protocol

_HOUSE = Caller.system()


class Replaced(Exception):
    """Another socket speaks for this charger now."""


@dataclass(frozen=True, slots=True)
class Link:
    """One socket's right to speak for a charger."""

    id: UUID
    charger_id: UUID
    identity: str
    protocol: Protocol


@dataclass(slots=True)
class Scene:
    """A charger and its state, locked, while one frame has its effect; `facts` are told at the end."""

    link: Link
    charger: Charger
    state: ChargerState
    now: datetime
    wall: datetime
    session: ChargingSession | None = None
    facts: list[Fact] = field(default_factory=list)


def find_charger(identity: str, key: str) -> Charger | None:
    """Find the charger that proves to be the one it says it is."""
    charger = Charger.objects.of(_HOUSE).find_by_identity(identity)
    return charger if charger is not None and charger.has_key(key) else None


@transaction.atomic
def open_link(charger: Charger, protocol: Protocol, wall: datetime) -> Link:
    """Let a new socket speak for a charger; whoever did so before is told to go."""
    ChargerState.objects.of(_HOUSE).bulk_create([ChargerState.of_charger(charger)], ignore_conflicts=True)
    link = Link(uuid4(), charger.id, str(charger), protocol)
    ChargerState.objects.of(_HOUSE).filter(charger=charger).update(
        link=link.id, protocol=protocol, connected_at=wall, seen_at=wall
    )
    after_commit(send, CHARGERS, {"type": "ocpp.replaced", "charger": str(charger.id), "by": str(link.id)})
    return link


def close_link(link: Link) -> None:
    """Note that a charger's line is gone, unless it has another by now."""
    rows = ChargerState.objects.of(_HOUSE).filter(charger=link.charger_id, link=link.id)
    rows.update(link=None, power_w=None)


def list_links(chargers: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Tell for each of these chargers which socket speaks for it now."""
    rows = ChargerState.objects.of(_HOUSE).filter(charger__in=list(chargers))
    return dict(rows.values_list("charger_id", "link"))


def open_scene(link: Link, now: datetime, wall: datetime) -> Scene:
    """Lock a charger's state for one frame; raises `Replaced` when another socket speaks for it."""
    rows = ChargerState.objects.of(_HOUSE).select_for_update(of=("self",))
    state = rows.select_related("charger__unit", "charger__plug__depot").get(charger=link.charger_id)
    if state.link != link.id:
        raise Replaced
    return Scene(link, state.charger, state, now, wall)

"""Who speaks for a charger: one socket at a time, decided by one row.

A new socket takes the row; the old one is told, and fenced off should it not hear: each of its frames
looks at the row first, under its lock.
"""

from collections.abc import Sequence
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
    # The digest of the key that opened it: a charger given another one must come in anew.
    key: str = field(repr=False)


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
    link = Link(uuid4(), charger.id, str(charger), protocol, charger.key_sha256)
    if not _take(link, protocol, wall):
        ChargerState.objects.of(_HOUSE).bulk_create([ChargerState.of_charger(charger)], ignore_conflicts=True)
        _take(link, protocol, wall)
    after_commit(send, CHARGERS, {"type": "ocpp.replaced", "charger": str(charger.id), "by": str(link.id)})
    return link


def _take(link: Link, protocol: Protocol, wall: datetime) -> bool:
    rows = ChargerState.objects.of(_HOUSE).filter(charger=link.charger_id)
    return bool(rows.update(link=link.id, protocol=protocol, connected_at=wall, seen_at=wall))


def close_link(link: Link) -> None:
    """Note that a charger's line is gone, unless it has another by now."""
    rows = ChargerState.objects.of(_HOUSE).filter(charger=link.charger_id, link=link.id)
    rows.update(link=None, power_w=None)


def find_lost(links: Sequence[Link]) -> dict[UUID, UUID | None]:
    """Find the links that hold no more: which one replaced each, None where the right it came by is gone."""
    rows = ChargerState.objects.of(_HOUSE).filter(charger__in=[link.charger_id for link in links])
    fields = rows.values_list("charger", "charger__identity", "charger__key_sha256", "link")
    seen = {charger: (identity, key, now) for charger, identity, key, now in fields}
    lost: dict[UUID, UUID | None] = {}
    for link in links:
        identity, key, now = seen.get(link.charger_id, ("", "", None))
        if (identity, key) != (link.identity, link.key):
            lost[link.id] = None
        elif now not in (link.id, None):
            lost[link.id] = now
    return lost


def open_scene(link: Link, now: datetime, wall: datetime) -> Scene:
    """Lock a charger's state for one frame; raises `Replaced` when another socket speaks for it."""
    scene = open_scenes([link], now, wall).get(link.id)
    if scene is None:
        raise Replaced
    return scene


def open_scenes(links: Sequence[Link], now: datetime, wall: datetime) -> dict[UUID, Scene]:
    """Lock the states of several chargers, by link; without those for whom another socket speaks."""
    rows = ChargerState.objects.of(_HOUSE).select_for_update(of=("self",))
    rows = rows.select_related("charger__unit", "charger__plug__depot").order_by("charger_id")
    states = {state.link: state for state in rows.filter(charger__in=[link.charger_id for link in links])}
    return {
        link.id: Scene(link, states[link.id].charger, states[link.id], now, wall)
        for link in links
        if link.id in states
    }

"""One frame, one transaction: its effect, our answer and the frame itself are written together or not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import record
from dispatch.models import ChargerState, OcppMessage
from dispatch.services.charging.links import Link, Scene, open_scene

_HOUSE = Caller.system()
_STATE_FIELDS = [
    "seen_at", "booted_at", "vendor", "model", "firmware", "status", "error_code", "status_at", "power_w",
    "limit_w", "measured_at",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """A frame of a charger's. What is `light` comes again soon: a disk that fails may lose a moment of it."""

    text: str
    message_id: str
    action: str
    light: bool = False


def take_call(link: Link, heard: Heard, act: Callable[[Scene], str], now: datetime, wall: datetime) -> str:
    """Let a call have its effect; returns the answer to send, which `act` makes."""
    with transaction.atomic():
        if heard.light:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
        scene = open_scene(link, now, wall)
        answer = act(scene)
        scene.state.seen_at = wall
        scene.state.save(update_fields=_STATE_FIELDS)
        _keep(scene, heard, answer)
        if scene.facts:
            record(scene.charger.operator_id, f"charger:{scene.charger.id}", now, scene.facts)
    return answer


def keep_refused(link: Link, heard: Heard, answer: str, now: datetime, wall: datetime) -> None:
    """Keep a frame that had no effect, with the error it was answered."""
    with transaction.atomic():
        _keep(open_scene(link, now, wall), heard, answer)


def keep_said(link: Link, heard: Heard, now: datetime) -> None:
    """Keep a frame we send."""
    _store(link, heard, now, ours=True)


def keep_answered(link: Link, heard: Heard, now: datetime) -> None:
    """Keep a charger's answer to a call of ours."""
    _store(link, heard, now, ours=False)


def _store(link: Link, heard: Heard, now: datetime, *, ours: bool) -> None:
    operator_id = (
        ChargerState.objects.of(_HOUSE).values_list("operator_id", flat=True).get(charger=link.charger_id)
    )
    OcppMessage(
        operator_id=operator_id,
        charger_id=link.charger_id,
        link=link.id,
        protocol=link.protocol,
        ours=ours,
        action=heard.action,
        message_id=heard.message_id,
        frame=heard.text,
        at=now,
    ).save(force_insert=True)


def _keep(scene: Scene, heard: Heard, answer: str) -> None:
    OcppMessage(
        operator_id=scene.charger.operator_id,
        charger=scene.charger,
        session=scene.session,
        link=scene.link.id,
        protocol=scene.link.protocol,
        ours=False,
        action=heard.action,
        message_id=heard.message_id,
        frame=heard.text,
        answer=answer,
        at=scene.now,
    ).save(force_insert=True)

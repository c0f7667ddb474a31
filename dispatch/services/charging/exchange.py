"""One frame, one transaction: its effect, our answer and the frame itself are written together or not.

Frames that wait at the same moment share a transaction: it costs them one commit, and an answer leaves
when that is durable, as before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from dispatch.broadcast.outbox import write
from dispatch.models import ChargerState, ChargingSession, Event, OcppMessage
from dispatch.services.charging import many
from dispatch.services.charging.links import Link, Scene, open_scene, open_scenes
from dispatch.services.charging.progress import go_on_together
from dispatch.services.charging.reports import Told

_HOUSE = Caller.system()
_STATE = {
    "id": "uuid", "seen_at": "timestamptz", "booted_at": "timestamptz", "vendor": "text", "model": "text",
    "firmware": "text", "status": "text", "error_code": "text", "status_at": "timestamptz",
    "power_w": "integer", "limit_w": "integer", "measured_at": "timestamptz",
}  # fmt: skip
Act = Callable[[Scene], str]


@dataclass(frozen=True, slots=True)
class Heard:
    """A frame of a charger's."""

    text: str
    message_id: str
    action: str


@dataclass(frozen=True, slots=True)
class Word:
    """A frame and what comes of it: an act that makes the answer, or progress and its answer."""

    link: Link
    heard: Heard
    act: Act
    told: Told | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to send; who follows is told of the session that went on, and the screens of events."""

    answer: str
    session: ChargingSession | None = None
    events: tuple[Event, ...] = ()


def take_call(link: Link, heard: Heard, act: Act, now: datetime, wall: datetime) -> Taken:
    """Let a call have its effect; `act` makes the answer."""
    with transaction.atomic():
        scene = open_scene(link, now, wall)
        answer = act(scene)
        events = _finish([(scene, heard, answer)], now, wall)
    return Taken(answer, events=events[scene.link.id])


def take_together(words: Sequence[Word], now: datetime, wall: datetime) -> list[Taken | None]:
    """Let calls of several chargers have their effects; None is for one that must be taken alone."""
    with transaction.atomic():
        scenes = open_scenes([word.link for word in words], now, wall)
        here = [(scenes[word.link.id], word) for word in words if word.link.id in scenes]
        gone_on = go_on_together([(scene, word.told) for scene, word in here if word.told is not None])
        done = [
            (scene, word.heard, word.act(scene) if word.told is None else word.answer)
            for scene, word in here
            if word.told is None or scene.link.id in gone_on
        ]
        events = _finish(done, now, wall)
    taken = {scene.link.id: Taken(answer, scene.session, events[scene.link.id]) for scene, _, answer in done}
    return [taken.get(word.link.id) for word in words]


def _finish(
    done: Sequence[tuple[Scene, Heard, str]], now: datetime, wall: datetime
) -> dict[UUID, tuple[Event, ...]]:
    """Store what all frames have in common; returns what has happened, by link."""
    for scene, _, _ in done:
        scene.state.seen_at = wall
    many.update("dispatch_chargerstate", _STATE, (_write(scene.state) for scene, _, _ in done))
    OcppMessage.objects.of(_HOUSE).bulk_create([_build(*frame) for frame in done])
    return {scene.link.id: _write_facts(scene, now) for scene, _, _ in done}


def _write_facts(scene: Scene, now: datetime) -> tuple[Event, ...]:
    if not scene.facts:
        return ()
    charger = scene.charger
    return tuple(write(charger.operator_id, f"charger:{charger.id}", now, scene.facts))


def _write(state: ChargerState) -> tuple[object, ...]:
    return tuple(getattr(state, column) for column in _STATE)


def keep_refused(link: Link, heard: Heard, answer: str, now: datetime, wall: datetime) -> None:
    """Keep a frame that had no effect, with the error it was answered."""
    with transaction.atomic():
        _build(open_scene(link, now, wall), heard, answer).save(force_insert=True)


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


def _build(scene: Scene, heard: Heard, answer: str) -> OcppMessage:
    return OcppMessage(
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
    )

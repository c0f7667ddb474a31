"""A charger's call: checked, given its effect, answered; a call that cannot be done changes nothing."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError
from ocpp.exceptions import InternalError, OCPPError
from ocpp.exceptions import NotImplementedError as NotDone

from dispatch import clock
from dispatch.models import Event, Protocol
from dispatch.ocpp import v16, v201
from dispatch.ocpp.frames import Call, write_error, write_result
from dispatch.ocpp.schemas import check
from dispatch.services.charging.exchange import Heard, Taken, Word, keep_refused, take_call, take_together
from dispatch.services.charging.links import Link, Replaced

ACTS: Mapping[Protocol, Mapping[str, v16.Act]] = {Protocol.OCPP16: v16.ACTS, Protocol.OCPP201: v201.ACTS}
TOLD: Mapping[Protocol, Mapping[str, v16.FindTold]] = {
    Protocol.OCPP16: {"MeterValues": v16.find_told},
    Protocol.OCPP201: {"TransactionEvent": v201.find_told},
}
_SHARED = {"BootNotification", "Heartbeat", "StatusNotification", "MeterValues"}
# What was read so long ago (on the human clock) was kept by a charger without a line.
STALE = timedelta(seconds=15)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    is_error: bool = False
    # The session that went on, for those who follow it; whether that was long ago; what is news.
    session: UUID | None = None
    is_stale: bool = False
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A call, on whose line, and as it was written."""

    link: Link
    call: Call
    text: str


def is_shared(call: Call) -> bool:
    """Say whether a call may share its transaction with others': what is said often and locks nobody else.

    Begins and ends of sessions touch plans and streams, and have a transaction of their own.
    """
    return call.action in _SHARED or (
        call.action == "TransactionEvent" and call.payload.get("eventType") == "Updated"
    )


def answer_calls(asked: Sequence[Asked]) -> list[Answer | None]:
    """Answer calls of several chargers in one transaction; None is for one that must be answered alone."""
    answers: list[Answer | None] = [None] * len(asked)
    words: dict[int, Word] = {}
    for number, one in enumerate(asked):
        with suppress(OCPPError):
            words[number] = _read(one)
    try:
        now = clock.now()
        taken = take_together(list(words.values()), now, clock.wall())
    except Exception as error:  # noqa: BLE001  # one of them is at fault: alone, it says which
        log.info("calls_not_shared", error=type(error).__name__, calls=len(words))
        return answers
    for number, one_taken in zip(words, taken, strict=True):
        if one_taken is not None:
            answers[number] = _build(one_taken, now)
    return answers


def _build(taken: Taken, now: datetime) -> Answer:
    session = taken.session
    if session is None or session.read_at is None:
        return Answer(taken.answer, events=taken.events)
    is_stale = now - session.read_at > STALE * max(clock.speed(), 1.0)
    return Answer(taken.answer, session=session.id, is_stale=is_stale, events=taken.events)


def answer_call(link: Link, call: Call, text: str) -> Answer:
    """Answer a call. A database that is away raises: the charger says it again on its next line."""
    heard = Heard(text, call.unique_id, call.action)
    try:
        now = clock.now()
        return _build(take_call(link, heard, _read(Asked(link, call, text)).act, now, clock.wall()), now)
    except OCPPError as error:
        return _refuse(link, heard, error)
    except (Replaced, OperationalError, InterfaceError):
        raise
    except Exception:
        # A fault of ours in one report must not end the line: the charger would come back, say the same
        # first of all and never get further. The standard has a word for it; the frame is kept.
        log.exception("call_failed", charger=link.identity, action=call.action)
        return _refuse(link, heard, InternalError())


def _read(asked: Asked) -> Word:
    """Read what a call says; raises what the standard calls it when it says nothing of sense."""
    link, call = asked.link, asked.call
    check(call, link.protocol)
    act = ACTS[link.protocol].get(call.action)
    if act is None:
        raise NotDone
    heard = Heard(asked.text, call.unique_id, call.action)
    find_told = TOLD[link.protocol].get(call.action)
    told = None if find_told is None else find_told(call.payload)
    return Word(
        link, heard, lambda scene: write_result(call, act(scene, call.payload)), told, write_result(call, {})
    )


def _refuse(link: Link, heard: Heard, error: OCPPError) -> Answer:
    text = write_error(heard.message_id, error, link.protocol)
    keep_refused(link, heard, text, clock.now(), clock.wall())
    return Answer(text, is_error=True)

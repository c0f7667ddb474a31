"""A charger's call: checked, given its effect, answered; a call that cannot be done changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from django.db import InterfaceError, OperationalError
from ocpp.exceptions import InternalError, OCPPError
from ocpp.exceptions import NotImplementedError as NotDone

from dispatch import clock
from dispatch.models import Protocol
from dispatch.ocpp import v16, v201
from dispatch.ocpp.frames import Call, check, write_error, write_result
from dispatch.services.charging.exchange import Heard, keep_refused, take_call
from dispatch.services.charging.links import Link, Replaced, Scene

ACTS: Mapping[Protocol, Mapping[str, v16.Act]] = {Protocol.OCPP16: v16.ACTS, Protocol.OCPP201: v201.ACTS}
_LIGHT = {"Heartbeat", "StatusNotification", "MeterValues", "Authorize"}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    is_error: bool = False


def answer_call(link: Link, call: Call, text: str) -> Answer:
    """Answer a call. A database that is away raises: the charger says it again on its next line."""
    heard = Heard(text, call.unique_id, call.action, light=_is_light(call))
    try:
        check(call, link.protocol)
        act = ACTS[link.protocol].get(call.action)
        if act is None:
            raise NotDone

        def answer(scene: Scene) -> str:
            return write_result(call, act(scene, call.payload))

        return Answer(take_call(link, heard, answer, clock.now(), clock.wall()))
    except OCPPError as error:
        return _refuse(link, heard, error)
    except (Replaced, OperationalError, InterfaceError):
        raise
    except Exception:
        # A fault of ours in one report must not end the line: the charger would come back, say the same
        # first of all and never get further. The standard has a word for it; the frame is kept.
        log.exception("call_failed", charger=link.identity, action=call.action)
        return _refuse(link, heard, InternalError())


def _refuse(link: Link, heard: Heard, error: OCPPError) -> Answer:
    text = write_error(heard.message_id, error, link.protocol)
    keep_refused(link, heard, text, clock.now(), clock.wall())
    return Answer(text, is_error=True)


def _is_light(call: Call) -> bool:
    """Say whether this comes again soon: begin and end of a session are no such thing."""
    return call.action in _LIGHT or (
        call.action == "TransactionEvent" and call.payload.get("eventType") == "Updated"
    )

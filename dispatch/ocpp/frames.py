"""Frames on the wire: read and written; `schemas.py` checks what is in them."""

import json
from typing import Any
from uuid import uuid4

from ocpp.exceptions import FormatViolationError, OCPPError, ProtocolError
from ocpp.messages import Call, CallError, CallResult, pack, unpack

from dispatch.models import Protocol

__all__ = ["Call", "CallError", "CallResult", "build_call", "read", "write_error", "write_result"]

# As OCPP-J says: a message id is at most this long. Some chargers' are empty.
LONGEST_ID = 36
# 1.6 has its own words for two of the error codes.
_WORDS_OF_16 = {
    "FormatViolation": "FormationViolation",
    "OccurrenceConstraintViolation": "OccurenceConstraintViolation",
}


def read(text: str) -> Call | CallResult | CallError:
    """Read a frame; what is no OCPP raises an `OCPPError`."""
    try:
        message = unpack(text)
    except (RecursionError, ValueError) as error:
        # Deeper, or a number longer, than is read at all.
        raise FormatViolationError from error
    if not isinstance(message.unique_id, str) or len(message.unique_id) > LONGEST_ID:
        raise ProtocolError(details={"cause": "the message id is no string of at most 36 characters"})
    if isinstance(message, Call) and not (
        isinstance(message.action, str) and isinstance(message.payload, dict)
    ):
        raise FormatViolationError(details={"cause": "an action is a string, a payload an object"})
    if not _is_text(message.payload if not isinstance(message, CallError) else message.error_details):
        raise FormatViolationError(details={"cause": "text holds what is no character"})
    return message


def _is_text(payload: Any) -> bool:
    """Say whether all text in it can be written down: no NUL, no half of a surrogate pair."""
    written = json.dumps(payload, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in written


def build_call(action: str, payload: dict[str, Any]) -> Call:
    """Build a call of ours."""
    return Call(str(uuid4()), action, payload)


def write_call(call: Call) -> str:
    return str(pack(call))


def write_result(call: Call, payload: dict[str, Any]) -> str:
    """Write the answer to a call."""
    return str(pack(CallResult(call.unique_id, payload)))


def write_error(message_id: str, error: OCPPError, protocol: Protocol) -> str:
    """Write that a call had no effect, and why; details may carry what was sent, so they stay here."""
    code = _WORDS_OF_16.get(error.code, error.code) if protocol == Protocol.OCPP16 else error.code
    return json.dumps([4, message_id, code, error.description[:255], {}], separators=(",", ":"))


def find_id(text: str) -> str:
    """Find the message id of a frame that cannot be read; 2.0.1 says "-1" where there is none."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return "-1"
    known = isinstance(frame, list) and len(frame) > 1 and isinstance(frame[1], str)
    return str(frame[1])[:LONGEST_ID] if known else "-1"

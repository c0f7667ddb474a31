"""The standard's schemas: compiled for what is right, the library's own words for what is wrong."""

import json
from functools import cache
from pathlib import Path

import jsonschema_rs
import ocpp
from ocpp.exceptions import NotSupportedError
from ocpp.messages import Call, CallResult
from ocpp.messages import _validate_payload as validate

from dispatch.models import Protocol

_SCHEMAS = Path(ocpp.__file__).parent
VERSIONS = {Protocol.OCPP16: "1.6", Protocol.OCPP201: "2.0.1"}


def check(message: Call | CallResult, protocol: Protocol) -> None:
    """Check a payload against the standard's schema."""
    call = isinstance(message, Call)
    if call and not is_known(message.action, protocol):
        raise NotSupportedError
    if not _is_right(message, protocol, call=call):
        # The readable validator takes a hundred times as long, and knows what to call the mistake.
        validate(message, VERSIONS[protocol])


def is_known(action: str, protocol: Protocol) -> bool:
    """Say whether the standard knows this action; its name is part of a path, so look at it first."""
    if len(action) > 64 or not action.isalnum() or not action.isascii():
        return False
    return action in _list_actions(protocol)


def _is_right(message: Call | CallResult, protocol: Protocol, *, call: bool) -> bool:
    if not is_known(message.action, protocol):
        return False
    try:
        return bool(_compile(message.action, protocol, call=call).is_valid(message.payload))
    except ValueError:
        # Deeper or larger than it reads.
        return False


@cache
def _list_actions(protocol: Protocol) -> frozenset[str]:
    names = frozenset(path.stem for path in _folder(protocol).glob("*.json"))
    if protocol == Protocol.OCPP16:
        return frozenset(name for name in names if not name.endswith("Response"))
    return frozenset(name.removesuffix("Request") for name in names if name.endswith("Request"))


@cache
def _compile(action: str, protocol: Protocol, *, call: bool) -> jsonschema_rs.Draft4Validator:
    asked = action if protocol == Protocol.OCPP16 else f"{action}Request"
    path = _folder(protocol) / f"{asked if call else f'{action}Response'}.json"
    return jsonschema_rs.Draft4Validator(json.loads(path.read_text(encoding="utf-8-sig")))


def _folder(protocol: Protocol) -> Path:
    return _SCHEMAS / f"v{VERSIONS[protocol].replace('.', '')}" / "schemas"

"""Who comes in: the identity of the path, its key by Basic authentication, and a version both speak.

Security profiles 1 and 2: TLS ends in front of us for the second. Profile 3 (certificates) is checked by
the proxy in front, which then shows the key in the charger's place.
"""

import base64
import binascii
from typing import Any
from urllib.parse import unquote

from dispatch.models import Charger, Protocol

# The newer first, should a charger offer both.
SPOKEN = (Protocol.OCPP201, Protocol.OCPP16)


def find_identity(scope: dict[str, Any]) -> str:
    """Return the identity the path names."""
    return unquote(str(scope["url_route"]["kwargs"]["identity"]))


def find_key(scope: dict[str, Any], identity: str) -> str | None:
    """Return the key that is shown for this identity, None when none is."""
    header = dict(scope["headers"]).get(b"authorization", b"")
    scheme, _, credential = header.partition(b" ")
    if scheme.lower() != b"basic":
        return None
    try:
        shown = base64.b64decode(credential.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    user, _, key = shown.partition(":")
    return key if user == identity and "\0" not in shown else None


def choose_protocol(offered: list[str], charger: Charger) -> Protocol | None:
    """Choose the version to speak."""
    for protocol in SPOKEN:
        if protocol in offered and charger.protocol in ("", protocol):
            return protocol
    return None


def find_address(scope: dict[str, Any]) -> str:
    """Return where a socket comes from."""
    client = scope.get("client") or ("", 0)
    return str(client[0])

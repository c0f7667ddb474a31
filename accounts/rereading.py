"""Who many sockets belong to, read again at once: a handful of statements, however many there are.

The answer is the one `socket_auth.read_caller` gives for each alone; a test holds the two equal. What is
not read together here, because it is rare or odd, is read alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.http import parse_cookie
from django.utils import timezone
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS

from accounts.authentication import build_caller
from accounts.callers import Caller
from accounts.models import Device, Person
from accounts.models.device import PREFIX
from accounts.socket_reading import read_caller

Headers = Mapping[bytes, bytes]
_HOUSE = Caller.system()


def reread_callers(many: Sequence[Headers]) -> list[Caller]:
    """Read who sends each of these headers at this moment."""
    credentials = [_find_credential(headers) for headers in many]
    wanted = {credential for credential in credentials if credential is not None}
    found = _read_devices(one for one in wanted if one.startswith(PREFIX))
    found |= _read_tokens({one for one in wanted if not one.startswith(PREFIX)})
    # A browser's sessions are read one by one, each once: a session says nothing of who else has one.
    sessions: dict[str, Caller] = {}
    return [
        found[credential] if credential is not None else _read_session(headers, sessions)
        for headers, credential in zip(many, credentials, strict=True)
    ]


def _find_credential(headers: Headers) -> str | None:
    scheme, _, credential = headers.get(b"authorization", b"").partition(b" ")
    if scheme.lower() != b"bearer":
        return None
    try:
        return credential.strip().decode("utf-8")
    except UnicodeDecodeError:
        # Nobody's: no token and no device is named like this.
        return ""


def _read_session(headers: Headers, known: dict[str, Caller]) -> Caller:
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if key not in known:
        known[key] = read_caller(dict(headers))
    return known[key]


def _read_tokens(tokens: set[str]) -> dict[str, Caller]:
    """Read persons by their tokens, with the roles they hold."""
    keys = {token[: CONSTANTS.TOKEN_KEY_LENGTH] for token in tokens}
    people = Person.objects.of(_HOUSE).filter(auth_token_set__token_key__in=keys).distinct()
    by_key: dict[str, list[AuthToken]] = {}
    for person in people.prefetch_related("auth_token_set", "memberships", "authenticator_set"):
        for row in person.auth_token_set.all():
            by_key.setdefault(row.token_key, []).append(row)
    return {token: _read_token(token, by_key) for token in tokens}


def _read_token(token: str, by_key: Mapping[str, Iterable[AuthToken]]) -> Caller:
    for row in by_key.get(token[: CONSTANTS.TOKEN_KEY_LENGTH], ()):
        if row.expiry is not None and row.expiry < timezone.now():
            continue
        try:
            digest = hash_token(token)
        except (TypeError, ValueError):
            return Caller.anonymous()
        if compare_digest(digest, row.digest):
            return build_caller(row.user, row)
    return Caller.anonymous()


def _read_devices(credentials: Iterable[str]) -> dict[str, Caller]:
    """Read devices by their credentials."""
    shown: dict[str, UUID | None] = {}
    for credential in credentials:
        shown[credential] = Device.read_id(credential)
    known = {key for key in shown.values() if key}
    rows = Device.objects.of(_HOUSE).filter(pk__in=known, revoked_at=None).in_bulk()
    return {credential: _read_device(credential, key, rows) for credential, key in shown.items()}


def _read_device(credential: str, key: UUID | None, rows: Mapping[UUID, Device]) -> Caller:
    device = None if key is None else rows.get(key)
    if device is None or not device.holds(credential):
        return Caller.anonymous()
    return Caller.of_device(device)

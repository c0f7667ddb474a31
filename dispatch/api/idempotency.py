"""An unsafe call has one effect, however often it arrives.

The key is the caller's. What was answered is stored in the transaction of the effect, so both are
there or neither. A second call with the key while the first is at work is told so, at once.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import caller_of
from dispatch import clock
from dispatch.errors import Conflict, Invalid, Refused
from dispatch.models.idempotency import IdempotencyKey

HEADER = "Idempotency-Key"
UNSAFE = ("post", "put", "patch", "delete")
LONGEST = 200

Handler = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Call:
    """One call as its key sees it."""

    caller: str
    key: str
    fingerprint: str


def once(handler: Handler) -> Handler:
    """Wrap a view's method: one transaction, one effect per key."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        call = read_call(request)
        with transaction.atomic():
            kept = _claim(call)
            if kept is not None:
                return _replay(kept)
            given = handler(request, *args, **kwargs)
            if given.status_code < 400:
                _keep(call, given)
        return given

    return answer


def read_call(request: Request) -> Call:
    """Read the key and what it stands for; without a key nothing unsafe is done."""
    key = request.headers.get(HEADER, "").strip()
    if not key:
        raise Invalid(
            "idempotency_key_missing", f"Send a fresh {HEADER} with every unsafe call.", path=HEADER
        )
    if len(key) > LONGEST or not key.isprintable():
        raise Invalid(detail=f"At most {LONGEST} printable characters.", path=HEADER)
    # Django's request keeps the body; it must be taken before the parser reads it away.
    body = request._request.body  # noqa: SLF001
    said = "\n".join((request.method or "", request.get_full_path(), "")).encode() + body
    return Call(caller_of(request).key, key, hashlib.sha256(said).hexdigest())


def _claim(call: Call) -> IdempotencyKey | None:
    name = f"{call.caller}\n{call.key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise Conflict("in_progress", "The first call with this key is still at work.")
    kept = IdempotencyKey.find(call.caller, call.key, clock.wall())
    if kept is not None and kept.fingerprint != call.fingerprint:
        raise Refused("idempotency_key_reused", "This key was used for another call.", path=HEADER)
    return kept


def _keep(call: Call, given: HttpResponseBase) -> None:
    data = given.data if isinstance(given, Response) else None
    body = "" if data is None else JSONRenderer().render(data).decode()
    IdempotencyKey(
        caller=call.caller,
        key=call.key,
        fingerprint=call.fingerprint,
        status=given.status_code,
        body=body,
        created_at=clock.wall(),
    ).save(force_insert=True)


def _replay(kept: IdempotencyKey) -> HttpResponseBase:
    answer = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    answer["Idempotent-Replay"] = "true"
    return answer

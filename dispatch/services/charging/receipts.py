"""Once and only once: a row with the report's own name decides, not a look-up before it."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.callers import Caller
from dispatch.models import ChargingSession, Flag, Receipt
from dispatch.services.charging import many
from dispatch.services.charging.links import Scene
from dispatch.services.charging.reports import Told

_HOUSE = Caller.system()
Answer = dict[str, Any]
_COLUMNS = {
    "operator_id": "uuid", "charger_id": "uuid", "key": "text", "digest": "text", "answer": "jsonb",
    "session_id": "uuid",
}  # fmt: skip


def once(scene: Scene, key: str, said: object, act: Callable[[], Answer]) -> Answer:
    """Do it, unless it was done: then the first answer is given again.

    `said` is what was reported; the same name with other contents is noted on the session.
    """
    digest = digest_of(said)
    if not _take(scene, key, digest):
        return _repeat(scene, key, digest)
    answer = act()
    rows = Receipt.objects.of(_HOUSE).filter(charger=scene.charger, key=key)
    rows.update(answer=answer, session=scene.session)
    return answer


def claim(named: Iterable[tuple[Scene, ChargingSession, Told]]) -> set[tuple[UUID, str]]:
    """Take the names of progress that is answered with nothing; returns those nobody had before."""
    rows: list[many.Values] = [
        (scene.charger.operator_id, scene.charger.id, told.key, digest_of(told.said), {}, session.id)
        for scene, session, told in named
    ]
    return many.insert("dispatch_receipt", _COLUMNS, rows, returning=("charger_id", "key"))


def digest_of(said: object) -> str:
    """Name what was said, to see whether a repetition says the same."""
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _take(scene: Scene, key: str, digest: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dispatch_receipt (operator_id, charger_id, key, digest, answer)"
            " VALUES (%s, %s, %s, %s, NULL) ON CONFLICT (charger_id, key) DO NOTHING",
            [scene.charger.operator_id, scene.charger.id, key, digest],
        )
        return bool(cursor.rowcount == 1)


def _repeat(scene: Scene, key: str, digest: str) -> Answer:
    receipt = Receipt.objects.of(_HOUSE).select_related("session").get(charger=scene.charger, key=key)
    scene.session = receipt.session
    if receipt.session is not None and receipt.digest != digest:
        receipt.session.mark(Flag.CONTRADICTED)
        receipt.session.save(update_fields=["flags"])
    return dict(receipt.answer or {})

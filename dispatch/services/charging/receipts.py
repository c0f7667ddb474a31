"""Once and only once: a row with the report's own name decides, not a look-up before it."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection

from accounts.callers import Caller
from dispatch.models import Flag, Receipt
from dispatch.services.charging.links import Scene

_HOUSE = Caller.system()
Answer = dict[str, Any]


def once(scene: Scene, key: str, said: object, act: Callable[[], Answer]) -> Answer:
    """Do it, unless it was done: then the first answer is given again.

    `said` is what was reported; the same name with other contents is noted on the session.
    """
    digest = hashlib.sha256(repr(said).encode()).hexdigest()
    if not _take(scene, key, digest):
        return _repeat(scene, key, digest)
    answer = act()
    rows = Receipt.objects.of(_HOUSE).filter(charger=scene.charger, key=key)
    rows.update(answer=answer, session=scene.session)
    return answer


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

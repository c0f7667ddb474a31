"""The secrets of second factors in the library's table: sealed, and sealed anew with another key."""

from collections import Counter
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from accounts.sealing import MARK, current_ring, open_text, seal_text

COLUMN = "mfa_authenticator.data"
# What the library calls them: of one-time codes, and of recovery codes.
SECRETS = ("secret", "seed")


def count_factors_by_key() -> Counter[str]:
    """Count the secrets by the key they are sealed with; `plain` by none."""
    rows: Iterable[dict[str, str]] = QuerySet(model=Authenticator).values_list("data", flat=True)
    return Counter(_key_of(data[name]) for data in rows for name in SECRETS if data.get(name))


def seal_factors_anew() -> int:
    """Seal with the first key what another sealed; say how many rows were written."""
    first = current_ring().first
    written = 0
    for key in QuerySet(model=Authenticator).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = QuerySet(model=Authenticator).select_for_update().filter(pk=key).first()
            old = [
                name for name in SECRETS if row and row.data.get(name) and _key_of(row.data[name]) != first
            ]
            if row is None or not old:
                continue
            row.data |= {name: seal_text(open_text(row.data[name], COLUMN), COLUMN) for name in old}
            row.save(update_fields=["data"])
            written += 1
    return written


def _key_of(stored: str) -> str:
    return stored.removeprefix(MARK).partition(":")[0] if stored.startswith(MARK) else "plain"

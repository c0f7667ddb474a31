"""Identities of rows: random, and ordered by time where the standard library can."""

import uuid
from collections.abc import Callable
from typing import cast

_make = cast("Callable[[], uuid.UUID]", getattr(uuid, "uuid7", uuid.uuid4))


def new_id() -> uuid.UUID:
    """Return an id nobody has yet."""
    return _make()

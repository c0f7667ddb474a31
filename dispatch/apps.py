"""The app."""

import atexit

from django.apps import AppConfig
from django.db import connections


class DispatchConfig(AppConfig):
    """Dispatch: what is asked, planned and happening."""

    name = "dispatch"

    def ready(self) -> None:
        """Have the pool's threads ended while they still can: left alone, an exit waits for each in vain."""
        atexit.register(_close_pools)


def _close_pools() -> None:
    for connection in connections.all(initialized_only=True):
        close = getattr(connection, "close_pool", None)
        if close is not None:
            close()

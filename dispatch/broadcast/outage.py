"""A server that is away is told once, and once that it is back; not with every message."""

import structlog

log = structlog.get_logger(__name__)


class Outage:
    """Remembers whether a server is away and how much was lost meanwhile."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._lost = 0

    def begin(self, error: Exception) -> None:
        """Note a message that could not be sent."""
        if not self._lost:
            log.warning("server_away", server=self._server, error=type(error).__name__)
        self._lost += 1

    def end(self) -> None:
        """Note one that could."""
        if self._lost:
            log.warning("server_back", server=self._server, lost=self._lost)
        self._lost = 0

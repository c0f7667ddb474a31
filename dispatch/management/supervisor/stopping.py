"""The way down: callers before servers, politely first, within a limit."""

import time
from collections.abc import Sequence

from dispatch.management.supervisor.bell import Bell
from dispatch.management.supervisor.child import Child

# The world leaves first; the database, on which all stand, last.
_ORDER = (("world",), ("beat", "worker", "web"), ("clock",), ("valkey", "postgres"))


def stop_in_order(children: Sequence[Child], bell: Bell) -> None:
    """Stop all; one more Ctrl-C makes it short."""
    asked_before = bell.wishes
    named = {name for rank in _ORDER for name in rank}
    others = [child for child in children if child.program.name not in named]
    for group in ([child for child in children if child.program.name in rank] for rank in _ORDER):
        _stop_together(group, bell, asked_before)
    _stop_together(others, bell, asked_before)


def _stop_together(group: Sequence[Child], bell: Bell, asked_before: int) -> None:
    begun = time.monotonic()
    for child in group:
        child.ask_to_stop()
    while any(child.is_running for child in group):
        gone = time.monotonic() - begun
        for child in group:
            if gone > child.program.stop_within_s or bell.wishes > asked_before:
                child.kill()
            child.find_end(time.monotonic())
        if any(child.is_running for child in group):
            bell.wait(0.05)

"""Waiting in tests: for a condition, with a deadline, never for a time."""

import time
from collections.abc import Callable

_GLANCE_S = 0.01


def wait_until(condition: Callable[[], object], within_s: float = 10, what: str = "it") -> None:
    """Wait until the condition holds; say what did not happen otherwise."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {within_s:g} s")
        time.sleep(_GLANCE_S)

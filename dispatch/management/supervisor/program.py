"""What a child of the house is: a command and how to treat it."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def nothing() -> None:
    """Do nothing."""


def at_once() -> bool:
    """Count as ready as soon as it runs."""
    return True


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep running. `tidy` puts its place in order before every start."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    tidy: Callable[[], None] = nothing
    is_ready: Callable[[], bool] = at_once
    ready_within_s: float = 60
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within_s: float = 6

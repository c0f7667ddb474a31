"""A screen on a line, held against a fresh document."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import StreamCounter
from dispatch.selectors.board import get_board
from dispatch.selectors.day import get_day
from dispatch.selectors.requests import get_request_document
from dispatch.sockets.socket import in_thread
from tests.dispatch.sockets.line import Line
from tests.dispatch.sockets.screens import CrewScreen, DriverScreen, OpsScreen, Screen, settle
from tests.dispatch.sockets.scripted_day import ScriptedDay


class Watched:
    """Feeds a screen with what its line brings; `fresh` is what a screen opened now would see."""

    def __init__(self, screen: Screen, line: Line, stream: str, fresh: Callable[[], Any]) -> None:
        self.screen, self.line, self.stream, self.fresh = screen, line, stream, fresh
        self._read = 0

    def take(self) -> int:
        """Take what has come; returns how far the screen is."""
        self.screen.take(copy(self.line.frames[self._read :]))
        self._read = len(self.line.frames)
        return self.screen.seq

    def move_to(self, line: Line) -> None:
        """Go on, on another line, with what the screen has."""
        self.line, self._read = line, 0

    async def catch_up(self) -> None:
        """Wait for the last durable message."""
        counter = await in_thread(StreamCounter.objects.of(Caller.system()).get)(stream=self.stream)
        await self.line.until(lambda: self.take() >= counter.seq, f"message {counter.seq} of {self.stream}")

    async def is_fresh(self, now: datetime, after: str) -> None:
        """Hold the screen against a fresh document, one tick allowed for live values."""
        await self.catch_up()
        fresh = settle(copy(await in_thread(self.fresh)()), now)
        differences: list[list[str]] = []

        def is_same() -> bool:
            self.take()
            differences.append(list_differences(self.screen.shown_at(now), fresh))
            return not differences[-1]

        try:
            await self.line.until(is_same, within_s=3)
        except AssertionError:
            raise AssertionError(f"after {after!r} {self.stream} differs: {differences[-1][:6]}") from None


def watch_all(day: ScriptedDay, driver: Line, ops: Line, crew: Line) -> list[Watched]:
    """Watch Alice's request, Dana's console and the day of Alice's van."""
    world, unit, alice = day.world, day.unit.id, day.alice.id
    dana = world.caller("Dana")
    return [
        Watched(DriverScreen(), driver, f"request:{alice}", lambda: get_request_document(alice, world.now)),
        Watched(
            OpsScreen(),
            ops,
            f"area:{world.area.id}",
            lambda: get_board(dana, world.area, world.now, clock.wall(), 0),
        ),
        Watched(CrewScreen(), crew, f"unit:{unit}", lambda: get_day(unit, world.now, clock.wall(), 0)),
    ]


def copy(value: Any) -> Any:
    """Copy a document as it goes over the line."""
    return json.loads(json.dumps(value))


def list_differences(held: Any, fresh: Any, path: str = "") -> list[str]:
    """Name where two documents differ."""
    if isinstance(held, dict) and isinstance(fresh, dict):
        keys = sorted(held.keys() | fresh.keys())
        parts = [(held.get(key), fresh.get(key), f"{path}.{key}") for key in keys]
    elif isinstance(held, list) and isinstance(fresh, list) and len(held) == len(fresh):
        parts = [(*pair, f"{path}[{i}]") for i, pair in enumerate(zip(held, fresh, strict=True))]
    else:
        return [] if held == fresh else [f"{path}: {held!r} is not {fresh!r}"]
    return [difference for part in parts for difference in list_differences(*part)]

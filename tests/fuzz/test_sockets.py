"""Every socket, told nonsense: it answers, stays, and is right afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from accounts.models import Device
from dispatch.sockets.socket import in_thread
from tests.cast import Credential
from tests.dispatch.sockets.line import Line
from tests.doors.things import Scene, build_scene
from tests.fuzz.measure import tries
from tests.fuzz.nonsense import frames
from tests.real_database import *  # noqa: F403  # fixtures are found by name

FIX = {"type": "fixes", "fixes": [{"at": "2026-06-10T10:00:01Z", "lat": 43.7384, "lon": 7.4246}]}
REPLAY = {"type": "replay", "after": 0}
# By address: who speaks, what makes sense there, and what is heard then.
DOORS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "/ws/units/{unit}": ("tablet", FIX, ("ack",)),
    "/ws/crew": ("Cora", REPLAY, ("snapshot",)),
    "/ws/ops": ("Dana", REPLAY, ("snapshot",)),
    "/ws/driver/requests/{request}": ("Alice", REPLAY, ("snapshot",)),
}
KNOWN = {"invalid_json", "invalid", "unknown_message"}


@pytest.fixture
def scene(committed: None) -> Scene:
    found = build_scene()
    found.world.give_shift(found.unit, "Cora")
    return found


@contextmanager
def nothing_fails() -> Iterator[None]:
    """Hold that nobody had to write a fault of ours into the log."""
    with capture_logs() as written:
        yield
    assert not [entry for entry in written if entry["log_level"] in ("error", "critical")]


@pytest.mark.parametrize("door", DOORS)
@given(said=st.lists(frames, min_size=1, max_size=40))
@tries(6)
async def test_whatever_a_client_says_the_line_is_right_afterwards(scene, door, said):
    who, sense, heard = DOORS[door]
    holder = await in_thread(find_holder)(scene, who)
    with nothing_fails():
        async with Line(door.format(**scene.names), holder) as line:
            await line.until(lambda: line.accepted, "the handshake")
            for text in said:
                await line.send_text(text)
            before = len(line.frames)
            await line.send(sense)
            await line.until(lambda: any(f["type"] in heard for f in line.frames[before:]), "an answer")
            assert line.closed is None
            wrong = {frame["code"] for frame in line.frames if frame["type"] == "error"}
            assert wrong <= KNOWN


def find_holder(scene: Scene, who: str) -> Any:
    if who == "tablet":
        return Credential(*Device.issue(scene.unit.operator_id, scene.unit.id))
    return scene.world.people[who]

"""The small world behind real sockets, on a real Valkey; ticks and beats come faster than in the house."""

from collections.abc import Callable

import pytest

from accounts.models import Device
from dispatch.models import Unit
from dispatch.sockets import socket, stream
from tests.cast import Credential
from tests.own_valkey import *  # noqa: F403  # fixtures are found by name
from tests.real_database import *  # noqa: F403  # fixtures are found by name
from tests.small_world import SmallWorld, build_world


@pytest.fixture
def world(committed: None) -> SmallWorld:
    return build_world()


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "TICK_S", 0.05)
    monkeypatch.setattr(stream, "BEAT_S", 0.3)
    monkeypatch.setattr(socket, "GUARD_S", 0.3)


@pytest.fixture
def tablet_of(world: SmallWorld) -> Callable[[Unit], Credential]:
    """Issue a unit's own credential."""
    return lambda unit: Credential(*Device.issue(world.operator.id, unit.id, "tablet"))

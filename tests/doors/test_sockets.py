"""Every socket there is, opened as everybody; and none outlives the right to it."""

from typing import Any

import pytest

from accounts.models import Device
from accounts.quotas import find_counter
from accounts.socket_auth import TRY_AGAIN
from dispatch import clock
from dispatch.sockets import socket, stream
from dispatch.sockets.socket import NOT_YOURS, REVOKED, in_thread
from tests.cast import Credential
from tests.dispatch.sockets.line import Line
from tests.doors.cases.sockets import OTHERS, STAYS
from tests.doors.found import list_socket_doors
from tests.doors.people import WHO, ended_session, expired_token, hire
from tests.doors.things import Scene, build_scene
from tests.real_database import *  # noqa: F403  # fixtures are found by name

NAMES = {"request_id": "{request}", "unit_id": "{unit}"}


@pytest.fixture
def scene(committed: None) -> Scene:
    return build_scene()


@pytest.fixture
def holders(scene: Scene) -> dict[str, Any]:
    """What each of them opens a socket with."""
    staff = hire(scene)
    people = {name.lower(): person for name, person in scene.world.people.items()}
    devices = {"tablet": scene.unit, "stray": scene.stray}
    return {
        **people,
        "otto": staff.otto,
        **{name: Credential(*Device.issue(unit.operator_id, unit.id)) for name, unit in devices.items()},
        "expired": bearer(expired_token(people["alice"])),
        "invented": bearer("0" * 64),
        "nobody": None,
        "revoked": f"sessionid={ended_session(people['alice'])}".encode(),
    }


def bearer(text: str) -> Any:
    return Credential(None, text)  # type: ignore[arg-type]  # it is nobody's


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "TICK_S", 0.05)
    monkeypatch.setattr(socket, "GUARD_S", 0.1)


def address_of(door: str, scene: Scene) -> str:
    return door.format(**NAMES).format(**scene.names)


def test_every_socket_has_a_case():
    assert set(list_socket_doors()) == STAYS.keys() | OTHERS


async def test_everybody_is_let_in_or_turned_away_as_the_case_says(scene, holders):
    seen = {door: await try_all(address_of(door, scene), holders) for door in STAYS}
    assert seen == STAYS


async def try_all(address: str, holders: dict[str, Any]) -> set[str]:
    """Open it as each; return for whom it stays open, and hear that the others are told nothing."""
    stays = set()
    for who in WHO:
        async with Line(address, holders[who]) as line:
            await line.send({"type": "hello"})
            await line.until(lambda line=line: line.frames or line.closed is not None, "an answer")
            if line.closed is None:
                stays.add(who)
            else:
                assert (line.closed, line.frames) == (NOT_YOURS, []), who
    return stays


@pytest.mark.parametrize("door", STAYS)
async def test_a_credential_taken_back_closes_each_socket(scene, holders, door):
    who = sorted(STAYS[door])[0]
    async with Line(address_of(door, scene), holders[who]) as line:
        await line.until(lambda: line.accepted)
        await take_back(line, holders[who])
        await line.until_closed(REVOKED)


async def take_back(line: Line, holder: Any) -> None:
    if isinstance(holder, Credential):
        await in_thread(holder.device.revoke)(clock.wall())
    else:
        await in_thread(line.token.delete)()


def test_a_lost_right_is_noticed_within_five_seconds(monkeypatch):
    monkeypatch.undo()
    assert 0 < socket.GUARD_S < 5


@pytest.mark.parametrize("door", STAYS)
async def test_an_address_opens_no_more_than_its_measure(scene, holders, door, settings, monkeypatch):
    find_counter().valkey.reset()
    monkeypatch.setitem(settings.RATES, "sockets", (1, 60))
    who = sorted(STAYS[door])[0]
    async with Line(address_of(door, scene), holders[who]) as line:
        await line.until(lambda: line.accepted)
    async with Line(address_of(door, scene), holders[who]) as line:
        await line.until_closed(TRY_AGAIN)

"""Who may follow what; and a right that is lost closes its socket."""

import pytest

from accounts.models import Device, Membership, Operator
from accounts.roles import Role
from dispatch import clock
from dispatch.models import Shift
from dispatch.sockets.socket import NOT_YOURS, REVOKED, in_thread
from tests.cast import Credential, make_person
from tests.dispatch.sockets.line import Line


@pytest.fixture
def alices(world):
    return f"/ws/driver/requests/{world.accept('Alice').id}"


@pytest.fixture
def otto(world):
    """Dispatches for somebody else."""
    return make_person("Otto", Operator.objects.create(name="Elsewhere Power"), Role.DISPATCHER)


async def test_a_driver_follows_their_own_request(world, alices):
    async with Line(alices, world.people["Alice"]) as line:
        assert (await line.first("snapshot"))["data"]["status"] == "booked"


async def test_nobody_else_follows_it_through_the_drivers_door(world, alices):
    for name in ("Bob", "Dana", "Cora", "Olga"):
        async with Line(alices, world.people[name]) as line:
            await line.until_closed(NOT_YOURS)
            assert not line.frames


async def test_a_guest_follows_nothing(world, alices):
    for path in (alices, "/ws/ops", "/ws/crew"):
        async with Line(path) as line:
            await line.until_closed(NOT_YOURS)


async def test_the_console_is_for_dispatchers_and_owners(world):
    for name in ("Alice", "Cora"):
        async with Line("/ws/ops", world.people[name]) as line:
            await line.until_closed(NOT_YOURS)
    for name in ("Dana", "Olga"):
        async with Line("/ws/ops", world.people[name]) as line:
            await line.first("snapshot")


async def test_another_operators_dispatcher_sees_no_console_of_ours(world, otto):
    async with Line("/ws/ops", otto) as line:
        await line.until_closed(NOT_YOURS)


async def test_a_crew_follows_the_unit_of_its_shift(world):
    async with Line("/ws/crew", world.people["Cora"]) as line:
        assert (await line.first("snapshot"))["data"]["unit"]["name"] == "Azur"


async def test_a_device_follows_its_own_unit(world, tablet_of):
    tablet = await in_thread(tablet_of)(world.units["Corail"])
    async with Line("/ws/crew", tablet) as line:
        assert (await line.first("snapshot"))["data"]["unit"]["name"] == "Corail"


async def test_a_device_speaks_for_its_own_unit_alone(world, tablet_of):
    tablet = await in_thread(tablet_of)(world.units["Corail"])
    async with Line(f"/ws/units/{world.units['Azur'].id}", tablet) as line:
        await line.until_closed(NOT_YOURS)


async def test_no_person_speaks_as_a_unit(world):
    for name in ("Cora", "Dana", "Alice"):
        async with Line(f"/ws/units/{world.units['Azur'].id}", world.people[name]) as line:
            await line.until_closed(NOT_YOURS)


async def test_a_token_taken_back_closes_the_socket(world):
    async with Line("/ws/ops", world.people["Dana"]) as line:
        await line.first("snapshot")
        await in_thread(line.token.delete)()
        await line.until_closed(REVOKED)


async def test_a_role_taken_back_closes_the_socket(world):
    async with Line("/ws/ops", world.people["Dana"]) as line:
        await line.first("snapshot")
        await in_thread(Membership.objects.filter(person=world.people["Dana"]).delete)()
        await line.until_closed(REVOKED)


async def test_a_shift_given_to_somebody_else_closes_the_crews_socket(world):
    async with Line("/ws/crew", world.people["Cora"]) as line:
        await line.first("snapshot")
        await in_thread(Shift.objects.filter(crew=world.people["Cora"]).update)(crew=None)
        await line.until_closed(REVOKED)


@pytest.mark.parametrize("door", ["/ws/crew", "/ws/units/{unit}"])
async def test_a_device_taken_back_closes_its_sockets(world, door):
    unit = world.units["Azur"]
    device, text = await in_thread(Device.issue)(world.operator.id, unit.id)
    async with Line(door.format(unit=unit.id), Credential(device, text)) as line:
        await line.until(lambda: line.accepted)
        await in_thread(device.revoke)(clock.wall())
        await line.until_closed(REVOKED)

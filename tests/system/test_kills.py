"""Kill -9 of any part in the middle of several journeys: nobody is lost, nothing is done twice."""

import asyncio

import pytest

from tests.system.house import House
from tests.system.journey import Story, Traveller, check_stages, check_stream

pytestmark = pytest.mark.system

WITHIN_S = 150.0
# Streets in the centre, one for each driver.
PLACES = [(43.7396, 7.4275), (43.7347, 7.4213), (43.7385, 7.4193), (43.7447, 7.4330)]


@pytest.mark.parametrize("part", ["worker", "solver", "web", "valkey", "postgres"])
async def test_everyone_is_charged_though_a_part_is_killed(house: House, drivers, part):
    accepted, stories = await charge_everyone_and_kill(house, drivers[: len(PLACES)], part)
    assert [story.request for story in stories] == accepted
    for story in stories:
        check_stream(story)
        check_stages(story)
    audit = await asyncio.to_thread(house.manage, "audit")
    assert audit.returncode == 0, audit.stdout + audit.stderr


async def charge_everyone_and_kill(
    house: House, drivers: list[tuple[str, str]], part: str
) -> tuple[list[str], list[Story]]:
    """Accept for everyone, kill once the first unit is on its way, and follow all to the end."""
    accepted: list[str] = []
    on_the_way = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        journeys = [
            tasks.create_task(travel(house, driver, place, accepted, on_the_way))
            for driver, place in zip(drivers, PLACES, strict=True)
        ]
        await on_the_way.wait()
        await asyncio.to_thread(house.kill, part)
    stories = {story.request: story for story in (journey.result() for journey in journeys)}
    return accepted, [stories[request] for request in accepted]


async def travel(
    house: House,
    driver: tuple[str, str],
    place: tuple[float, float],
    accepted: list[str],
    on_the_way: asyncio.Event,
) -> Story:
    async with Traveller(house.base_url, *driver) as traveller:
        request = await traveller.book_any(*place, energy_kwh=6.0)
        accepted.append(request)
        story = Story(request)
        await traveller.follow(story, WITHIN_S, until=("en_route", "on_site", "charging", "completed"))
        on_the_way.set()
        await traveller.follow(story, WITHIN_S)
        return story

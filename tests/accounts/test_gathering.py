"""Questions of one moment are put together; each gets its own answer, and nobody's trouble is another's."""

import asyncio

import pytest

from accounts.gathering import Gathering


class Refused(Exception):
    """What is answered to one of many."""


@pytest.fixture
def lots() -> list[list[int]]:
    return []


@pytest.fixture
def doubling(lots) -> Gathering[int, int]:
    def answer(questions):
        lots.append(list(questions))
        return [2 * number if number >= 0 else Refused() for number in questions]

    return Gathering(answer, gather_s=0.01, most=3)


async def ask_all(gathering, *numbers):
    return await asyncio.gather(*(gathering.ask(number) for number in numbers), return_exceptions=True)


async def test_those_of_one_moment_are_asked_together(doubling, lots):
    assert await ask_all(doubling, 1, 2, 3) == [2, 4, 6]
    assert lots == [[1, 2, 3]]


async def test_a_lot_has_an_end(doubling, lots):
    assert await ask_all(doubling, 1, 2, 3, 4) == [2, 4, 6, 8]
    assert lots == [[1, 2, 3], [4]]


async def test_one_that_is_refused_spoils_no_other(doubling):
    first, second, third = await ask_all(doubling, 1, -1, 3)
    assert (first, third) == (2, 6)
    assert isinstance(second, Refused)


async def test_what_goes_wrong_with_all_is_raised_to_each_and_the_next_are_answered():
    broken = [True]

    def answer(questions):
        if broken.pop():
            broken.append(False)
            raise RuntimeError("away")
        return questions

    gathering: Gathering[int, int] = Gathering(answer, gather_s=0.01)
    assert [str(error) for error in await ask_all(gathering, 1, 2)] == ["away", "away"]
    assert await gathering.ask(3) == 3


async def test_who_leaves_is_not_asked_for(doubling, lots):
    gone = asyncio.create_task(doubling.ask(1))
    stays = asyncio.create_task(doubling.ask(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    assert lots == [[2]]

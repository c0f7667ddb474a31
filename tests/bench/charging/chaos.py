"""Sessions by the thousand with everything that goes wrong: their energy is the registers', to the watt-hour.

Dropped lines (also between a word and its answer), words said twice, events out of order, restarts, clocks
that are wrong or stand still. What a charger's own register counted is the truth it is held against.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import uuid4

from dispatch.world.dialect import Reading
from tests.bench.charging.station import BROKEN_LINE, Station, Transaction

EVERY_S = 60.0
Truth = Counter[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Luck:
    """How often what goes wrong."""

    drop: float = 0.03
    twice: float = 0.05
    swapped: float = 0.1
    wrong_clock: float = 0.05


async def charge_all(stations: list[Station], each: int, seed: int, luck: Luck) -> dict[tuple[str, int], int]:
    """Run so many sessions at every charger; returns what their registers counted, by register at begin."""
    truths = await asyncio.gather(*(_charge(station, each, seed, luck) for station in stations))
    return {key: energy for truth in truths for key, energy in truth.items()}


async def _charge(station: Station, each: int, seed: int, luck: Luck) -> dict[tuple[str, int], int]:
    dice = Random(f"{seed}:{station.outlet.identity}")
    line = asyncio.create_task(station.keep_line())
    truth: dict[tuple[str, int], int] = {}
    try:
        await station.live.wait()
        for number in range(each):
            began = time.time() - (each - number) * EVERY_S
            key = (station.outlet.identity, station.register_wh)
            truth[key] = await _session(station, began, dice, luck)
    finally:
        line.cancel()
        await asyncio.gather(line, return_exceptions=True)
    return truth


async def _session(station: Station, began: float, dice: Random, luck: Luck) -> int:
    start_wh, transaction = station.register_wh, Transaction(str(uuid4()))
    words = ["begin", "sample", "sample", "end"]
    seconds = [0.0, 10.0, 20.0, 30.0]
    wrong = dice.random() < luck.wrong_clock
    for word, second in zip(words, seconds, strict=True):
        at = _tell_time(began + second, dice) if wrong else began + second
        station.say(word, transaction, Reading(at, station.register_wh, 30_000))
        if word != "end":
            station.register_wh += dice.randint(50, 400)
    energy_wh = station.queue[-1][2][-1].wh - start_wh
    # The next session begins higher, so that registers name sessions.
    station.register_wh += dice.randint(1, 9)
    await _deliver(station, dice, luck)
    return energy_wh


def _tell_time(at: float, dice: Random) -> float:
    """A clock that was never set, runs hours ahead, or stands still."""
    return dice.choice([at % 86_400, at + 7_200, 946_684_800.0])


async def _deliver(station: Station, dice: Random, luck: Luck) -> None:
    """Let the line's own loop say it all, with bad luck on the way."""
    if station.outlet.protocol == "ocpp2.0.1" and len(station.queue) > 2 and dice.random() < luck.swapped:
        kept = list(station.queue)
        station.queue.clear()
        station.queue.extend(dice.sample(kept, len(kept)))
    again = [item for item in station.queue if dice.random() < luck.twice]
    if dice.random() < luck.drop:
        # In the middle of it: the word may have been heard, its answer not.
        asyncio.get_running_loop().call_later(dice.random() * 0.05, station.drop)
    await _until_said(station)
    for item in again:
        try:
            if station.wire is not None:
                await station.deliver(station.wire, item)
        except BROKEN_LINE:
            continue


async def _until_said(station: Station) -> None:
    while station.queue or not station.live.is_set():
        station.fresh.set()
        await asyncio.sleep(0.01)


def compare(truth: dict[tuple[str, int], int], sessions: list[list[Any]]) -> dict[str, int]:
    """Hold the server's sessions against the chargers' registers."""
    told: Counter[tuple[str, int]] = Counter()
    difference = 0
    for identity, start_wh, energy_wh, ended, _ in sessions:
        key = (identity, start_wh)
        told[key] += 1
        difference += abs(energy_wh - truth.get(key, 0)) + (0 if ended else 1)
    missing = [key for key in truth if key not in told]
    return {
        "energy_difference_wh": difference + sum(truth[key] for key in missing),
        "double_billed": sum(count - 1 for count in told.values()) + sum(key not in truth for key in told),
        "missing": len(missing),
    }

"""The web process is killed between a frame's effect and its answer: said again, it happens once."""

import asyncio
import time
from pathlib import Path

import pytest

from dispatch.world.dialect import Reading
from tests.bench.charging.servers import Servers, start_servers
from tests.bench.charging.station import Station, Transaction
from tests.bench.ocpp import build_stations

pytestmark = pytest.mark.system
DYING = "tests.system.ocpp.dying:application"
BEGIN, END = 5_000, 5_300


@pytest.mark.parametrize(
    ("which", "answer"), [(0, '"transactionId"'), (1, '"idTokenInfo"')], ids=["1.6", "2.0.1"]
)
def test_a_beginning_whose_answer_was_killed_begins_once(tmp_path, monkeypatch, which, answer):
    died = tmp_path / "died"
    monkeypatch.setenv("DIED", str(died))
    monkeypatch.setenv("DIES_AT", answer)
    with start_servers(1, DYING) as servers:
        station = build_stations(servers, servers.run("seed", "2"))[which]
        asyncio.run(_charge(servers, station, died))
        told = servers.run("tally")["sessions"]
    assert told == [[station.outlet.identity, BEGIN, END - BEGIN, True, []]]


async def _charge(servers: Servers, station: Station, died: Path) -> None:
    line, charge = asyncio.create_task(station.keep_line()), Transaction("T-1")
    for word, second, wh in (("begin", 0, BEGIN), ("sample", 10, 5_100), ("end", 20, END)):
        station.say(word, charge, Reading(time.time() - 60 + second, wh, 30_000))
    try:
        async with asyncio.timeout(60):
            while not died.exists():
                await asyncio.sleep(0.05)
            await asyncio.to_thread(servers.kill_webs)
            await asyncio.to_thread(servers.start_webs)
            while station.queue:
                await asyncio.sleep(0.05)
    finally:
        line.cancel()
        await asyncio.gather(line, return_exceptions=True)

"""Somebody else's charger against ours: another library, another language, schemas of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.charging.servers import Servers, start_servers
from tests.patience import wait_until

pytestmark = pytest.mark.system
STATION = Path(__file__).with_name("station.mjs")


@pytest.fixture(scope="module")
def gateway() -> Iterator[tuple[Servers, list[dict[str, Any]]]]:
    """A gateway with a charger of each version, both at work."""
    with start_servers(1) as servers:
        yield servers, servers.run("seed", "2")["chargers"]


@pytest.mark.parametrize("which", [0, 1], ids=["1.6", "2.0.1"])
def test_a_foreign_charger_tells_a_charge_and_takes_commands(gateway, which):
    servers, chargers = gateway
    charger = chargers[which]
    queued = servers.run("tell", charger["identity"])
    node = shutil.which("node")
    assert node, "the set-up brings node"
    url = f"ws://127.0.0.1:{servers.ports[0]}"
    words = [url, *(charger[name] for name in ("identity", "key", "protocol", "token")), str(len(queued))]
    done = subprocess.run(
        [node, str(STATION), *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["bad"] == []
    assert len(seen["asked"]) == len(queued)
    assert [name for name, answer in seen["answers"].items() if "error" in answer] == []
    assert seen["answers"]["boot"]["status"] == "Accepted"
    assert seen["answers"]["start"] == seen["answers"]["again"]
    told = [row for row in servers.run("tally")["sessions"] if row[0] == charger["identity"]]
    assert told == [[charger["identity"], 70_000, 321, True, []]]
    # What the charger heard of its hanging up says nothing of when the last answer was stored.
    wait_until(lambda: "sent" not in servers.run("commands").values(), what="every answer was stored")
    assert set(servers.run("commands").values()) == {"accepted"}

"""Fuzzing for as long as one likes: the tests of `tests/fuzz` again and again, with a new seed each time."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.journal import ROOT, About, Journal, Line, make_table, say

METRICS = ("calls", "served", "refused", "server_errors", "rounds", "failed_rounds", "calls_per_s")


@dataclass(frozen=True, slots=True)
class Scope:
    """For how long, how many times the examples of an ordinary run in each round, and from which seed on."""

    seconds: tuple[float, ...] = (1200.0,)
    times: int = 6
    seeds: tuple[int, ...] = (1,)


def quick(scope: Scope) -> Scope:
    """The same for a shorter time."""
    return replace(scope, seconds=(120.0,), times=2)


def measure(scope: Scope) -> list[Line]:
    """Run rounds until the time is over; what failed stands in the log beside the figures."""
    journal = Journal("fuzz")
    log = journal.path.with_suffix(".log")
    log.write_text("")
    with tempfile.TemporaryDirectory() as folder:
        tally = Path(folder) / "tally"
        begun, rounds, failed = time.monotonic(), 0, 0
        while not rounds or time.monotonic() - begun < scope.seconds[0]:
            seed = scope.seeds[0] + rounds
            failed += not _run_round(seed, scope.times, tally, log)
            rounds += 1
            say(f"round {rounds} (seed {seed}): {failed} failed, {time.monotonic() - begun:.0f} s")
        took = time.monotonic() - begun
        counted = _read(tally)
    journal.note(
        "api", "voltrun", _tell(counted, rounds, failed, took), About(took, scope.seeds[0], "schema")
    )
    return journal.lines


def _run_round(seed: int, times: int, tally: Path, log: Path) -> bool:
    """Run the tests once; returns whether all held."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/fuzz", f"--hypothesis-seed={seed}"]
    environment = {**os.environ, "FUZZ_TIMES": str(times), "FUZZ_TALLY": str(tally)}
    with log.open("a") as file:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=file, stderr=file, check=False)
    return done.returncode == 0


def _read(tally: Path) -> Counter[str]:
    """Add up the answers of all rounds, by status."""
    counted: Counter[str] = Counter()
    for line in tally.read_text().splitlines() if tally.exists() else []:
        for name, times in json.loads(line).items():
            counted[name.rpartition(" ")[2]] += times
    return counted


def _tell(counted: Counter[str], rounds: int, failed: int, took: float) -> dict[str, tuple[float, str]]:
    by_class = Counter[str]()
    for status, times in counted.items():
        by_class[status[0]] += times
    calls = counted.total()
    return {
        "calls": (calls, ""),
        "served": (by_class["2"], ""),
        "refused": (by_class["4"], ""),
        "server_errors": (by_class["5"], ""),
        "rounds": (rounds, ""),
        "failed_rounds": (failed, ""),
        "calls_per_s": (calls / took, "1/s"),
    }


def tell(lines: list[Line]) -> str:
    """Return the table."""
    return make_table(lines, METRICS)

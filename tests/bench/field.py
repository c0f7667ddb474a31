"""The field's own instances, as part of the quality bench: E-VRPTW (Schneider 2014) and VRPTW (Solomon 1987).

They are read from the folder that VOLTRUN_BENCH_DATA names (`evrptw/{large,small}` and `vrptw` in it, each
with its `best_known.csv`); without it there is nothing to measure here.
"""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from routing.evrptw import Budget, read_file, solve
from tests.bench.journal import About, Journal, say

SETTING = "VOLTRUN_BENCH_DATA"
CASE = "field"


@dataclass(frozen=True, slots=True)
class Case:
    """An instance, the best that is known of it, and the time the field gives it."""

    kind: str
    path: Path
    vehicles: int | None
    distance: float | None
    seconds: float


def list_cases(folder: Path) -> Iterator[Case]:
    """Return the small, then the large E-VRPTW instances, then Solomon's."""
    for path in sorted((folder / "evrptw" / "small").glob("*.txt")):
        yield Case("evrptw-small", path, None, None, 60.0 if "C15" in path.stem else 1.0)
    known = _read_known(folder / "evrptw", "vehicles", "distance")
    for path in sorted((folder / "evrptw" / "large").glob("*.txt")):
        yield Case("evrptw", path, *known.get(path.stem.split("_")[0], (None, None)), 60.0)
    known = _read_known(folder / "vrptw", "vehicles_of_that", "distance_truncated_1_decimal")
    for path in sorted((folder / "vrptw").glob("*.txt")):
        yield Case("vrptw", path, None, known.get(path.stem.lower(), (None, None))[1], 20.0)


def _read_known(folder: Path, vehicles: str, distance: str) -> dict[str, tuple[int, float]]:
    path = folder / "best_known.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["instance"].lower(): (int(row[vehicles]), float(row[distance]))
            for row in csv.DictReader(file)
        }


def measure_field(journal: Journal, seeds: tuple[int, ...], threads: int, most: float) -> None:
    """Solve every instance there is and write its lines, each in the field's time, but in `most` seconds."""
    named = os.environ.get(SETTING)
    if not named:
        say(f"{SETTING} names no folder: the field's instances are left out")
        return
    for case in list_cases(Path(named)):
        for seed in seeds:
            _measure(journal, case, Budget(min(most, case.seconds), None, seed, threads))


def _measure(journal: Journal, case: Case, budget: Budget) -> None:
    begun = monotonic()
    found = solve(read_file(case.path), budget)
    took = monotonic() - begun
    figures: dict[str, tuple[float, str]] = {
        "vehicles": (found.vehicles, ""),
        "distance": (found.distance, ""),
        "feasible": (1, ""),
        "optimal": (float(found.proven), ""),
        "overrun_s": (max(0.0, took - (budget.seconds or 0.0)), "s"),
    }
    if case.vehicles is not None:
        figures["vehicles_above"] = (found.vehicles - case.vehicles, "")
    if case.distance is not None and case.vehicles in (None, found.vehicles):
        figures["gap"] = (100 * (found.distance / case.distance - 1), "%")
    about = About(seconds=took, seed=budget.seed, benchmark=case.kind)
    journal.note(f"{case.kind}/{found.instance}/{budget.seconds:g}s", "voltrun", figures, about)
    say(f"{found.instance}: {found.vehicles} vehicles, {found.distance:.2f}, {took:.1f} s")

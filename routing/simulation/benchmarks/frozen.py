"""The door to the benchmark: a set and a seed make a problem; a hash says which benchmark it is."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from routing.simulation.benchmarks.v1.generator import SETS, Benchmark, SetName, generate

__all__ = ["SETS", "Benchmark", "SetName", "benchmark_hash", "build_benchmark", "build_day", "load_noise"]

FOLDER = Path(__file__).parent / "v1"


@cache
def benchmark_hash() -> str:
    """Return twelve hexadecimal digits that change with any file the benchmark is made of."""
    digest = sha256()
    for path in sorted([*FOLDER.glob("*.py"), *FOLDER.glob("*.json")]):
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return document


def load_frozen() -> dict[str, Any]:
    """Return what a day is made of: sets, travel, kinds, people, prices."""
    return _load("sets.json")


def load_noise() -> dict[str, Any]:
    """Return how a real day differs from the plan; for what happens, never for what is predicted."""
    return _load("noise.json")


def build_benchmark(name: SetName, seed: int) -> Benchmark:
    """Return one problem of a set with the time at which each request becomes known."""
    return generate(_load("sets.json"), name, seed)


def build_day(units: int, requests: int, hours: int, seed: int) -> Benchmark:
    """Return a day like one of `std`, of another size; its town, plugs and kinds of unit grow with it.

    Parameters
    ----------
    hours
        So long people ask, at most fourteen.
    """
    frozen = _load("sets.json")
    std = frozen["sets"]["std"]
    share = units / sum(std["fleet"].values())
    side = (requests / std["requests"][0]) ** 0.5
    chosen = {
        **std,
        "size_m": [max(3_000, round(metres * side)) for metres in std["size_m"]],
        "requests": [requests, requests],
        "sites": max(1, round(std["sites"] * share)),
        "depots": [std["depots"][i % len(std["depots"])] for i in range(max(1, round(3 * share)))],
        "fleet": _spread_fleet(std["fleet"], units),
        "arrival_hours": hours,
    }
    return generate({**frozen, "sets": {"std": chosen}}, "std", seed)


def _spread_fleet(fleet: Mapping[str, int], units: int) -> dict[str, int]:
    """Share out units by kind, the largest remainders first."""
    whole = sum(fleet.values())
    counts = {kind: count * units // whole for kind, count in fleet.items()}
    by_rest = sorted(fleet, key=lambda kind: (-(fleet[kind] * units % whole), kind))
    for kind in by_rest[: units - sum(counts.values())]:
        counts[kind] += 1
    return counts
